/** What the backup would do, before it starts: per volume and in sum. */
import { CloseButton, Skeleton } from '@mantine/core';
import type { BackupPlan } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { countOf, exactBytes, formatByteRange, formatBytes } from '../../i18n/quantities.ts';
import type { Loadable } from '../../stores/loadable.ts';
import { ImageWholeButton, isAboutTheMap } from '../running/ImageWholeButton.tsx';
import { volumeTitle } from './volume-tree.ts';

function sumLine(plans: readonly BackupPlan[], chosen: number): string {
  if (plans.length === 0) return 'Nothing can be backed up as it is.';
  const without = chosen > plans.length ? ` · ${countOf(chosen - plans.length, 'volume')} left out` : '';
  const reads = plans.reduce((sum, plan) => sum + plan.readBytes, 0);
  const low = plans.reduce((sum, plan) => sum + plan.expectedNewBytes.low, 0);
  const high = plans.reduce((sum, plan) => sum + plan.expectedNewBytes.high, 0);
  const free = plans[0]?.repositoryFreeBytes;
  const after = free === undefined ? '' : ` · ${formatBytes(Math.max(0, free - high))} free in the repository after`;
  return `Reads ${formatBytes(reads)} · expects ${formatByteRange(low, high)} new${after}${without}`;
}

function PlanRow({ plan }: { plan: BackupPlan }) {
  const { low, high } = plan.expectedNewBytes;
  return (
    <div className="sf-plan-row">
      <div className="sf-plan-line">
        <strong className="sf-clip" title={plan.volume.name}>
          {volumeTitle(plan.volume)}
        </strong>
        <span title={exactBytes(plan.readBytes)}>reads {formatBytes(plan.readBytes)}</span>
        <span title={`${exactBytes(low)} to ${exactBytes(high)}`}>expects {formatByteRange(low, high)} new</span>
        <span className="sf-dim">blocks of {formatBytes(plan.gridBytes)}</span>
      </div>
      <p className="sf-dim sf-small">{plan.why}</p>
      {plan.obstacles.map((obstacle) => (
        <Notice key={obstacle} tone="bad" title="This backup cannot start yet">
          <p>{obstacle}</p>
        </Notice>
      ))}
      {plan.willRemount.length > 0 ? (
        <Notice tone="info">
          <p>While it runs, {plan.willRemount.join(', ')} is read-only. It becomes writable again at the end.</p>
        </Notice>
      ) : null}
      {[...plan.warnings, ...plan.used.warnings].map((warning) => (
        <Notice key={warning} tone="warn">
          <p>{warning}</p>
        </Notice>
      ))}
    </div>
  );
}

interface PlanPanelProps {
  estimates: Readonly<Record<string, Loadable<BackupPlan | null>>>;
  onClose(): void;
}

export function PlanPanel({ estimates, onClose }: PlanPanelProps) {
  const entries = Object.entries(estimates);
  const plans = entries.flatMap(([, estimate]) => (estimate.value ? [estimate.value] : []));
  const complete = entries.every(([, estimate]) => estimate.value || estimate.error);
  return (
    <section className="sf-card" aria-label="Estimate" aria-busy={!complete}>
      <header className="sf-card-head">
        <h2 className="sf-grow">Estimate</h2>
        <CloseButton size={22} onClick={onClose} aria-label="Close estimate" />
      </header>
      <p aria-live="polite">
        {complete ? sumLine(plans, entries.length) : <Skeleton height={14} width={340} radius={3} />}
      </p>
      {entries.map(([volume, estimate]) => {
        if (estimate.error) {
          const action = isAboutTheMap(estimate.error) ? <ImageWholeButton volume={volume} /> : undefined;
          return <ErrorCard key={volume} error={estimate.error} subject={volume} action={action} />;
        }
        if (estimate.value) return <PlanRow key={volume} plan={estimate.value} />;
        return <Skeleton key={volume} height={34} radius={3} />;
      })}
    </section>
  );
}
