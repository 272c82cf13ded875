/** The repository now and after pruning, to one scale: what is needed, what is unused, what is free again. */
import type { PrunePlan } from '#contract';
import { exactBytes, formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';

interface BarProps {
  name: string;
  used: number;
  unused: number;
  whole: number;
}

function Bar({ name, used, unused, whole }: BarProps) {
  const percent = (bytes: number) => `${whole > 0 ? (bytes / whole) * 100 : 0}%`;
  const words = t('retention:prune.bar', {
    name,
    used: formatBytes(used),
    unused: formatBytes(unused),
    total: formatBytes(used + unused),
  });
  return (
    <div className="sf-prune-bar" title={words}>
      <span className="sf-prune-name">{name}</span>
      <span className="sf-prune-track" role="img" aria-label={words}>
        <span style={{ width: percent(used), background: 'var(--sf-used)' }} />
        <span style={{ width: percent(unused), background: 'var(--sf-unused)' }} />
      </span>
      <span className="sf-number" title={exactBytes(used + unused)}>
        {formatBytes(used + unused)}
      </span>
    </div>
  );
}

export function PruneBars({ plan }: { plan: PrunePlan }) {
  const { totalBytes, usedBytes, remainingUnusedBytes } = plan;
  return (
    <div className="sf-prune-bars">
      <Bar
        name={t('retention:prune.before')}
        used={usedBytes}
        unused={Math.max(0, totalBytes - usedBytes)}
        whole={totalBytes}
      />
      <Bar name={t('retention:prune.after')} used={usedBytes} unused={remainingUnusedBytes} whole={totalBytes} />
      <p className="sf-small sf-prune-legend">
        <span className="sf-swatch" data-of="used" /> {t('retention:prune.used')}
        <span className="sf-swatch" data-of="unused" /> {t('retention:prune.unused')}
      </p>
    </div>
  );
}
