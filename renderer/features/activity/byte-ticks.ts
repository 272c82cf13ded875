/** Marks of an axis of bytes. */

const UNIT = 1024;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500] as const;
/** Marks above zero, at most. */
const MOST = 4;

/** Whole numbers of one unit, from 0 to the first that is not below `most` bytes. */
export function byteTicks(most: number): number[] {
  if (most <= 0) return [0, UNIT];
  let unit = 1;
  for (;;) {
    const step = STEPS.map((each) => each * unit).find((each) => each * MOST >= most);
    if (step !== undefined) return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
    unit *= UNIT;
  }
}
