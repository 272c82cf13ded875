/** Rates of the last minute as the path of a small chart. */
import { RATE_WINDOW_MS, type RateSample } from '../../stores/task-rates.ts';

/** One value of a chart. */
export interface SparkPoint {
  atMs: number;
  value: number;
}

export interface SparkPath {
  /** SVG path of the line; empty with less than two points. */
  line: string;
  /** The same, closed along the bottom. */
  area: string;
  /** Largest value within the window. */
  peak: number;
}

/** In units of the view box; the chart is stretched to its place. */
export const SPARK_WIDTH = 120;
export const SPARK_HEIGHT = 28;
/** The peak does not touch the edge. */
const HEADROOM = 2;

const place = (value: number): string => String(Math.round(value * 10) / 10);

/** The newest point is at the right edge, older ones to the left by their age; 0 is the bottom, the peak the top. */
export function sparkPath(points: readonly SparkPoint[], windowMs = RATE_WINDOW_MS): SparkPath {
  const newest = points.at(-1);
  if (newest === undefined) return { line: '', area: '', peak: 0 };
  const shown = points.filter(({ atMs }) => newest.atMs - atMs <= windowMs);
  const peak = Math.max(...shown.map(({ value }) => value));
  if (shown.length < 2) return { line: '', area: '', peak };
  // All zero is a line along the bottom, not a division by nothing.
  const scale = peak > 0 ? (SPARK_HEIGHT - HEADROOM) / peak : 0;
  const dots = shown.map(({ atMs, value }) => {
    const x = SPARK_WIDTH * (1 - (newest.atMs - atMs) / windowMs);
    return { x: place(x), y: place(SPARK_HEIGHT - Math.max(0, value) * scale) };
  });
  const line = dots.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  return { line, area: `${line}L${SPARK_WIDTH} ${SPARK_HEIGHT}L${dots[0]?.x} ${SPARK_HEIGHT}Z`, peak };
}

/** One of the two rates of every sample. */
export function pointsOf(samples: readonly RateSample[], rate: 'readRate' | 'storeRate'): SparkPoint[] {
  return samples.map((sample) => ({ atMs: sample.atMs, value: sample[rate] }));
}
