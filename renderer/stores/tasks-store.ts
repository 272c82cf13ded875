/** The tasks of this session, followed live. */

import { createStore } from 'zustand/vanilla';
import type { TaskSnapshot } from '#contract';
import type { EngineClient } from '../transport/connection.ts';

export interface TasksState {
  /** Newest first. */
  tasks: TaskSnapshot[];
  /** Ids of finished tasks whose cards were put away. */
  dismissed: string[];
  /** Follows every task until the stream ends; resolves then, never rejects. */
  follow(signal: AbortSignal): Promise<void>;
  cancel(taskId: string): Promise<void>;
  dismiss(taskId: string): void;
}

/** The task has ended, one way or another. */
export function isFinished(task: TaskSnapshot): boolean {
  return task.state === 'succeeded' || task.state === 'failed' || task.state === 'cancelled';
}

function merge(tasks: readonly TaskSnapshot[], changed: TaskSnapshot): TaskSnapshot[] {
  const index = tasks.findIndex((task) => task.id === changed.id);
  if (index >= 0) return tasks.with(index, changed);
  return [changed, ...tasks].sort((a, b) => Date.parse(b.queuedAt) - Date.parse(a.queuedAt));
}

export function createTasksStore(client: EngineClient) {
  return createStore<TasksState>()((set, get) => ({
    tasks: [],
    dismissed: [],
    async follow(signal) {
      try {
        // The first events carry every task that the engine still knows: what it forgot goes away.
        const { tasks } = await client.tasks.list({}, { signal });
        set({ tasks: tasks.reduce<TaskSnapshot[]>(merge, []) });
        for await (const changed of await client.tasks.watch({}, { signal })) {
          set((state) => ({ tasks: merge(state.tasks, changed) }));
        }
      } catch {
        // The connection says what is wrong; whoever called follows again once it is back.
      }
    },
    async cancel(taskId) {
      const running = get().tasks.find((task) => task.id === taskId);
      if (!running || isFinished(running)) return;
      set((state) => ({ tasks: merge(state.tasks, { ...running, state: 'cancelling' }) }));
      await client.tasks.cancel({ taskId }).catch(() => undefined);
    },
    dismiss: (taskId) => set((state) => ({ dismissed: [...state.dismissed, taskId] })),
  }));
}
