/** Activity: what runs now, and every run there ever was. */
import './activity.css';
import { Button } from '@mantine/core';
import { IconFilterOff, IconListDetails } from '@tabler/icons-react';
import { type FocusEvent, useEffect, useMemo, useRef, useState } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import { isFirstLoad } from '../../stores/loadable.ts';
import { chosenRuns } from '../../stores/run-choice.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { TaskCard } from '../running/TaskCard.tsx';
import { inListOrder } from '../running/task-order.ts';
import { ActivityToolbar, type Tab } from './ActivityToolbar.tsx';
import { CleanUpCard } from './CleanUpCard.tsx';
import { RunDetailsPanel } from './RunDetailsPanel.tsx';
import { clearAndRefocus, RunFilters } from './RunFilters.tsx';
import { RunTable } from './RunTable.tsx';
import { WeeksPanel } from './WeeksPanel.tsx';

/** Runs of the command line are not told to this window: they are looked for. */
const LOOK_INTERVAL_MS = 10_000;

/** A task that ends takes its card away: whoever was in it goes on in the record. Returns what notes the focus. */
function useKeptFocus(runningIds: string): (event: FocusEvent<HTMLElement>) => void {
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const before = last.current;
    if (runningIds === undefined || before === null || before.isConnected) return;
    last.current = null;
    if (document.activeElement !== document.body) return;
    const next = ['.sf-runs tr[tabindex="0"]', '.sf-toolbar button:not(:disabled)'].map((place) =>
      document.querySelector<HTMLElement>(place),
    );
    next.find((element) => element !== null)?.focus();
  }, [runningIds]);
  return (event) => {
    last.current = event.target;
  };
}

/** What needs attention now: failures of this view, the clean-up, and the tasks that run. */
function Present() {
  const { activity } = useStores();
  const tasks = useValue('tasks', (state) => state.tasks);
  const failure = useValue('repository', (state) => state.failure);
  const cleanUp = useValue('system', (state) => state.cleanUp.phase);
  const exportError = useValue('activity', (state) => state.exporting.error);
  const runsError = useValue('activity', (state) => state.runs.error);
  const running = inListOrder(tasks.filter((task) => !isFinished(task)));
  const noteFocus = useKeptFocus(running.map(({ id }) => id).join());
  if (!failure && !exportError && !runsError && cleanUp === 'idle' && running.length === 0) return null;
  return (
    <section className="sf-activity-now sf-cards" aria-label={t('activity:running')} data-pane onFocus={noteFocus}>
      {failure ? <ErrorCard error={failure} /> : null}
      {exportError ? <ErrorCard error={exportError} /> : null}
      {runsError ? (
        <ErrorCard
          error={runsError}
          action={
            <Button variant="default" onClick={() => void activity.getState().refresh()}>
              {t('tryAgain')}
            </Button>
          }
        />
      ) : null}
      <CleanUpCard />
      {running.map((task) => (
        <TaskCard key={task.id} task={task} />
      ))}
    </section>
  );
}

function Runs() {
  const { activity, ui } = useStores();
  const runs = useValue('activity', (state) => state.runs);
  const choice = useValue('activity', (state) => state.choice);
  const selectedId = useValue('activity', (state) => state.selectedId);
  const loadingOlder = useValue('activity', (state) => state.loadingOlder);
  const now = useNow();
  const shown = useMemo(() => chosenRuns(runs.value, choice, now), [runs.value, choice, now]);
  const selected = runs.value.find(({ id }) => id === selectedId) ?? null;
  const empty = runs.value.length === 0;
  if (isFirstLoad(runs, empty)) return <SkeletonRows label={t('activity:table.loading')} />;
  if (empty) {
    if (runs.phase === 'failed') return null;
    return (
      <EmptyState
        icon={IconListDetails}
        text={t('activity:empty.never')}
        action={
          <Button variant="default" onClick={() => ui.getState().show('backup')}>
            {t('activity:empty.go')}
          </Button>
        }
      />
    );
  }
  return (
    <div className="sf-activity">
      <RunFilters runs={runs.value} shown={shown.length} choice={choice} loadingOlder={loadingOlder} now={now} />
      {shown.length === 0 ? (
        <EmptyState
          icon={IconFilterOff}
          text={t('activity:empty.filtered')}
          action={
            <Button variant="default" onClick={() => clearAndRefocus(activity.getState().chooseAll)}>
              {t('activity:filters.clear')}
            </Button>
          }
        />
      ) : (
        <RunTable runs={shown} selectedId={selectedId} now={now} onSelect={activity.getState().select} />
      )}
      <RunDetailsPanel run={selected} now={now} />
    </div>
  );
}

/** Whoever waits for a task and looks at no other run is shown what became of it. */
function useEndOfTask(): void {
  const { activity, tasks } = useStores();
  useEffect(
    () =>
      tasks.subscribe((state, before) => {
        if (activity.getState().selectedId !== null) return;
        const running = new Set(before.tasks.filter((task) => !isFinished(task)).map(({ id }) => id));
        const ended = state.tasks.find((task) => running.has(task.id) && isFinished(task));
        if (ended) activity.getState().select(ended.id);
      }),
    [activity, tasks],
  );
}

/** Fetches the record when the view opens, and what is new while it is open. */
function useRecord(): void {
  const { activity } = useStores();
  const online = useValue('connection', (state) => state.connection.phase === 'online');
  useEffect(() => {
    if (!online) return;
    const { runs, refresh, refreshNewest } = activity.getState();
    void (runs.phase === 'ready' ? refreshNewest() : refresh());
    const timer = setInterval(() => void activity.getState().refreshNewest(), LOOK_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [activity, online]);
}

export function ActivityView() {
  const [tab, setTab] = useState<Tab>('runs');
  useRecord();
  useEndOfTask();
  return (
    <div className="sf-view">
      <ActivityToolbar tab={tab} onTab={setTab} />
      <Present />
      <div className="sf-view-content sf-activity-content">{tab === 'runs' ? <Runs /> : <WeeksPanel />}</div>
    </div>
  );
}
