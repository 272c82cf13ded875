/** Actions → Reclaim space: what pruning would do, how much may stay unused, and the run. */
import './retention.css';
import { Button, Modal, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PrunePlan } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { StatGrid } from '../../components/StatGrid.tsx';
import { countOf, formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { PruneBars } from './PruneBars.tsx';

const USUAL_PERCENT = '5';
/** Somebody who types is not asked about every digit. */
const RESTS_MS = 350;

/** Per cent as typed; undefined where it is none. */
function percentOf(text: string): number | undefined {
  const number = /^\d{1,3}(?:[.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  return number >= 0 && number <= 100 ? number : undefined;
}

function Figures({ plan }: { plan: PrunePlan }) {
  return (
    <>
      <PruneBars plan={plan} />
      <StatGrid
        stats={[
          { name: t('retention:prune.frees'), bytes: plan.freedBytes, colour: 'var(--sf-free)' },
          {
            name: t('retention:prune.rewrites'),
            bytes: plan.repackBytes,
            colour: 'var(--sf-stored)',
            hint: t('retention:prune.rewritesHelp'),
          },
          { name: t('retention:prune.stays'), bytes: plan.remainingUnusedBytes },
        ]}
      />
      <p className="sf-small sf-dim">
        {t('retention:prune.removes')}: {countOf(plan.removePacks + plan.repackPacks, 'pack')}
      </p>
    </>
  );
}

function Content({ onClose }: { onClose(): void }) {
  const { retention, ui } = useStores();
  const { value: plan, error, phase } = useValue('retention', (state) => state.plan);
  const busy = useValue('retention', (state) => state.busy);
  const failure = useValue('retention', (state) => state.failure);
  const [text, setText] = useState(USUAL_PERCENT);
  const percent = percentOf(text);
  const [rests, setRests] = useState(percent);

  useEffect(() => {
    const timer = setTimeout(() => setRests(percent), RESTS_MS);
    return () => clearTimeout(timer);
  }, [percent]);
  useEffect(() => {
    if (rests !== undefined) void retention.getState().loadPlan({ maxUnusedPercent: rests });
  }, [rests, retention]);

  async function start(): Promise<void> {
    if (percent === undefined || !(await retention.getState().prune({ maxUnusedPercent: percent }))) return;
    onClose();
    ui.getState().show('activity');
  }

  const asked = percent !== rests || phase === 'loading';
  const freed = plan && !error ? plan.freedBytes : 0;
  return (
    <>
      <TextInput
        className="sf-prune-threshold"
        label={t('retention:prune.threshold')}
        description={t('retention:prune.thresholdHelp')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={text}
        error={percent === undefined ? t('retention:prune.thresholdProblem') : undefined}
        inputMode="decimal"
        rightSection={<span className="sf-dim sf-small">%</span>}
        rightSectionPointerEvents="none"
        onChange={(event) => setText(event.currentTarget.value.trim())}
      />
      {error ? <ErrorCard error={error} /> : null}
      <div className="sf-prune-figures" aria-busy={asked} aria-live="polite">
        {plan ? <Figures plan={plan} /> : error ? null : <SkeletonRows rows={4} label={t('retention:prune.loading')} />}
      </div>
      {failure ? <ErrorCard error={failure} /> : null}
      <p className="sf-small sf-dim">{t('retention:prune.crash')}</p>
      <div className="sf-button-row end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={asked || percent === undefined || freed === 0} loading={busy} onClick={() => void start()}>
          {freed === 0
            ? t('retention:prune.buttonNothing')
            : t('retention:prune.button', { bytes: formatBytes(freed) })}
        </Button>
      </div>
    </>
  );
}

export function PruneDialog() {
  const { retention, ui } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'prune');
  useEffect(() => {
    if (opened) retention.getState().clearFailure();
  }, [opened, retention]);
  const close = () => ui.getState().closeDialog();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('retention:prune.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={640}
    >
      <div className="sf-stack">
        <p className="sf-dim">{t('retention:prune.about')}</p>
        <Content onClose={close} />
      </div>
    </Modal>
  );
}
