import { describe, expect, it } from 'vitest';
import { RATE_WINDOW_MS, type RateSample, withRate } from '../../stores/task-rates.ts';
import { pointsOf, SPARK_HEIGHT, SPARK_WIDTH, sparkPath } from './rate-chart.ts';

const at = (seconds: number, value: number) => ({ atMs: seconds * 1000, value });

describe('the chart of a rate', () => {
  it('is empty until there are two values', () => {
    expect(sparkPath([])).toEqual({ line: '', area: '', peak: 0 });
    expect(sparkPath([at(5, 700)])).toEqual({ line: '', area: '', peak: 700 });
  });

  it('has the newest value at the right, older ones by their age, and the peak below the top', () => {
    const { line, area, peak } = sparkPath([at(0, 0), at(30, 100), at(60, 50)]);
    expect(line).toBe('M0 28L60 2L120 15');
    expect(area).toBe(`${line}L${SPARK_WIDTH} ${SPARK_HEIGHT}L0 ${SPARK_HEIGHT}Z`);
    expect(peak).toBe(100);
  });

  it('forgets what is older than a minute, also its peak', () => {
    const { line, peak } = sparkPath([at(0, 9000), at(61, 100), at(62, 100)]);
    expect(line.startsWith('M118 2')).toBe(true);
    expect(peak).toBe(100);
  });

  it('lies on the bottom while nothing moves', () => {
    expect(sparkPath([at(0, 0), at(60, 0)]).line).toBe('M0 28L120 28');
  });
});

describe('the samples', () => {
  it('are one a second, and no more than a minute of them', () => {
    let samples: readonly RateSample[] = [];
    for (let tenth = 0; tenth <= 1200; tenth += 1) {
      samples = withRate(samples, { readRate: tenth, storeRate: 1 }, tenth * 100);
    }
    expect(samples.length).toBe(RATE_WINDOW_MS / 1000 + 1);
    expect(samples.at(-1)).toEqual({ atMs: 120_000, readRate: 1200, storeRate: 1 });
    expect(pointsOf(samples, 'readRate').at(0)).toEqual({ atMs: 60_000, value: 600 });
  });

  it('survive a clock that is set back', () => {
    const samples = withRate([{ atMs: 90_000, readRate: 1, storeRate: 1 }], { readRate: 2, storeRate: 2 }, 10_000);
    expect(samples).toEqual([{ atMs: 10_000, readRate: 2, storeRate: 2 }]);
  });
});
