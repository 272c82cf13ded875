/** The tasks of this session, followed live, and what the window shows of them. */

import { createStore } from 'zustand/vanilla';
import type { TaskSnapshot } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { idle, type Loadable, load } from './loadable.ts';
import { type RateSample, withRate } from './task-rates.ts';
import { isFinished } from './task-runs.ts';

export { isFinished } from './task-runs.ts';

export interface TasksState {
  /** Newest first. */
  tasks: TaskSnapshot[];
  /** By the id of a running task: its rates of the last minute, oldest first. */
  rates: Record<string, readonly RateSample[]>;
  /** Ids of finished tasks whose cards were put away. */
  dismissed: string[];
  /** The Task List is open. */
  listOpen: boolean;
  /** The task whose report is or was open in a dialog: it stays there while the dialog goes. */
  reportId: string | null;
  reportOpen: boolean;
  /** Block maps of running backups are folded out. */
  blocksOpen: boolean;
  /** By volume: where it is mounted read-only to look at it; the value is `null` where it is not. */
  looks: Record<string, Loadable<string | null>>;
  /** Follows every task until the stream ends; resolves then, never rejects. */
  follow(signal: AbortSignal): Promise<void>;
  cancel(taskId: string): Promise<void>;
  dismiss(taskId: string): void;
  showList(open: boolean): void;
  openReport(taskId: string): void;
  closeReport(): void;
  showBlocks(open: boolean): void;
  /** Mounts a volume read-only to look at it. */
  mount(volume: string): Promise<void>;
  unmount(volume: string): Promise<void>;
}

function merge(tasks: readonly TaskSnapshot[], changed: TaskSnapshot): TaskSnapshot[] {
  const index = tasks.findIndex((task) => task.id === changed.id);
  if (index >= 0) return tasks.with(index, changed);
  return [changed, ...tasks].sort((a, b) => Date.parse(b.queuedAt) - Date.parse(a.queuedAt));
}

/** Rates after a task changed: an ended one has none. */
function mergeRates(
  rates: TasksState['rates'],
  { id, progress, state }: TaskSnapshot,
  atMs: number,
): TasksState['rates'] {
  if (isFinished({ state })) {
    if (rates[id] === undefined) return rates;
    return Object.fromEntries(Object.entries(rates).filter(([known]) => known !== id));
  }
  if (progress === undefined) return rates;
  const before = rates[id] ?? [];
  const after = withRate(before, progress, atMs);
  return after === before ? rates : { ...rates, [id]: after };
}

export function createTasksStore(client: EngineClient, now: () => number = Date.now) {
  return createStore<TasksState>()((set, get) => {
    function reportLook(volume: string, look: Loadable<string | null>): void {
      set((state) => ({ looks: { ...state.looks, [volume]: look } }));
    }

    async function look(volume: string, fetch: () => Promise<string | null>): Promise<void> {
      const before = get().looks[volume] ?? idle<string | null>(null);
      if (before.phase === 'loading') return;
      await load(before, (next) => reportLook(volume, next), fetch);
    }

    return {
      tasks: [],
      rates: {},
      dismissed: [],
      listOpen: false,
      reportId: null,
      reportOpen: false,
      blocksOpen: true,
      looks: {},
      async follow(signal) {
        try {
          // The first events carry every task that the engine still knows: what it forgot goes away.
          const { tasks } = await client.tasks.list({}, { signal });
          const known = new Set(tasks.map((task) => task.id));
          set((state) => ({
            tasks: tasks.reduce<TaskSnapshot[]>(merge, []),
            rates: Object.fromEntries(Object.entries(state.rates).filter(([id]) => known.has(id))),
          }));
          for await (const changed of await client.tasks.watch({}, { signal })) {
            set((state) => ({
              tasks: merge(state.tasks, changed),
              rates: mergeRates(state.rates, changed, now()),
            }));
          }
        } catch {
          // The connection says what is wrong; whoever called follows again once it is back.
        }
      },
      async cancel(taskId) {
        const running = get().tasks.find((task) => task.id === taskId);
        if (!running || isFinished(running)) return;
        set((state) => ({ tasks: merge(state.tasks, { ...running, state: 'cancelling' }) }));
        await client.tasks.cancel({ taskId }).catch(() => {
          // It was not asked for: a task that only waits would be shown as cancelling until its turn.
          const now = get().tasks.find((task) => task.id === taskId);
          if (now?.state === 'cancelling') set((state) => ({ tasks: merge(state.tasks, running) }));
        });
      },
      dismiss: (taskId) => set((state) => ({ dismissed: [...new Set([...state.dismissed, taskId])] })),
      showList: (open) => set({ listOpen: open }),
      openReport: (taskId) => set({ reportId: taskId, reportOpen: true }),
      closeReport: () => set({ reportOpen: false }),
      showBlocks: (open) => set({ blocksOpen: open }),
      mount: (volume) => look(volume, async () => (await client.volumes.mountReadOnly({ volume })).mountPoint),
      unmount: (volume) =>
        look(volume, async () => {
          await client.volumes.unmount({ volume });
          return null;
        }),
    };
  });
}
