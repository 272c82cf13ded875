/** Which image changes are counted from, when everything is read, and what is kept. (Real snapshots: e2e.) */
import { expect, test } from 'vitest';
import { testPorts } from '../testing/test-ports.ts';
import { createWorkspace } from '../testing/workspace.ts';
import { ChangeTracker, forgetTracking, type TrackingSettings } from './change-tracking.ts';
import { MemoryJournal } from './conformance/stand.ts';
import { none } from './none.ts';
import type { ChangedRanges, KeptSnapshot, Provider, TakenSnapshot } from './provider.ts';
import { TrackingStore } from './tracking-store.ts';

const SIGNAL = new AbortController().signal;
const SNAPSHOT: TakenSnapshot = {
  name: 'stillframe_1',
  readPath: '/dev/null',
  frozen: true,
  warnings: [],
  [Symbol.asyncDispose]: async () => undefined,
};
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function stand() {
  const workspace = await createWorkspace();
  const store = new TrackingStore(testPorts(workspace.folder));
  const dropped: string[] = [];
  let made = 0;
  let answer: ChangedRanges = { known: true, ranges: Float64Array.of(0, 4096) };
  let mayKeep = true;
  const provider: Provider = {
    ...none,
    name: 'REFLINK',
    tracking: {
      keep: async (): Promise<KeptSnapshot> => {
        if (!mayKeep) throw new Error('the pool is full');
        return { provider: 'REFLINK', name: `kept_${++made}`, of: 'x', place: '/x' };
      },
      changesSince: async () => answer,
      burden: async () => undefined,
      drop: async (kept) => {
        dropped.push(kept.name);
      },
    },
  };
  const tracker = async (settings: Partial<TrackingSettings> = {}) => {
    const all: TrackingSettings = { mode: 'incremental', auditPercent: 1, fullEvery: 3, ...settings };
    const found = await ChangeTracker.of({
      provider,
      store,
      repositoryId: 'r',
      volume: '/x',
      settings: all,
      logger: quiet,
      journal: new MemoryJournal('run'),
      now: () => 5,
    });
    if (!found) throw new Error('the provider keeps track');
    return found;
  };
  const run = async (image: string, everythingRead: boolean) => {
    await using base = await (await tracker()).keep(SNAPSHOT);
    await base?.commit(image, { everythingRead });
  };
  return {
    store,
    dropped,
    tracker,
    run,
    setAnswer: (to: ChangedRanges) => {
      answer = to;
    },
    forbidKeeping: () => {
      mayKeep = false;
    },
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

test('a first run knows of no changes and says why; a selective one says nothing', async () => {
  await using s = await stand();
  expect(await (await s.tracker()).changes(SNAPSHOT, SIGNAL)).toEqual({
    known: false,
    reason: 'no image before kept a snapshot',
  });
  expect(await (await s.tracker({ mode: 'selective' })).changes(SNAPSHOT, SIGNAL)).toBeUndefined();
});

test('later runs count from the image that was committed, and drop what was kept before', async () => {
  await using s = await stand();
  await s.run('image-1', true);
  expect(await (await s.tracker()).changes(SNAPSHOT, SIGNAL)).toMatchObject({
    known: true,
    baseImage: 'image-1',
    auditPercent: 1,
  });
  await s.run('image-2', false);
  expect(s.dropped).toEqual(['kept_1']);
  expect(await s.store.find('r', '/x')).toMatchObject({
    imageId: 'image-2',
    runsSinceFull: 1,
    kept: { name: 'kept_2' },
  });
});

test('a run that publishes no image keeps nothing and leaves the base before it', async () => {
  await using s = await stand();
  await s.run('image-1', true);
  {
    await using _base = await (await s.tracker()).keep(SNAPSHOT);
  }
  expect(s.dropped).toEqual(['kept_2']);
  expect(await s.store.find('r', '/x')).toMatchObject({ imageId: 'image-1' });
});

test('every third run reads everything, and so does a selective one', async () => {
  await using s = await stand();
  await s.run('image-1', true);
  expect(await (await s.tracker({ mode: 'selective' })).changes(SNAPSHOT, SIGNAL)).toMatchObject({
    readAll: 'The mode is selective',
  });
  await s.run('image-2', false);
  expect(await (await s.tracker()).changes(SNAPSHOT, SIGNAL)).toMatchObject({ readAll: undefined });
  await s.run('image-3', false);
  expect(await (await s.tracker()).changes(SNAPSHOT, SIGNAL)).toMatchObject({
    readAll: 'Every 3rd run reads everything',
  });
  await s.run('image-4', true);
  expect(await (await s.tracker()).changes(SNAPSHOT, SIGNAL)).toMatchObject({ readAll: undefined });
});

test('what the provider cannot tell becomes a reason, not an error', async () => {
  await using s = await stand();
  await s.run('image-1', true);
  s.setAnswer({ known: false, reason: 'The file was replaced.' });
  expect(await (await s.tracker()).changes(SNAPSHOT, SIGNAL)).toEqual({
    known: false,
    reason: 'the file was replaced',
  });
});

test('a snapshot that cannot stay is no error', async () => {
  await using s = await stand();
  s.forbidKeeping();
  expect(await (await s.tracker()).keep(SNAPSHOT)).toBeUndefined();
});

test('records of another repository or volume, and damaged ones, are not used', async () => {
  await using s = await stand();
  await s.run('image-1', true);
  expect(await s.store.find('other', '/x')).toBeUndefined();
  expect(await s.store.find('r', '/y')).toBeUndefined();
  expect(await s.store.list()).toHaveLength(1);
});

test('the keeper of a state folder stays the same', async () => {
  await using s = await stand();
  const keeper = await s.store.keeper();
  expect(keeper).toMatch(/^[0-9a-f]{16}$/);
  expect(await s.store.keeper()).toBe(keeper);
});

test('a selective run keeps no first snapshot, and renews one that is there', async () => {
  await using s = await stand();
  expect(await (await s.tracker({ mode: 'selective' })).keep(SNAPSHOT)).toBeUndefined();
  await s.run('image-1', true);
  await using base = await (await s.tracker({ mode: 'selective' })).keep(SNAPSHOT);
  expect(base).toBeDefined();
});

test('a track that is given up costs nothing any more', async () => {
  await using s = await stand();
  await s.run('image-1', true);
  const record = await s.store.find('r', '/x');
  expect(record?.keptAt).toBe(5);
  if (record) expect(await forgetTracking(s.store, record, quiet)).toBe(true);
  expect(await s.store.list()).toEqual([]);
  expect(await s.store.places()).toEqual(['/']);
});
