/** What the backup would do, before it starts: in sum and per volume. */
import './plan.css';
import { Button, CloseButton, CopyButton, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import type { BackupPlan } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { formatByteRange } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import type { Estimates } from '../../stores/estimates.ts';
import { ImageWholeButton, isAboutTheMap } from '../running/ImageWholeButton.tsx';
import { PlanRow } from './PlanRow.tsx';
import { sumFreeAfter, sumLine } from './plan-sum.ts';

/** So many are shown in full from the start; more would bury each other. */
const MOST_OPEN = 2;

/** The runs as lines for a shell. */
function CopyCommands({ plans }: { plans: readonly BackupPlan[] }) {
  const label = t(plans.length > 1 ? 'backup:plan.copyAll' : 'backup:plan.command');
  return (
    <CopyButton value={plans.map(({ command }) => command).join('\n')} timeout={1500}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={copy}
        >
          {copied ? t('backup:plan.copied') : label}
        </Button>
      )}
    </CopyButton>
  );
}

interface PlanPanelProps {
  estimates: Estimates;
  onClose(): void;
}

export function PlanPanel({ estimates, onClose }: PlanPanelProps) {
  const entries = Object.entries(estimates);
  const plans = entries.flatMap(([, { value, error }]) => (value && !error ? [value] : []));
  const complete = entries.every(([, estimate]) => estimate.value || estimate.error);
  const busy = entries.some(([, { phase }]) => phase === 'loading');
  const free = sumFreeAfter(plans.filter(({ obstacles }) => obstacles.length === 0));
  return (
    <section className="sf-card" aria-label={t('backup:plan.title')} aria-busy={busy}>
      <header className="sf-card-head">
        <h2>{t('backup:plan.title')}</h2>
        <p
          className="sf-grow sf-plan-sum"
          aria-live="polite"
          data-busy={busy || undefined}
          data-full={free?.low === 0 || undefined}
          title={free && t('backup:plan.sumFreeHint', { range: formatByteRange(free.low, free.high) })}
        >
          {free?.low === 0 ? <IconAlertTriangle size={15} className="sf-inline-icon" aria-hidden /> : null}
          {complete ? sumLine(plans, entries.length) : <Skeleton height={14} width={340} radius={3} />}
        </p>
        {plans.length > 0 ? <CopyCommands plans={plans} /> : null}
        <CloseButton size={22} onClick={onClose} aria-label={t('backup:plan.close')} />
      </header>
      {entries.map(([volume, { value, error, phase }]) => {
        if (error) {
          const action = isAboutTheMap(error) ? <ImageWholeButton volume={volume} /> : undefined;
          return <ErrorCard key={volume} error={error} subject={volume} action={action} />;
        }
        if (!value) return <Skeleton key={volume} height={34} radius={3} />;
        return (
          <PlanRow key={volume} plan={value} busy={phase === 'loading'} initiallyOpen={entries.length <= MOST_OPEN} />
        );
      })}
    </section>
  );
}
