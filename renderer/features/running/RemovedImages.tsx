/** The images that an expiration removed, and why each of them went. */
import type { RetentionDecision } from '#contract';
import { exactTime } from '../../i18n/instants.ts';
import { removalReason } from '../../i18n/retention.ts';
import { t } from '../../i18n/t.ts';

export function RemovedImages({ removed }: { removed: readonly RetentionDecision[] }) {
  if (removed.length === 0) return null;
  return (
    <details className="sf-details" open={removed.length <= 8}>
      <summary>{t('running:expire.list')}</summary>
      <ul className="sf-removed">
        {removed.map((decision) => (
          <li key={decision.imageId}>
            <span className="sf-removed-volume">{decision.volume}</span> <span>{exactTime(decision.time)}</span>{' '}
            <span className="sf-dim">{removalReason(decision)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
