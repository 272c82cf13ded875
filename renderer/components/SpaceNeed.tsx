/** Space that something needs, next to what there is. */
import { IconAlertTriangle } from '@tabler/icons-react';
import { exactBytes, formatBytes, formatPart } from '../i18n/quantities.ts';

interface SpaceNeedProps {
  neededBytes: number;
  presentBytes: number;
}

export function SpaceNeed({ neededBytes, presentBytes }: SpaceNeedProps) {
  const short = neededBytes > presentBytes;
  const percent = presentBytes > 0 ? Math.min(100, (neededBytes / presentBytes) * 100) : 100;
  return (
    <span
      className="sf-usage"
      title={`Snapshot space: ${exactBytes(neededBytes)} needed, ${exactBytes(presentBytes)} present`}
    >
      <span className="sf-usage-track" aria-hidden>
        <span className="sf-usage-fill" data-tone={short ? 'bad' : undefined} style={{ width: `${percent}%` }} />
      </span>
      <span className="sf-usage-text" data-tone={short ? 'bad' : undefined}>
        {short ? <IconAlertTriangle size={12} aria-hidden /> : null}
        {short
          ? `needs ${formatBytes(neededBytes)}, has ${formatBytes(presentBytes)}`
          : `needs ${formatPart(neededBytes, presentBytes)}`}
      </span>
    </span>
  );
}
