/** Edit → Client Preferences. */
import './preferences.css';
import './rules/rules.css';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PreferenceProblem } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import { isEmpty } from '../../stores/preference-draft.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { ChangeBar } from './ChangeBar.tsx';
import { changeRows } from './changes.ts';
import { controlId } from './fields/OptionField.tsx';
import { LeaveDialog, useUnsavedGuard } from './LeaveDialog.tsx';
import { PreferencesToolbar, SEARCH_ID } from './PreferencesToolbar.tsx';
import { SearchResults } from './SearchResults.tsx';
import { TabList, tabId } from './TabList.tsx';
import { TabPanel } from './TabPanel.tsx';
import { tabOfProblem, tabStates } from './tabs.ts';

/** How long it is said that everything is saved, in milliseconds. */
const SAVED_MS = 6000;

/** Ctrl+F and Ctrl+S, unless a dialog has the keyboard. */
function useKeys(save: () => void): void {
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!isCommand || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      const key = event.key.toLowerCase();
      if (key !== 'f' && key !== 's') return;
      event.preventDefault();
      if (key === 's') save();
      else document.getElementById(SEARCH_ID)?.focus();
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [save]);
}

/** What the engine left out when it read the file. */
function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Notice tone="warn">
      <details className="sf-pref-warnings">
        <summary>{t('preferences:warnings', { count: warnings.length })}</summary>
        <ul>
          {warnings.map((warning) => (
            <li key={warning}>
              <Sentence text={warning} />
            </li>
          ))}
        </ul>
      </details>
    </Notice>
  );
}

export function PreferencesView() {
  const { preferences } = useStores();
  const { file, draft, problems, tab, showTab } = useValue('preferences', (state) => state);
  const [query, setQuery] = useState('');
  /** The control that takes the focus once it is drawn. */
  const [wanted, setWanted] = useState<string | null>(null);
  const [justSaved, setJustSaved] = useState(false);
  const unsaved = !isEmpty(draft);
  useUnsavedGuard(unsaved);

  useEffect(() => {
    void preferences.getState().refresh();
  }, [preferences]);
  useEffect(() => {
    if (!justSaved) return;
    const timer = setTimeout(() => setJustSaved(false), SAVED_MS);
    return () => clearTimeout(timer);
  }, [justSaved]);
  useEffect(() => {
    if (wanted === null) return;
    document.getElementById(wanted)?.focus();
    setWanted(null);
  }, [wanted]);

  function goTo(problem: PreferenceProblem): void {
    const target = tabOfProblem(problem, file.value?.options ?? []);
    setQuery('');
    showTab(target);
    const isOption = problem.rule === undefined && problem.option !== undefined;
    setWanted(isOption && problem.option !== undefined ? controlId(problem.option) : tabId(target));
  }

  async function save(): Promise<boolean> {
    const focused = document.activeElement;
    const saved = await preferences.getState().save();
    const [problem] = preferences.getState().problems;
    if (saved) {
      setJustSaved(true);
      // The bar goes, and with it its button.
      if (focused?.closest('.sf-pref-bar')) setWanted(tabId(tab));
    } else if (problem && preferences.getState().failure === null) goTo(problem);
    return saved;
  }

  const saveByKey = () => void (unsaved && save());
  useKeys(saveByKey);

  const { value, error } = file;
  const tabs = tabStates(value?.options ?? [], draft, problems);
  const shown = tabs.find((each) => each.tab === tab) ?? tabs[0];
  const searching = query.trim() !== '';
  const retry = (
    <Button variant="default" onClick={() => void preferences.getState().refresh()}>
      {t('common:tryAgain')}
    </Button>
  );
  return (
    <div className="sf-view">
      <PreferencesToolbar query={query} onQuery={setQuery} file={value} justSaved={justSaved && !unsaved} />
      <div className="sf-pref-notices">
        {error ? <ErrorCard error={error} action={retry} /> : null}
        <Warnings warnings={value?.warnings ?? []} />
      </div>
      {value && shown ? (
        <div className="sf-pref">
          <TabList
            tabs={tabs}
            selected={searching ? null : shown.tab}
            onSelect={(next) => {
              setQuery('');
              showTab(next);
            }}
          />
          {searching ? (
            <SearchResults query={query} options={value.options} />
          ) : (
            <TabPanel tab={shown.tab} options={shown.options} />
          )}
        </div>
      ) : null}
      {!value && !error ? (
        <div className="sf-pref">
          <SkeletonRows label={t('preferences:loading')} />
          <SkeletonRows label={t('preferences:loading')} />
        </div>
      ) : null}
      <ChangeBar
        onSave={() => void save()}
        onDiscard={() => {
          preferences.getState().discard();
          setWanted(tabId(tab));
        }}
        onProblem={goTo}
      />
      <LeaveDialog changes={value ? changeRows(value, draft).length : 0} onSave={save} />
    </div>
  );
}
