/** How much of a volume is used. */
import { exactBytes, formatBytes, formatPart } from '../i18n/quantities.ts';
import { t } from '../i18n/t.ts';

interface UsageBarProps {
  sizeBytes: number;
  usedBytes?: number | undefined;
}

export function UsageBar({ sizeBytes, usedBytes }: UsageBarProps) {
  if (usedBytes === undefined) {
    return (
      <span className="sf-usage-text" title={exactBytes(sizeBytes)}>
        {formatBytes(sizeBytes)}
      </span>
    );
  }
  const percent = sizeBytes > 0 ? Math.min(100, (usedBytes / sizeBytes) * 100) : 0;
  return (
    <span className="sf-usage" title={t('usage', { used: exactBytes(usedBytes), size: exactBytes(sizeBytes) })}>
      <span className="sf-usage-track" aria-hidden>
        <span className="sf-usage-fill" style={{ width: `${percent}%`, display: 'block' }} />
      </span>
      <span className="sf-usage-text">{formatPart(usedBytes, sizeBytes)}</span>
    </span>
  );
}
