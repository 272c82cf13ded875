/** What is on a target now and what will be, drawn to the scale of the largest one. */
import type { ImageSummary, Volume } from '#contract';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { stripAfter, stripBefore, type TargetStrip } from './targets.ts';

interface TargetStripsProps {
  target: Pick<Volume, 'sizeBytes' | 'usedBytes'>;
  image: Pick<ImageSummary, 'imageSize' | 'usedSize'>;
  /** Bytes that are as wide as there is room. */
  widest: number;
}

function percent(share: number): string {
  return `${share * 100}%`;
}

function Strip({ name, words, strip }: { name: string; words: string; strip: TargetStrip }) {
  const { whole, cut, used, rest } = strip;
  return (
    <span className="sf-target-strip" title={words}>
      <span aria-hidden>{name}</span>
      <span className="sf-target-track" role="img" aria-label={words}>
        <span className="sf-target-whole" data-cut={cut || undefined} style={{ width: percent(whole) }}>
          <span className="sf-target-used" style={{ width: percent(whole > 0 ? used / whole : 0) }} />
          <span className="sf-target-rest" style={{ width: percent(whole > 0 ? rest / whole : 0) }} />
        </span>
      </span>
    </span>
  );
}

function wordsAfter({ target, image }: Omit<TargetStripsProps, 'widest'>): string {
  const facts = { used: formatBytes(image.usedSize), image: formatBytes(image.imageSize) };
  const rest = target.sizeBytes - image.imageSize;
  if (rest < 0) return t('restore:where.stripAfterSmall', { ...facts, missing: formatBytes(-rest) });
  if (rest > 0) return t('restore:where.stripAfterRest', { ...facts, rest: formatBytes(rest) });
  return t('restore:where.stripAfter', facts);
}

export function TargetStrips({ target, image, widest }: TargetStripsProps) {
  const size = formatBytes(target.sizeBytes);
  const before =
    target.usedBytes === undefined
      ? t('restore:where.stripBeforeUnknown', { size })
      : t('restore:where.stripBefore', { used: formatBytes(target.usedBytes), size });
  return (
    <span className="sf-target-strips">
      <Strip name={t('restore:where.before')} words={before} strip={stripBefore(target, widest)} />
      {target.sizeBytes < image.imageSize ? (
        <span className="sf-target-strip sf-clip" title={wordsAfter({ target, image })}>
          <span aria-hidden>{t('restore:where.after')}</span>
          <span className="sf-clip">–</span>
        </span>
      ) : (
        <Strip
          name={t('restore:where.after')}
          words={wordsAfter({ target, image })}
          strip={stripAfter(target, image, widest)}
        />
      )}
    </span>
  );
}
