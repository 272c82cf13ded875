/** `delete backup VOLUME…|ID… [-deltype=active|inactive|all]`. */
import type { ImageSummary } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import { confirmDeletion } from '../confirm.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { plural } from '../figures.ts';
import { imagesNamed, type NamedImages } from '../named-images.ts';
import { deletionTable } from '../text/retention-text.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, options, output, repository, engine, cancellation } = context;
  if (options.values.objtype === 'file') {
    const reason = 'Backups of single files do not exist here: whole volumes are backed up as images.';
    throw new EngineError('OPTION_INVALID', { option: 'objtype', value: 'file', reason });
  }
  await repository.open();
  const named = await imagesNamed(context, operands);
  const images = new Map<string, ImageSummary>();
  for (const one of named) for (const image of await meant(context, one)) images.set(image.id, image);
  const wanted = [...images.values()];
  if (wanted.length === 0) {
    output.warning(`No image matches: there is none that is ${options.values.deltype}.`, 'noMatch');
    output.json({ deleted: [] });
    return output.worst;
  }
  const what = wanted.length === 1 ? 'this image' : `these ${wanted.length} images`;
  await confirmDeletion(context, deletionTable(wanted), `Do you really want to delete ${what}?`);
  await cancellation.race(engine.retention.deleteImages(wanted.map(({ id }) => id)));
  output.json({ deleted: wanted.map(({ id, volume, time }) => ({ id, volume, time })) });
  output.result(
    ...wanted.map(({ id, volume }) => `Deleted ${id.slice(0, 8)} of ${volume}.`),
    `${plural(wanted.length, 'image')} deleted: the next expiration removes ${wanted.length === 1 ? 'it' : 'them'}; until then “undelete backup” takes it back.`,
  );
  return output.worst;
}

async function meant({ engine, options }: CommandContext, named: NamedImages): Promise<ImageSummary[]> {
  if (named.kind === 'image') return [named.image];
  const { volume, images } = named;
  const ids = await engine.retention.imagesToDelete({ volume, type: options.values.deltype });
  return images.filter(({ id }) => ids.includes(id));
}
