/** `query image [VOLUME] [-detail] [-inactive] [-pitdate=… -pittime=…]`. */
import type { ImageDetails, ImageSummary } from '#contract';
import type { CommandContext } from '../command-context.ts';
import { instantFormatter } from '../dates/moments.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { detailLines, imageTable } from '../text/image-text.ts';
import { chooseVersions, type VersionWish } from '../versions/choose-versions.ts';
import { formatsOf, versionWish } from '../versions/version-options.ts';
import { volumeMatcher } from '../volume-names.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, options, output, repository, engine, cancellation } = context;
  const [volume] = operands;
  const wish = versionWish(options);
  await repository.open();
  const { inactive, detail } = options.values;
  const isWanted = volumeMatcher(volume);
  const all = await cancellation.race(engine.listImages());
  const images = wanted(all, wish).filter((image) => isWanted(image.volume));
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
    const when = instantFormatter(formatsOf(options));
    output.result(...(detail ? details.flatMap(detailLines) : imageTable(complete, when)));
    if (complete.some(({ deletedAt }) => deletedAt !== undefined)) {
      output.info(
        '',
        'D: deleted. It cannot be restored; “undelete backup” takes that back until the next expiration.',
      );
    }
  } else if (volume === undefined) {
    output.result(whyNone(all, wish));
  } else {
    const of = wish.at === undefined ? '' : ' of that time';
    const active = inactive || wish.at !== undefined ? '' : 'active ';
    output.warning(`No ${active}image of ${volume}${of} was found.`, 'noMatch');
  }
  return output.worst;
}

/** With -inactive everything that is still there is listed, what was deleted too: so it can be taken back. */
function wanted(images: readonly ImageSummary[], wish: VersionWish): ImageSummary[] {
  return wish.inactive && wish.at === undefined ? [...images] : chooseVersions(images, wish);
}

function whyNone(all: readonly ImageSummary[], { at }: VersionWish): string {
  if (all.length === 0) return 'The repository holds no images yet.';
  return at === undefined
    ? 'There is no active image; “query image -inactive” lists the others.'
    : 'There was no image then that is still kept.';
}

function withStoredSize(image: ImageSummary, details: readonly ImageDetails[]): ImageSummary {
  const known = details.find(({ summary }) => summary.id === image.id);
  return known ? { ...image, storedSize: known.storedSize } : image;
}

function extrasOf(image: ImageSummary, details: readonly ImageDetails[]): Partial<Omit<ImageDetails, 'summary'>> {
  const { summary: _, ...extras } = details.find(({ summary }) => summary.id === image.id) ?? {};
  return extras;
}
