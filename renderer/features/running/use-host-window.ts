/** Keeps the window's surroundings in step with the tasks: taskbar or title, sleep, leaving, native words. */
import { useEffect } from 'react';
import { currentLanguage, onLanguage } from '../../i18n/language.ts';
import type { Stores } from '../../stores/create-stores.ts';
import { preferenceValues } from '../../stores/preference-values.ts';
import { overallPart } from '../../stores/task-runs.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import { useStores } from '../../stores/use-stores.ts';
import type { HostWindow } from '../../transport/host-window.ts';

/** Follows the tasks; returns the function that stops and leaves nothing behind. */
export function driveHostWindow(stores: Pick<Stores, 'tasks' | 'connection'>, host: HostWindow): () => void {
  const { tasks, connection } = stores;
  let busy = false;

  function become(next: boolean): void {
    if (next === busy) return;
    busy = next;
    host.keepAwake(next);
    host.guardLeave(next);
    if (next) void askOnce(stores, host);
  }

  function follow(): void {
    const { tasks: all } = tasks.getState();
    // A window that was shut out for good sees no task end any more.
    const expired = connection.getState().connection.phase === 'expired';
    const part = expired ? null : overallPart(all);
    host.showProgress(part);
    become(part !== null && all.some((task) => !isFinished(task)));
  }

  follow();
  const unsubscribe = [tasks.subscribe(follow), connection.subscribe(follow)];
  return () => {
    for (const stop of unsubscribe) stop();
    host.showProgress(null);
    become(false);
  };
}

/** The first task that somebody starts here is the moment to ask for notifications: what for is plain to see. */
async function askOnce(stores: object, host: HostWindow): Promise<void> {
  if (host.notifications() !== 'ask' || preferenceValues(stores).notifications === 'no') return;
  // Only right after a click or a key; a task that runs since long ago is no reason.
  if (!navigator.userActivation?.isActive) return;
  await host.allowNotifications();
}

export function useHostWindow(host: HostWindow): void {
  const stores = useStores();
  useEffect(() => driveHostWindow(stores, host), [stores, host]);
  useEffect(() => {
    host.setLanguage(currentLanguage());
    return onLanguage((language) => host.setLanguage(language));
  }, [host]);
}
