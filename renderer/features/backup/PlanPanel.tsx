/** What the backup would do, before it starts: per volume and in sum. */
import { CloseButton, Skeleton } from '@mantine/core';
import { IconActivity, IconCamera, IconCircleX, IconLock } from '@tabler/icons-react';
import type { BackupPlan } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { countOf, exactBytes, formatByteRange, formatBytes } from '../../i18n/quantities.ts';
import { CONSISTENCY_HELP, CONSISTENCY_WORDS, IMAGE_TYPE_NAMES } from '../../i18n/words.ts';
import type { Loadable } from '../../stores/loadable.ts';
import { plannedProvider } from '../../stores/snapshot-outlook.ts';
import { ImageWholeButton, isAboutTheMap } from '../running/ImageWholeButton.tsx';
import { SnapshotLine } from './SnapshotLine.tsx';
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

const TYPE_ICONS = { static: IconLock, snapshot: IconCamera, dynamic: IconActivity } as const;

/** Type, provider and consistency of the image that the run would make. */
function PlannedImage({ plan }: { plan: BackupPlan }) {
  if (plan.obstacles.length > 0) {
    return (
      <SnapshotLine volume={plan.volume.name} readiness={plan.snapshot}>
        <span className="sf-says">
          <IconCircleX size={15} className="sf-bad" aria-hidden />
          <span>No image as things stand</span>
        </span>
      </SnapshotLine>
    );
  }
  const provider = plannedProvider(plan);
  const Glyph = TYPE_ICONS[plan.imageType];
  return (
    <SnapshotLine volume={plan.volume.name} readiness={plan.snapshot} provider={provider}>
      <span className="sf-says">
        <Glyph size={15} className="sf-dim" aria-hidden />
        <span>
          {IMAGE_TYPE_NAMES[plan.imageType]}
          {provider ? `: ${provider.method}` : ''},{' '}
          <span title={CONSISTENCY_HELP[plan.consistency]}>{CONSISTENCY_WORDS[plan.consistency].toLowerCase()}</span>
        </span>
      </span>
    </SnapshotLine>
  );
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
      <PlannedImage plan={plan} />
      <p className="sf-dim sf-small">{plan.why}</p>
      {plan.obstacles.map((obstacle) => (
        <Notice key={obstacle} tone="bad" title="This backup cannot start yet">
          <p>{obstacle}</p>
        </Notice>
      ))}
      {plan.willRemount.length > 0 && plan.obstacles.length === 0 ? (
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
