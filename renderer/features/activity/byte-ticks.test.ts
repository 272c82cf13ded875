import { expect, it } from 'vitest';
import { byteTicks } from './byte-ticks.ts';

const GIB = 1024 ** 3;

it.each([
  [97.8 * GIB, [0, 50, 100].map((each) => each * GIB)],
  [GIB, [0, 500, 1000, 1500].map((each) => (each * GIB) / 1024)],
  [3.9 * GIB, [0, 1, 2, 3, 4].map((each) => each * GIB)],
  [0, [0, 1024]],
  [3, [0, 1, 2, 3]],
])('marks %d bytes with whole numbers of one unit', (most, marks) => expect(byteTicks(most)).toEqual(marks));
