/** Devices come and go: the list follows by itself while somebody looks at it. */
import { useEffect } from 'react';
import { useStores, useValue } from '../../stores/use-stores.ts';

const EVERY_MS = 5000;

/** Looks for changes every few seconds while the window is visible and the engine answers, and when it comes back. */
export function useVolumeWatch(): void {
  const { volumes, connection } = useStores();
  useEffect(() => {
    function look(): void {
      const online = connection.getState().connection.phase === 'online';
      if (online && document.visibilityState === 'visible') void volumes.getState().look();
    }
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [volumes, connection]);
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
