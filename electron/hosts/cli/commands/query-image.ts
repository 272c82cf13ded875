/** `query image [VOLUME] [-detail] [-inactive]`. */
import type { ImageDetails, ImageSummary } from '#contract';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { detailLines, imageTable } from '../text/image-text.ts';
import { volumeMatcher } from '../volume-names.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, options, output, repository, engine, cancellation } = context;
  const [volume] = operands;
  await repository.open();
  const { inactive, detail } = options.values;
  const isWanted = volumeMatcher(volume);
  const images = (await cancellation.race(engine.listImages()))
    .filter((image) => inactive || image.active)
    .filter((image) => isWanted(image.volume));
  const details: ImageDetails[] = [];
  // One after the other: each may read a good part of the repository.
  for (const image of images) {
    if (detail || image.storedSize === undefined) {
      details.push(await cancellation.race(engine.imageDetails(image.id)));
    }
  }
  const complete = images.map((image) => withStoredSize(image, details));
  output.json({ images: complete.map((image) => ({ ...image, ...(detail ? extrasOf(image, details) : {}) })) });
  if (complete.length > 0) {
    output.result(...(detail ? details.flatMap(detailLines) : imageTable(complete)));
  } else if (volume === undefined) {
    output.result('The repository holds no images yet.');
  } else {
    output.warning(`no ${inactive ? '' : 'active '}image of ${volume} was found.`);
  }
  return output.worst;
}

function withStoredSize(image: ImageSummary, details: readonly ImageDetails[]): ImageSummary {
  const known = details.find(({ summary }) => summary.id === image.id);
  return known ? { ...image, storedSize: known.storedSize } : image;
}

function extrasOf(image: ImageSummary, details: readonly ImageDetails[]): Partial<Omit<ImageDetails, 'summary'>> {
  const { summary: _, ...extras } = details.find(({ summary }) => summary.id === image.id) ?? {};
  return extras;
}
