/** How full the space of the snapshot is while a backup runs. */
import { IconAlertTriangle, IconCamera } from '@tabler/icons-react';
import type { SnapshotFill } from '#contract';
import { exactBytes, formatAbout, formatBytes, formatPercent } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';

/** Above these per cents it is said ever louder that the space may run out. */
const FILLING = 60;
const NEARLY_FULL = 85;

export function SnapshotGauge({ subject, fill }: { subject: string; fill: SnapshotFill }) {
  const { usedBytes, totalBytes, secondsToFull } = fill;
  const percent = totalBytes > 0 ? Math.min(100, (usedBytes / totalBytes) * 100) : 0;
  const tone = percent > NEARLY_FULL ? 'bad' : percent > FILLING ? 'warn' : 'ok';
  const Glyph = tone === 'ok' ? IconCamera : IconAlertTriangle;
  const share = { percent: formatPercent(usedBytes, totalBytes), total: formatBytes(totalBytes) };
  const exact = { used: exactBytes(usedBytes), total: exactBytes(totalBytes) };
  const time = secondsToFull === undefined ? undefined : formatAbout(secondsToFull);
  const amount =
    time === undefined ? t('running:gauge.amount', share) : t('running:gauge.amountFull', { ...share, time });
  const title = time === undefined ? t('running:gauge.title', exact) : t('running:gauge.titleFull', { ...exact, time });
  return (
    <span className="sf-gauge" data-tone={tone} title={title}>
      <Glyph size={14} aria-hidden />
      <meter
        className="sf-unseen"
        min={0}
        max={100}
        value={percent}
        aria-label={t('running:gauge.name', { subject })}
        aria-valuetext={amount}
      />
      <span className="sf-gauge-track" aria-hidden>
        <span className="sf-gauge-fill" style={{ width: `${percent}%` }} />
      </span>
      <span className="sf-clip" aria-hidden>
        <span className="sf-gauge-word">{t('running:gauge.word')}</span>
        {amount}
      </span>
    </span>
  );
}
