/** Actions → Expire: every keep and every drop with its reason, what becomes free, and the run. */
import './retention.css';
import { Button, Checkbox, Modal, SegmentedControl } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ExpirationPreview } from '#contract';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { countOf, exactBytes, formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { going } from '../../stores/retention-store.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { DecisionGroups } from './DecisionGroups.tsx';

function Summary({ preview, reclaim }: { preview: ExpirationPreview; reclaim: boolean }) {
  const gone = going(preview.decisions).length;
  const { reclaim: plan, decisions } = preview;
  return (
    <p className="sf-expire-summary" role="status">
      <strong>{t('retention:expire.goes', { count: gone })}</strong>
      <span> · {t('retention:expire.stays', { images: countOf(decisions.length - gone, 'image') })}</span>
      {reclaim ? (
        <span title={plan ? exactBytes(plan.freedBytes) : undefined}>
          {' '}
          ·{' '}
          {plan
            ? t('retention:expire.frees', { bytes: formatBytes(plan.freedBytes) })
            : t('retention:expire.unknownFrees')}
        </span>
      ) : null}
    </p>
  );
}

interface PreviewProps {
  preview: ExpirationPreview;
  onClose(): void;
  /** Other images go by now. */
  onUntrue(): void;
}

function Preview({ preview, onClose, onUntrue }: PreviewProps) {
  const { retention, ui } = useStores();
  const busy = useValue('retention', (state) => state.busy);
  const failure = useValue('retention', (state) => state.failure);
  const [onlyGoing, setOnlyGoing] = useState(true);
  const [reclaim, setReclaim] = useState(true);
  const [asking, setAsking] = useState(false);
  const now = useNow();
  const { decisions } = preview;
  const gone = going(decisions).length;

  async function start(): Promise<void> {
    setAsking(true);
    const isTrue = await retention.getState().isPreviewTrue();
    setAsking(false);
    // A backup that ran meanwhile may have made others go.
    if (!isTrue) return onUntrue();
    if (!(await retention.getState().expire({ reclaim }))) return;
    onClose();
    ui.getState().show('activity');
  }

  if (decisions.length === 0) return <EmptyState icon={IconShieldCheck} text={t('retention:expire.none')} />;
  return (
    <>
      <div className="sf-button-row">
        <Summary preview={preview} reclaim={reclaim} />
        <span className="sf-grow" />
        <SegmentedControl
          size="xs"
          className="sf-segments"
          aria-label={t('retention:expire.filter')}
          value={onlyGoing ? 'going' : 'all'}
          onChange={(value) => setOnlyGoing(value === 'going')}
          data={[
            { value: 'going', label: t('retention:expire.onlyGoing') },
            { value: 'all', label: t('retention:expire.everything') },
          ]}
        />
      </div>
      <div className="sf-expire-list">
        {onlyGoing && gone === 0 ? (
          <EmptyState
            icon={IconShieldCheck}
            text={t('retention:expire.nothing', { images: countOf(decisions.length, 'image') })}
          />
        ) : (
          <DecisionGroups decisions={decisions} onlyGoing={onlyGoing} now={now} />
        )}
      </div>
      {failure ? <ErrorCard error={failure} /> : null}
      <Checkbox
        label={t('retention:expire.reclaim')}
        description={reclaim ? t('retention:prune.crash') : t('retention:expire.reclaimHelp')}
        checked={reclaim}
        onChange={(event) => setReclaim(event.currentTarget.checked)}
      />
      <div className="sf-button-row end">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button color="red" disabled={gone === 0} loading={busy || asking} onClick={() => void start()}>
          {t('retention:expire.button', { count: gone })}
        </Button>
      </div>
    </>
  );
}

function Content({ onClose }: { onClose(): void }) {
  const { retention } = useStores();
  const { value, error, phase } = useValue('retention', (state) => state.preview);
  const [untrue, setUntrue] = useState(false);
  const load = () => void retention.getState().loadPreview({ reclaim: true });
  if (error) {
    const again = (
      <Button variant="default" loading={phase === 'loading'} onClick={load}>
        {t('common:tryAgain')}
      </Button>
    );
    return <ErrorCard error={error} action={again} />;
  }
  // What was asked before may be wrong by now.
  if (!value || phase === 'loading') return <SkeletonRows label={t('retention:expire.loading')} />;
  return (
    <>
      {untrue ? <Notice tone="warn" title={t('retention:expire.changed')} urgent /> : null}
      <Preview
        preview={value}
        onClose={onClose}
        onUntrue={() => {
          setUntrue(true);
          load();
        }}
      />
    </>
  );
}

export function ExpireDialog() {
  const { retention, ui } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'expire');
  useEffect(() => {
    if (!opened) return;
    retention.getState().clearFailure();
    void retention.getState().loadPreview({ reclaim: true });
  }, [opened, retention]);
  const close = () => ui.getState().closeDialog();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('retention:expire.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={820}
    >
      <div className="sf-stack tight">
        <p className="sf-dim">
          {t('retention:expire.about')} {t('retention:expire.notLater')}
        </p>
        <Content onClose={close} />
      </div>
    </Modal>
  );
}
