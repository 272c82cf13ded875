/** What the watch does with what a provider says. (Real snapshots that run full: e2e/uml.) */
import { expect, test, vi } from 'vitest';
import type { SnapshotFill } from '#contract';
import { none } from './none.ts';
import type { Provider, SnapshotStatus, TakenSnapshot } from './provider.ts';
import { SpaceWatch } from './space-watch.ts';

const SNAPSHOT: TakenSnapshot = {
  name: 'stillframe_1',
  readPath: '/dev/null',
  frozen: true,
  warnings: [],
  [Symbol.asyncDispose]: async () => undefined,
};

function stand(statuses: (SnapshotStatus | Error)[], extensions: boolean[] = []) {
  let now = 0;
  const fills: (SnapshotFill | undefined)[] = [];
  const warnings: string[] = [];
  const asked: number[] = [];
  const provider: Provider = {
    ...none,
    status: async () => {
      now += 1000;
      const status = statuses.length > 1 ? statuses.shift() : statuses[0];
      if (status instanceof Error) throw status;
      return status ?? { valid: true, reason: '' };
    },
    extend: async (_, bytes) => {
      asked.push(bytes);
      return extensions.shift() ?? false;
    },
  };
  const watch = new SpaceWatch({
    provider,
    snapshot: SNAPSHOT,
    volume: '/dev/vg/home',
    sizeBytes: 10 * GIB,
    clock: { monotonic: () => now },
    onFill: (fill) => fills.push(fill),
    warn: (text) => warnings.push(text),
  });
  return { watch, fills, warnings, asked };
}

const GIB = 1024 ** 3;
const filled = (share: number): SnapshotStatus => ({
  valid: true,
  reason: '',
  usedBytes: share * GIB,
  totalBytes: GIB,
});

test('shows how full it is and when it will be full', async () => {
  const { watch, fills } = stand([filled(0.1), filled(0.2)]);
  await watch.assertValid();
  await watch.assertValid();
  expect(fills[0]).toEqual({ usedBytes: 0.1 * GIB, totalBytes: GIB });
  expect(fills[1]?.secondsToFull).toBeCloseTo(8, 1);
  await watch[Symbol.asyncDispose]();
  expect(fills.at(-1)).toBeUndefined();
});

test('enlarges in time, and says once when that is no longer possible', async () => {
  const { watch, warnings, asked } = stand([filled(0.7)], [true, false]);
  await watch.assertValid();
  expect(warnings).toEqual([]);
  await watch.assertValid();
  await watch.assertValid();
  expect(asked).toEqual([GIB / 4, GIB / 4]);
  expect(warnings).toEqual([expect.stringMatching(/cannot be enlarged any more/)]);
  await watch[Symbol.asyncDispose]();
});

test('a lost snapshot aborts the run with the reason', async () => {
  const { watch } = stand([{ valid: false, reason: 'Its space ran out.' }]);
  await vi.waitFor(() => expect(watch.lost.aborted).toBe(true));
  expect(watch.lost.reason).toMatchObject({
    code: 'SNAPSHOT_LOST',
    details: { volume: '/dev/vg/home', reason: 'The snapshot of /dev/vg/home was lost. Its space ran out.' },
  });
  await expect(watch.assertValid()).rejects.toMatchObject({ code: 'SNAPSHOT_LOST' });
  await watch[Symbol.asyncDispose]();
});

test('a state that cannot be read is no good state', async () => {
  const { watch } = stand([new Error('no answer')]);
  await expect(watch.assertValid()).rejects.toMatchObject({ code: 'SNAPSHOT_LOST' });
  await watch[Symbol.asyncDispose]();
});
