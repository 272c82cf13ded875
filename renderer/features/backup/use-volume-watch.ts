/** Devices come and go: the list follows by itself while somebody looks at it. */
import { useEffect } from 'react';
import type { Phase, TaskSnapshot } from '#contract';
import { isFinished } from '../../stores/tasks-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

const EVERY_MS = 5000;
/** Phases that only read or write. In the others volumes are unmounted, frozen or given back. */
const CALM: readonly Phase[] = ['read', 'store', 'verify', 'write', 'index'];

/** A run has its hands on a volume just now: looking at it as well could get in its way. */
function isDelicate(task: TaskSnapshot): boolean {
  return !isFinished(task) && task.state !== 'queued' && !CALM.some((phase) => phase === task.progress?.phase);
}

/** Looks for changes every few seconds while the window is visible and the engine answers, and when it comes back. */
export function useVolumeWatch(): void {
  const { volumes, connection, tasks } = useStores();
  useEffect(() => {
    function look(): void {
      const online = connection.getState().connection.phase === 'online';
      const calm = !tasks.getState().tasks.some(isDelicate);
      if (online && calm && document.visibilityState === 'visible') void volumes.getState().look();
    }
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [volumes, connection, tasks]);
}

/** Learns which volumes the rules exclude, where there is a rule that does. */
export function useExcludeRules(): void {
  const { backup, readiness } = useStores();
  const rules = useValue('backup', (state) => state.preferences.value?.rules);
  const list = useValue('volumes', (state) => state.list.value);
  const names = list.map(({ name }) => name).join('\n');
  const excludes = rules?.some(({ kind }) => kind === 'exclude.image') ?? false;
  useEffect(() => {
    void backup.getState().loadPreferences();
  }, [backup]);
  useEffect(() => {
    if (excludes && names !== '') void readiness.getState().testRules(names.split('\n'));
  }, [excludes, names, readiness]);
}
