/** `query filespace [VOLUME] [-detail]`: one line for every volume that has images, as the originals list file spaces. */
import { createHash } from 'node:crypto';
import type { ImageSummary } from '#contract';
import type { CommandContext } from '../command-context.ts';
import { instantFormatter } from '../dates/moments.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { type FileSpace, fileSpaceTable } from '../text/filespace-text.ts';
import { formatsOf } from '../versions/version-options.ts';
import { volumeMatcher } from '../volume-names.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, options, output, repository, engine, cancellation, ports } = context;
  const [wanted] = operands;
  const isWanted = volumeMatcher(wanted);
  await repository.open();
  const spaces = fileSpacesOf(await cancellation.race(engine.listImages()), ports.nodeName).filter(({ name }) =>
    isWanted(name),
  );
  output.json({ filespaces: spaces });
  if (spaces.length > 0) {
    const { detail } = options.values;
    output.result(...fileSpaceTable(spaces, { detail, when: instantFormatter(formatsOf(options)) }));
  } else if (wanted === undefined) {
    output.result('The repository holds no images yet.');
  } else {
    output.warning(`No volume ${wanted} has an image in this repository.`, 'noMatch');
  }
  return output.worst;
}

/** By node and volume, this node first; numbered from 1. What was deleted counts until it is gone. */
export function fileSpacesOf(images: readonly ImageSummary[], nodeName: string): FileSpace[] {
  const spaces = new Map<string, ImageSummary[]>();
  for (const image of images) {
    const key = JSON.stringify([image.hostname, image.volume]);
    spaces.set(key, [...(spaces.get(key) ?? []), image]);
  }
  const foreign = ({ node }: { node: string }): number => (node === nodeName ? 0 : 1);
  return [...spaces]
    .flatMap(([key, of]) => {
      const newest = of.toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time))[0];
      return newest ? [spaceOf(key, newest, of)] : [];
    })
    .toSorted((a, b) => foreign(a) - foreign(b) || compare(a.node, b.node) || compare(a.name, b.name))
    .map((space, index) => ({ number: index + 1, ...space }));
}

function spaceOf(key: string, newest: ImageSummary, images: readonly ImageSummary[]): Omit<FileSpace, 'number'> {
  return {
    fsId: fsIdOf(key),
    node: newest.hostname,
    name: newest.volume,
    type: newest.fsType,
    label: newest.fsLabel,
    lastBackup: newest.time,
    capacityBytes: newest.imageSize,
    imageCount: images.length,
    active: images.some(({ active }) => active),
  };
}

/** A number that stays the same whatever else is in the repository: of the node and the volume's name. */
function fsIdOf(key: string): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
