import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { progressSchema } from '#contract';
import { ProgressMeter } from './progress-meter.ts';

const MIB = 2 ** 20;

describe('ProgressMeter', () => {
  it('averages rates over the last five seconds', () => {
    const meter = new ProgressMeter('read', 0);
    // 10 s at 100 MiB/s, then 5 s at 20 MiB/s.
    let done = 0;
    for (let t = 100; t <= 15_000; t += 100) {
      done += (t <= 10_000 ? 10 : 2) * MIB;
      meter.update({ bytesDone: done, bytesTotal: 4096 * MIB, storedBytes: done / 2 }, t);
    }
    const progress = meter.progress(15_000);
    expect(progress.readRate / MIB).toBeCloseTo(20, 0);
    expect(progress.storeRate / MIB).toBeCloseTo(10, 0);
  });

  it('lets the rate fall to nothing while the work is stalled', () => {
    const meter = new ProgressMeter('read', 0);
    for (let t = 100; t <= 6000; t += 100) meter.update({ bytesDone: t * 1000, bytesTotal: 1e9 }, t);
    expect(meter.progress(6000).readRate).toBeCloseTo(1e6, -4);
    expect(meter.progress(8500).readRate).toBeCloseTo(5e5, -5);
    const stalled = meter.progress(12_000);
    expect(stalled.readRate).toBe(0);
    expect(stalled.etaSeconds).toBeUndefined();
  });

  it('estimates nothing in the first seconds, then a range around the truth', () => {
    const meter = new ProgressMeter('read', 0);
    for (let t = 100; t < 3000; t += 100) {
      meter.update({ bytesDone: t * MIB, bytesTotal: 60_000 * MIB }, t);
      expect(meter.progress(t).etaSeconds).toBeUndefined();
    }
    meter.update({ bytesDone: 6000 * MIB, bytesTotal: 60_000 * MIB }, 6000);
    const eta = meter.progress(6000).etaSeconds;
    expect(eta?.low).toBeLessThan(54);
    expect(eta?.high).toBeGreaterThan(54);
    expect(eta?.high).toBeLessThan(70);
  });

  it('never estimates zero seconds', () => {
    const meter = new ProgressMeter('read', 0);
    for (let t = 100; t <= 9900; t += 100) meter.update({ bytesDone: t * MIB, bytesTotal: 9901 * MIB }, t);
    expect(meter.progress(9900).etaSeconds).toEqual({ low: 1, high: 1 });
    meter.update({ bytesDone: 9901 * MIB, bytesTotal: 9901 * MIB }, 9901);
    expect(meter.progress(9901).etaSeconds).toBeUndefined();
  });

  it('begins a phase at zero without inventing a store rate', () => {
    const meter = new ProgressMeter('read', 0);
    meter.update({ bytesDone: 500, bytesTotal: 1000, storedBytes: 400 }, 1000);
    meter.enter('verify', 2000);
    const progress = meter.progress(3000);
    expect(progress).toMatchObject({ phase: 'verify', bytesDone: 0, storedBytes: 400, readRate: 0, storeRate: 0 });
  });

  it('counts reading apart from what is done', () => {
    const meter = new ProgressMeter('read', 0);
    meter.update({ bytesDone: 5000, bytesTotal: 10_000, readBytes: 1000 }, 1000);
    expect(meter.progress(1000).readRate).toBe(1000);
  });

  it('never shows more than all of it', () => {
    const meter = new ProgressMeter('read', 0);
    meter.update({ bytesDone: 11, bytesTotal: 10 }, 1);
    expect(meter.progress(1).bytesTotal).toBe(11);
  });

  it('always fits the contract', () => {
    const step = fc.record({ wait: fc.nat(4000), done: fc.nat(1e9), stored: fc.nat(1e9), total: fc.nat(1e12) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const meter = new ProgressMeter('read', 0);
        let [now, done, stored] = [0, 0, 0];
        for (const next of steps) {
          now += next.wait;
          done += next.done;
          stored += next.stored;
          meter.update({ bytesDone: done, bytesTotal: next.total, storedBytes: stored }, now);
          const progress = progressSchema.parse(meter.progress(now));
          if (progress.etaSeconds === undefined) continue;
          expect(progress.etaSeconds.low).toBeGreaterThanOrEqual(1);
          expect(progress.etaSeconds.high).toBeGreaterThanOrEqual(progress.etaSeconds.low);
        }
      }),
    );
  });
});
