/** How smoothly a page draws while something moves. */
import type { Locator } from '@playwright/test';

/** Times between two frames, milliseconds. */
export interface Frames {
  count: number;
  median: number;
  p95: number;
  longest: number;
  /** Longest row of neighbouring frames that each took more than two frames' time. */
  burst: number;
}

const SLOW_MS = 34;

/** Judges times between frames. */
export function judgeFrames(deltas: readonly number[]): Frames {
  const sorted = deltas.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  let burst = 0;
  let row = 0;
  for (const delta of deltas) {
    row = delta > SLOW_MS ? row + 1 : 0;
    burst = Math.max(burst, row);
  }
  return { count: deltas.length, median: at(0.5), p95: at(0.95), longest: sorted.at(-1) ?? 0, burst };
}

/**
 * Scrolls what holds `element` by `step` pixels a frame for `seconds`, there and back; returns the times between frames.
 * Fails where nothing moves.
 */
export function scrollFrames(element: Locator, step: number, seconds: number): Promise<number[]> {
  return element.evaluate(
    (inside, { pixels, milliseconds }) =>
      new Promise<number[]>((done, failed) => {
        const scrolls = (one: Element): boolean =>
          one.scrollHeight > one.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(one).overflowY);
        let node: Element = inside;
        while (!scrolls(node) && node.parentElement !== null) node = node.parentElement;
        if (!scrolls(node)) node = [...inside.querySelectorAll('*')].find(scrolls) ?? inside;
        const deltas: number[] = [];
        const end = performance.now() + milliseconds;
        let direction = 1;
        let furthest = 0;
        let before = performance.now();
        const frame = (now: number): void => {
          deltas.push(now - before);
          before = now;
          const top = node.scrollTop;
          node.scrollTop = top + pixels * direction;
          if (node.scrollTop === top) direction = -direction;
          furthest = Math.max(furthest, node.scrollTop);
          if (now < end) requestAnimationFrame(frame);
          else if (furthest < pixels * 10) failed(new Error(`only ${furthest} pixels were scrolled`));
          else done(deltas.slice(1));
        };
        requestAnimationFrame(frame);
      }),
    { pixels: step, milliseconds: seconds * 1000 },
  );
}
