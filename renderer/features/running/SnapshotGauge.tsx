/** How full the space of the snapshot is while a backup runs. */
import { IconAlertTriangle, IconCamera } from '@tabler/icons-react';
import type { SnapshotFill } from '#contract';
import { exactBytes, formatAbout, formatBytes, formatPercent } from '../../i18n/quantities.ts';

/** Above these per cents it is said ever louder that the space may run out. */
const FILLING = 60;
const NEARLY_FULL = 85;
const ABOUT = 'about ';

export function SnapshotGauge({ subject, fill }: { subject: string; fill: SnapshotFill }) {
  const { usedBytes, totalBytes, secondsToFull } = fill;
  const percent = totalBytes > 0 ? Math.min(100, (usedBytes / totalBytes) * 100) : 0;
  const tone = percent > NEARLY_FULL ? 'bad' : percent > FILLING ? 'warn' : 'ok';
  const Glyph = tone === 'ok' ? IconCamera : IconAlertTriangle;
  const amount = `${formatPercent(usedBytes, totalBytes)} of ${formatBytes(totalBytes)}`;
  const time = secondsToFull === undefined ? '' : formatAbout(secondsToFull);
  const rough = time.startsWith(ABOUT);
  const left = time === '' ? '' : `, full in ${time}`;
  return (
    <span
      className="sf-gauge"
      data-tone={tone}
      title={`Snapshot space: ${exactBytes(usedBytes)} of ${exactBytes(totalBytes)} used${left}`}
    >
      <Glyph size={14} aria-hidden />
      <meter
        className="sf-unseen"
        min={0}
        max={100}
        value={percent}
        aria-label={`Snapshot space of ${subject}`}
        aria-valuetext={`${amount}${left}`}
      />
      <span className="sf-gauge-track" aria-hidden>
        <span className="sf-gauge-fill" style={{ width: `${percent}%` }} />
      </span>
      <span className="sf-clip" aria-hidden>
        <span className="sf-gauge-word">Snapshot </span>
        {amount}
        {left === '' ? null : ', full in '}
        {rough ? <span className="sf-gauge-word">about </span> : null}
        {time.slice(rough ? ABOUT.length : 0)}
      </span>
    </span>
  );
}
