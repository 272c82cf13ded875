/** Space that something needs, next to what there is. */
import { IconAlertTriangle } from '@tabler/icons-react';
import { exactBytes, formatBytes, formatPart } from '../i18n/quantities.ts';
import { t } from '../i18n/t.ts';

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
      title={t('space.exact', { needed: exactBytes(neededBytes), present: exactBytes(presentBytes) })}
    >
      <span className="sf-usage-track" aria-hidden>
        <span className="sf-usage-fill" data-tone={short ? 'bad' : undefined} style={{ width: `${percent}%` }} />
      </span>
      <span className="sf-usage-text" data-tone={short ? 'bad' : undefined}>
        {short ? <IconAlertTriangle size={12} aria-hidden /> : null}
        {short
          ? t('space.short', { needed: formatBytes(neededBytes), present: formatBytes(presentBytes) })
          : t('space.enough', { part: formatPart(neededBytes, presentBytes) })}
      </span>
    </span>
  );
}
