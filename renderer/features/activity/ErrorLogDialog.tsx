/** Utilities → Error log: what went wrong lately, in whatever process. */
import { Button, CopyButton, Modal, SegmentedControl } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { CopyButton as CopyValue } from '../../components/CopyButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import type { ErrorLog } from '../../stores/activity-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { lineAsText, RunLogLines } from './RunLogLines.tsx';

const LEVELS = ['all', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

function Tail({ log, level }: { log: ErrorLog; level: Level }) {
  const shown = log.lines.filter((line) => level === 'all' || line.level === level).toReversed();
  if (shown.length === 0) {
    const text = log.lines.length === 0 ? t('activity:errorLog.empty') : t('activity:errorLog.filtered');
    return <EmptyState icon={IconCircleCheck} text={text} />;
  }
  return (
    <>
      <div className="sf-button-row">
        <span className="sf-dim sf-small sf-grow" aria-live="polite">
          {t('activity:errorLog.newestFirst', { count: shown.length })}
        </span>
        <CopyButton value={shown.map(lineAsText).join('\n')} timeout={1500}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-xs" onClick={copy}>
              {copied ? t('activity:details.copied') : t('activity:errorLog.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <RunLogLines lines={shown} label={t('activity:errorLog.lines')} />
    </>
  );
}

function Content() {
  const { activity } = useStores();
  const { value, error, phase } = useValue('activity', (state) => state.errorLog);
  const [level, setLevel] = useState<Level>('all');
  useEffect(() => {
    void activity.getState().loadErrorLog();
  }, [activity]);
  return (
    <div className="sf-error-log">
      <div className="sf-button-row">
        <SegmentedControl
          aria-label={t('activity:errorLog.filter')}
          size="xs"
          data={LEVELS.map((each) => ({ value: each, label: t(`activity:errorLog.${each}`) }))}
          value={level}
          onChange={(next) => setLevel(next as Level)}
        />
        <span className="sf-grow" />
        <Button variant="default" loading={phase === 'loading'} onClick={() => void activity.getState().loadErrorLog()}>
          {t('activity:errorLog.refresh')}
        </Button>
      </div>
      {value ? (
        <p className="sf-error-log-path">
          <span className="sf-dim">{t('activity:errorLog.file')}</span>
          <span className="sf-mono sf-selectable sf-clip" title={value.path}>
            {value.path}
          </span>
          <CopyValue value={value.path} what={t('activity:errorLog.copyPath')} />
        </p>
      ) : null}
      {error ? <ErrorCard error={error} /> : null}
      {value ? <Tail log={value} level={level} /> : null}
      {value === null && !error ? <SkeletonRows label={t('activity:errorLog.loading')} /> : null}
    </div>
  );
}

export function ErrorLogDialog() {
  const { ui } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'error-log');
  return (
    <Modal
      opened={opened}
      onClose={() => ui.getState().closeDialog()}
      title={t('activity:errorLog.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      size={820}
    >
      <Content />
    </Modal>
  );
}
