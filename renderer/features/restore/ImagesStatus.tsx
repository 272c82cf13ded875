/** One line about what is shown: how many images, or which one was current at the point in time. */
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import type { ImageSummary } from '#contract';
import { exactTime } from '../../i18n/instants.ts';
import { t } from '../../i18n/t.ts';
import { instantOf } from '../../stores/image-choice.ts';
import { imageOfPointInTime } from '../../stores/images-store.ts';
import { useValue } from '../../stores/use-stores.ts';

/** `images`: those that are shown; `all`: every one of the volume, newest first. */
export function ImagesStatus({ images, all }: { images: readonly ImageSummary[]; all: readonly ImageSummary[] }) {
  const asOf = useValue('images', (state) => state.asOf);
  const found = useValue('images', imageOfPointInTime);
  const instant = asOf === null ? undefined : instantOf(asOf);
  const oldest = all.at(-1);
  const inactive = images.filter((image) => !image.active).length;
  let text: string = t('restore:count', { count: images.length });
  if (inactive > 0) text = `${text} · ${t('restore:countInactive', { inactive })}`;
  let Glyph = null;
  if (asOf !== null) {
    Glyph = IconHistory;
    if (instant === undefined) text = t('restore:asOf.incomplete');
    else if (found) {
      const when = exactTime(new Date(instant).toISOString());
      text = t('restore:asOf.found', { instant: when, image: exactTime(found.time) });
    } else if (oldest) {
      Glyph = IconAlertTriangle;
      text = t('restore:asOf.none', { image: exactTime(oldest.time) });
    }
  }
  return (
    <p className="sf-images-status" role="status" data-tone={Glyph === IconAlertTriangle ? 'warn' : undefined}>
      {Glyph ? <Glyph size={14} aria-hidden /> : null}
      <span className="sf-clip" title={text}>
        {text}
      </span>
    </p>
  );
}
