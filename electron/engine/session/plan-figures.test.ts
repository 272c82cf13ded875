import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EarlierRun, expectDuration, expectNewBytes, freeAfter } from './plan-figures.ts';

const MIB = 1024 ** 2;
const full = (mib: number, elapsedSeconds: number): EarlierRun => ({
  readBytes: mib * MIB,
  elapsedSeconds,
  onlyChanges: false,
});
const changes = (mib: number, elapsedSeconds: number): EarlierRun => ({
  ...full(mib, elapsedSeconds),
  onlyChanges: true,
});
const images = (...sizes: number[]) => sizes.map((newSize) => ({ newSize }));

describe('new bytes', () => {
  it('of a first image are a third to all of what is used', () => {
    expect(expectNewBytes(1000, [])).toEqual({ low: 350, high: 1000 });
  });

  it('of a second one are little, and of later ones as the increments before', () => {
    expect(expectNewBytes(1000, images(600))).toEqual({ low: 0, high: 100 });
    expect(expectNewBytes(1000, images(40, 10, 600))).toEqual({ low: 10, high: 80 });
    expect(expectNewBytes(100, images(400, 300, 600))).toEqual({ low: 100, high: 100 });
  });

  it('leave what they leave', () => {
    expect(freeAfter(1000, { low: 100, high: 400 })).toEqual({ low: 600, high: 900 });
    expect(freeAfter(300, { low: 100, high: 400 })).toEqual({ low: 0, high: 200 });
  });
});

describe('duration', () => {
  it('is not known before there was a run', () => {
    expect(expectDuration(MIB, [], false)).toBeUndefined();
  });

  it('lies between the fastest and the slowest run', () => {
    const span = expectDuration(1000 * MIB, [full(500, 5), full(500, 10)], false);
    expect(span?.low).toBeCloseTo(10 * 0.85);
    expect(span?.high).toBeCloseTo(20 * 1.15);
  });

  it('of a run that reads everything does not go by runs that read only changes', () => {
    const span = expectDuration(1000 * MIB, [changes(1, 4), full(500, 5)], false);
    expect(span?.high).toBeCloseTo(10 * 1.15);
  });

  it('of a run that reads only changes is at least what such runs took, and at most that of everything', () => {
    const span = expectDuration(1000 * MIB, [changes(1, 4), full(500, 5)], true);
    expect(span?.low).toBeCloseTo(4 * 0.85);
    expect(span?.high).toBeCloseTo(10 * 1.15);
  });

  it('is a span whatever the runs were', () => {
    const run = fc.record({
      readBytes: fc.integer({ min: 1, max: 2 ** 50 }),
      elapsedSeconds: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
      onlyChanges: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.nat(), (runs, partly, bytes) => {
        const span = expectDuration(bytes, runs, partly);
        expect(span?.low).toBeGreaterThanOrEqual(0);
        expect(span?.high).toBeGreaterThanOrEqual(span?.low ?? Number.NaN);
        expect(span?.high).toBeLessThan(Number.POSITIVE_INFINITY);
      }),
    );
  });
});
