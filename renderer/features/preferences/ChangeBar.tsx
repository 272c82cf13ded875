/** Appears when something changed: what it is, and what becomes of it. */
import { Button } from '@mantine/core';
import { IconAlertCircle, IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { PreferenceProblem } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { type ChangeRow, changeRows } from './changes.ts';

function ChangeList({ rows }: { rows: readonly ChangeRow[] }) {
  return (
    <ul id="preference-changes" className="sf-lines sf-pref-changes" aria-label={t('preferences:change.list')}>
      {rows.map(({ key, label, before, after, mono }) => (
        <li key={key}>
          <span className="sf-clip" title={label}>
            {label}
          </span>
          <span className={mono ? 'sf-mono' : undefined}>
            {before === '' ? null : <del>{before}</del>}
            {before === '' || after === '' ? null : (
              <IconArrowRight size={13} aria-label={t('preferences:change.to')} />
            )}
            {after === '' ? null : <ins>{after}</ins>}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What kept the last save from being one. */
function Failure() {
  const { preferences } = useStores();
  const failure = useValue('preferences', (state) => state.failure);
  const loading = useValue('preferences', (state) => state.file.phase === 'loading');
  if (failure === null) return null;
  if (failure.code !== 'OPTIONS_CHANGED') {
    const close = (
      <Button variant="default" onClick={() => preferences.getState().putFailureAway()}>
        {t('common:close')}
      </Button>
    );
    return <ErrorCard error={failure} action={close} />;
  }
  return (
    <Notice
      tone="warn"
      title={t('preferences:conflict.title')}
      urgent
      action={
        <Button loading={loading} onClick={() => void preferences.getState().refresh()}>
          {t('preferences:conflict.load')}
        </Button>
      }
    >
      <p>{t('preferences:conflict.meaning')}</p>
    </Notice>
  );
}

interface ChangeBarProps {
  onSave(): void;
  onDiscard(): void;
  onProblem(problem: PreferenceProblem): void;
}

export function ChangeBar({ onSave, onDiscard, onProblem }: ChangeBarProps) {
  const { file, draft, problems, saving } = useValue('preferences', (state) => state);
  const [showing, setShowing] = useState(false);
  const rows = file.value ? changeRows(file.value, draft) : [];
  const [problem] = problems;
  if (rows.length === 0) return null;
  return (
    <section className="sf-pref-bar" aria-label={t('preferences:change.bar')} data-pane>
      <Failure />
      {showing ? <ChangeList rows={rows} /> : null}
      <div className="sf-pref-bar-row">
        <strong role="status">{t('preferences:change.count', { count: rows.length })}</strong>
        {problem ? (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconAlertCircle size={15} aria-hidden />}
            onClick={() => onProblem(problem)}
            className="sf-pref-problem"
          >
            {t('preferences:change.problems', { count: problems.length })}
          </Button>
        ) : null}
        <span className="sf-grow" />
        <Button
          variant="default"
          onClick={() => setShowing((before) => !before)}
          aria-expanded={showing}
          aria-controls="preference-changes"
        >
          {showing ? t('preferences:change.hide') : t('preferences:change.show')}
        </Button>
        <Button variant="default" disabled={saving} onClick={onDiscard}>
          {t('preferences:change.discard')}
        </Button>
        <Button loading={saving} onClick={onSave} title="Ctrl+S">
          {t('preferences:change.save')}
        </Button>
      </div>
    </section>
  );
}
