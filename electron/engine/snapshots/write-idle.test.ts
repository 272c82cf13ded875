/** When a volume counts as idle: by a made-up clock, and with real writers on real file systems. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { requireLoopDevices } from '../testing/machine-limits.ts';
import { createTestVolume } from '../testing/test-volume.ts';
import { waitForWriteIdle } from './write-idle.ts';

const VOLUME = { name: '/dev/sdz1', mounts: [] };

/** A volume that is written to until `quietAfterMs`, on a clock that only sleeping moves. */
function stand(quietAfterMs: number) {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    options: {
      volume: VOLUME,
      clock: { monotonic: () => now },
      readCounters: async () => Math.min(now, quietAfterMs),
      flush: async () => true,
      sleep: async (ms: number) => {
        slept.push(ms);
        now += ms;
      },
    },
  };
}

describe('by the counters', () => {
  test('a volume at rest is idle after one wait', async () => {
    const { options, slept } = stand(0);
    const result = await waitForWriteIdle({ ...options, waits: { firstMs: 2000, lastMs: 500 }, retries: 50 });
    expect(result).toEqual({ idle: true, waitedMs: 2000, tries: 1 });
    expect(slept).toEqual([2000]);
  });

  test('no wait asks nobody', async () => {
    const forbidden = async () => {
      throw new Error('asked');
    };
    const waits = { firstMs: 0, lastMs: 0 };
    const { options } = stand(0);
    expect(
      await waitForWriteIdle({ ...options, waits, retries: 5, readCounters: forbidden, flush: forbidden }),
    ).toEqual({ idle: true, waitedMs: 0, tries: 0 });
  });

  test('the waits step down evenly from the first to the last', async () => {
    const { options, slept } = stand(Number.POSITIVE_INFINITY);
    const result = await waitForWriteIdle({ ...options, waits: { firstMs: 2000, lastMs: 500 }, retries: 3 });
    expect(slept).toEqual([2000, 1500, 1000, 500]);
    expect(result).toEqual({
      idle: false,
      waitedMs: 5000,
      tries: 4,
      reason: '/dev/sdz1 was not without writes for 500 ms in any of 4 tries.',
    });
  });

  test('no retries: the first wait alone', async () => {
    const { options, slept } = stand(Number.POSITIVE_INFINITY);
    const result = await waitForWriteIdle({ ...options, waits: { firstMs: 700, lastMs: 100 }, retries: 0 });
    expect(slept).toEqual([700]);
    expect(result).toMatchObject({
      idle: false,
      reason: '/dev/sdz1 was not without writes for 700 ms in the one try.',
    });
  });

  test('a whole wait must be without writes', async () => {
    const { options } = stand(3500);
    const result = await waitForWriteIdle({ ...options, waits: { firstMs: 1000, lastMs: 1000 }, retries: 50 });
    expect(result).toEqual({ idle: true, waitedMs: 5000, tries: 5 });
  });

  test('a last wait of 0 takes any moment', async () => {
    const { options, slept } = stand(Number.POSITIVE_INFINITY);
    const result = await waitForWriteIdle({ ...options, waits: { firstMs: 200, lastMs: 0 }, retries: 2 });
    expect(slept).toEqual([200, 100]);
    expect(result).toMatchObject({ idle: true, tries: 3 });
  });

  test('writes that the device has not taken yet are writes', async () => {
    const { options, slept } = stand(0);
    const taken = [true, false, false, true];
    const flush = async () => taken.shift() ?? true;
    const result = await waitForWriteIdle({ ...options, flush, waits: { firstMs: 100, lastMs: 100 }, retries: 5 });
    expect(result).toMatchObject({ idle: true, tries: 3 });
    expect(slept).toHaveLength(3);
  });

  test('what nobody counts is not idle, and is not waited for', async () => {
    const { options, slept } = stand(0);
    const readCounters = async () => undefined;
    const waits = { firstMs: 1000, lastMs: 1000 };
    expect(await waitForWriteIdle({ ...options, readCounters, waits, retries: 5 })).toMatchObject({
      idle: false,
      reason: 'Nothing counts the writes to /dev/sdz1, so it cannot be told when it is idle.',
    });
    expect(slept).toEqual([]);
  });

  test('a device that goes away is not idle', async () => {
    const { options } = stand(0);
    const counts = [5, 5, undefined];
    const readCounters = async () => counts.shift();
    const waits = { firstMs: 1000, lastMs: 1000 };
    expect(await waitForWriteIdle({ ...options, readCounters, waits, retries: 5 })).toMatchObject({ idle: false });
  });

  test('a cancel ends the wait', async () => {
    const { sleep: _, ...options } = stand(0).options;
    const controller = new AbortController();
    const waiting = waitForWriteIdle({
      ...options,
      waits: { firstMs: 600_000, lastMs: 600_000 },
      retries: 5,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 20);
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe.each([['ext4', '-E', 'lazy_itable_init=0,lazy_journal_init=0'], ['xfs']] as const)('on %s', (...mkfs) => {
  test('a writer keeps it busy, readers do not', async (context) => {
    requireLoopDevices(context);
    const sizeBytes = mkfs[0] === 'xfs' ? 320 * 1024 ** 2 : 32 * 1024 ** 2;
    await using volume = await createTestVolume({ sizeBytes, mkfs: [...mkfs] });
    await using mount = await volume.mount();
    const file = `${mount.mountPoint}/file`;
    await writeFile(file, Buffer.alloc(1024 ** 2, 1));
    const subject = {
      name: volume.device,
      mounts: [{ mountPoint: mount.mountPoint, readOnly: false, options: 'rw', fsType: mkfs[0] }],
    };
    const clock = { monotonic: () => performance.now() };

    // Into the page cache only: the kernel would keep it for seconds.
    const writer = spawn('sh', ['-c', 'while echo line; do sleep 0.02; done >> "$0"', `${mount.mountPoint}/log`]);
    const ended = once(writer, 'close');
    try {
      const waits = { firstMs: 400, lastMs: 200 };
      expect(await waitForWriteIdle({ volume: subject, waits, retries: 3, clock })).toMatchObject({
        idle: false,
        tries: 4,
      });
    } finally {
      writer.kill();
      await ended;
    }

    let reading = true;
    const reader = (async () => {
      while (reading) await readFile(file);
    })();
    try {
      const waits = { firstMs: 400, lastMs: 400 };
      expect(await waitForWriteIdle({ volume: subject, waits, retries: 20, clock })).toMatchObject({ idle: true });
    } finally {
      reading = false;
      await reader;
    }
  });
});
