import { describe, expect, it } from 'vitest';
import type { BackupPlan, ProviderReadiness } from '#contract';
import { durationWords, sumDuration, sumFreeAfter, sumLine } from './plan-sum.ts';

const GIB = 1024 ** 3;

function plan(facts: Partial<BackupPlan> = {}): BackupPlan {
  return {
    volume: { name: '/dev/sdb1' } as BackupPlan['volume'],
    imageType: 'static',
    readBytes: 100 * GIB,
    why: '',
    expectedNewBytes: { low: 2 * GIB, high: 4 * GIB },
    used: { mode: 'used', warnings: [], extentCount: 1, usedBytes: 1, skippedCount: 0, skippedBytes: 0 },
    gridBytes: 524_288,
    willRemount: [],
    obstacles: [],
    warnings: [],
    provider: 'NONE',
    command: 'stillframe backup image /dev/sdb1',
    consistency: 'filesystem',
    ...facts,
  };
}

function bySnapshot(neededBytes: number): Partial<BackupPlan> {
  const one: ProviderReadiness = {
    provider: 'LINUX_LVM',
    ready: true,
    method: 'LVM snapshot',
    reason: '',
    remedy: '',
    space: { neededBytes, presentBytes: 20 * GIB },
    blocksWriters: false,
    tracksChanges: false,
  };
  const snapshot = {
    volume: '/dev/sdb1',
    providers: [one],
    provider: 'LINUX_LVM' as const,
    failover: true,
    defaultImageType: 'snapshot' as const,
  };
  return { imageType: 'snapshot', provider: 'LINUX_LVM', snapshot };
}

describe('the line', () => {
  it('says everything that is known of one volume', () => {
    const full = plan({
      ...bySnapshot(12 * GIB),
      durationSeconds: { low: 660, high: 890 },
      repositoryFreeBytes: 500 * GIB,
    });
    expect(sumLine([full], 1)).toBe(
      'Reads 100 GiB · expects 2–4 GiB new · snapshot space 12 of 20 GiB · about 11–15 min · 496 GiB free after',
    );
  });

  it('adds up several, and leaves out what cannot start', () => {
    const two = [plan(bySnapshot(12 * GIB)), plan(bySnapshot(3 * GIB)), plan({ obstacles: ['It is busy.'] })];
    expect(sumLine(two, 4)).toBe('Reads 200 GiB · expects 4–8 GiB new · snapshot space 15 GiB · 2 volumes left out');
    expect(sumLine([plan({ obstacles: ['It is busy.'] })], 1)).toBe('Nothing can be backed up as it is.');
  });
});

it('durations add up, or are not known', () => {
  const known = plan({ durationSeconds: { low: 10, high: 20 } });
  expect(sumDuration([known, known])).toEqual({ low: 20, high: 40 });
  expect(sumDuration([known, plan()])).toBeUndefined();
  expect(sumFreeAfter([plan()])).toBeUndefined();
  expect(sumFreeAfter([plan({ repositoryFreeBytes: GIB })])).toEqual({ low: 0, high: 0 });
});

it.each([
  [{ low: 1, high: 4 }, 'under 10 s'],
  [{ low: 20, high: 31 }, 'about 20–31 s'],
  [{ low: 660, high: 890 }, 'about 11–15 min'],
  [{ low: 30, high: 100 }, 'about 2 min'],
  [{ low: 7000, high: 14_000 }, 'about 1–4 h'],
])('%o reads %s', (span, words) => {
  expect(durationWords(span)).toBe(words);
});
