import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TaskSnapshot } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { RemoteError } from '../transport/remote-error.ts';
import { preferenceValues } from './preference-values.ts';
import { createTasksStore } from './tasks-store.ts';

const VOLUME = '/dev/loop7';
const TASK: TaskSnapshot = {
  id: 'one',
  kind: 'backup',
  subject: VOLUME,
  state: 'running',
  queuedAt: '2026-11-21T00:00:00Z',
  phasesDone: [],
  progress: { phase: 'store', bytesDone: 1, bytesTotal: 2, readRate: 7, storeRate: 3, storedBytes: 0 },
  warnings: [],
  command: '',
  hasBlocks: true,
};

let events: TaskSnapshot[];
let cancel: () => Promise<object>;
let mountReadOnly: () => Promise<{ mountPoint: string }>;
let now: number;
let store: ReturnType<typeof createTasksStore>;

beforeEach(() => {
  now = 0;
  events = [];
  cancel = async () => ({});
  mountReadOnly = async () => ({ mountPoint: '/run/stillframe/look/loop7' });
  const client = {
    tasks: {
      list: async () => ({ tasks: [TASK] }),
      async watch() {
        return (async function* () {
          for (const event of events) {
            now += 1000;
            yield event;
          }
        })();
      },
      cancel: () => cancel(),
    },
    volumes: { mountReadOnly: () => mountReadOnly(), unmount: async () => ({}) },
  };
  store = createTasksStore(client as unknown as EngineClient, () => now);
});
afterEach(() => vi.restoreAllMocks());

const follow = () => store.getState().follow(new AbortController().signal);

describe('tasks', () => {
  it('keep their rates while they run, and lose them at the end', async () => {
    events = [TASK, TASK];
    await follow();
    expect(store.getState().rates).toEqual({
      one: [
        { atMs: 1000, readRate: 7, storeRate: 3 },
        { atMs: 2000, readRate: 7, storeRate: 3 },
      ],
    });
    events = [{ ...TASK, state: 'succeeded' }];
    await follow();
    expect(store.getState().rates).toEqual({});
  });

  it('are not shown as cancelling when nobody could be told to cancel', async () => {
    await follow();
    cancel = async () => {
      throw new Error('gone');
    };
    await store.getState().cancel('one');
    expect(store.getState().tasks[0]?.state).toBe('running');
  });
});

describe('looking at a volume', () => {
  it('mounts and unmounts', async () => {
    await store.getState().mount(VOLUME);
    expect(store.getState().looks[VOLUME]).toEqual({
      phase: 'ready',
      value: '/run/stillframe/look/loop7',
      error: null,
    });
    await store.getState().unmount(VOLUME);
    expect(store.getState().looks[VOLUME]).toEqual({ phase: 'ready', value: null, error: null });
  });

  it('says why it could not be mounted', async () => {
    mountReadOnly = async () => {
      throw new RemoteError({ code: 'TARGET_MOUNTED', message: 'mounted', details: { volume: VOLUME } });
    };
    await store.getState().mount(VOLUME);
    expect(store.getState().looks[VOLUME]).toMatchObject({ value: null, error: { code: 'TARGET_MOUNTED' } });
  });
});

describe('preference values', () => {
  it.each([
    [{}, {}],
    [{ preferences: null }, {}],
    [{ preferences: { getState: () => ({}) } }, {}],
    [{ preferences: { getState: () => ({ values: { a: 'yes', b: 3 } }) } }, { a: 'yes' }],
  ])('of %j are %j', (stores, expected) => expect(preferenceValues(stores)).toEqual(expected));
});
