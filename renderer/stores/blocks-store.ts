/**
 * Block maps: of running backups, of images, of the difference of two. Each is there as long as somebody looks at it:
 * what begins to look gets the function that ends it.
 */
import { createStore } from 'zustand/vanilla';
import type { BlockMapEvent, ImageComparison } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { applyChanges, decodeBlockMap, type ShownMap } from './block-codec.ts';
import { idle, type Loadable, load } from './loadable.ts';

/** The counters of a comparison, in bytes, with its map. */
export type ShownComparison = Omit<ImageComparison, 'map'> & { map: ShownMap };

export interface BlocksState {
  /** By task id. `failed` where the task has no map (any more). */
  tasks: Readonly<Record<string, Loadable<ShownMap | null>>>;
  /** By image id. */
  images: Readonly<Record<string, Loadable<ShownMap | null>>>;
  comparison: Loadable<ShownComparison | null>;
  /** Follows the map of a task until the last one who looks leaves; again and again where the connection breaks. */
  watchTask(taskId: string): () => void;
  showImage(id: string): () => void;
  /** Compares two images; the one before it is forgotten. */
  compare(before: string, after: string): Promise<void>;
  leaveComparison(): void;
}

type Kind = 'tasks' | 'images';

/** Between two attempts to follow a map. */
const RETRY_MS = 1000;

export function createBlocksStore(client: EngineClient) {
  return createStore<BlocksState>()((set, get) => {
    const looking = new Map<string, { count: number; left: AbortController }>();
    let comparing: AbortController | undefined;

    function put(kind: Kind, id: string, map: Loadable<ShownMap | null>): void {
      set((state) => ({ [kind]: { ...state[kind], [id]: map } }));
    }

    function drop(kind: Kind, id: string): void {
      const { [id]: _, ...rest } = get()[kind];
      set({ [kind]: rest });
    }

    /** `begin` for the first who looks; the map is dropped when the last one has left. */
    function look(kind: Kind, id: string, begin: (left: AbortSignal) => void): () => void {
      const key = `${kind} ${id}`;
      const own = looking.get(key) ?? { count: 0, left: new AbortController() };
      looking.set(key, own);
      own.count += 1;
      if (own.count === 1) begin(own.left.signal);
      let here = true;
      return () => {
        if (!here) return;
        here = false;
        own.count -= 1;
        if (own.count > 0) return;
        looking.delete(key);
        own.left.abort();
        drop(kind, id);
      };
    }

    async function receive(taskId: string, event: BlockMapEvent, left: AbortSignal): Promise<void> {
      if (event.kind === 'whole') {
        const map = await decodeBlockMap(event.map);
        if (!left.aborted) put('tasks', taskId, { phase: 'ready', value: map, error: null });
        return;
      }
      const map = get().tasks[taskId]?.value;
      if (!map) return;
      applyChanges(map.states, event);
      put('tasks', taskId, { phase: 'ready', value: { ...map, version: map.version + 1 }, error: null });
    }

    /** True once there is nothing more to follow. */
    async function follow(taskId: string, left: AbortSignal): Promise<boolean> {
      try {
        for await (const event of await client.tasks.blocks({ taskId }, { signal: left })) {
          await receive(taskId, event, left);
        }
        return true;
      } catch (thrown) {
        const error = toWireError(thrown);
        // What was seen last stays on the screen until the connection is back.
        const value = get().tasks[taskId]?.value ?? null;
        if (!left.aborted && value === null) put('tasks', taskId, { phase: 'failed', value, error });
        return error.code === 'TASK_NOT_FOUND';
      }
    }

    async function followUntilLeft(taskId: string, left: AbortSignal): Promise<void> {
      put('tasks', taskId, { ...idle(null), phase: 'loading' });
      while (!left.aborted && !(await follow(taskId, left))) {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }

    return {
      tasks: {},
      images: {},
      comparison: idle(null),
      watchTask: (taskId) => look('tasks', taskId, (left) => void followUntilLeft(taskId, left)),
      showImage: (id) =>
        look('images', id, (left) => {
          void load<ShownMap | null>(
            idle(null),
            (next) => {
              if (!left.aborted) put('images', id, next);
            },
            async () => decodeBlockMap(await client.images.blocks({ id }, { signal: left })),
          );
        }),
      async compare(before, after) {
        comparing?.abort();
        const own = new AbortController();
        comparing = own;
        await load<ShownComparison | null>(
          get().comparison,
          (next) => {
            if (!own.signal.aborted) set({ comparison: next });
          },
          async () => {
            const { map, ...counters } = await client.images.compare({ before, after }, { signal: own.signal });
            return { ...counters, map: await decodeBlockMap(map) };
          },
        );
      },
      leaveComparison() {
        comparing?.abort();
        comparing = undefined;
        set({ comparison: idle(null) });
      },
    };
  });
}
