import { expect, it } from 'vitest';
import { indexAfterKey, withActive } from './use-virtual-rows.ts';

it('keys stay within the rows', () => {
  const from = (key: string, index: number) => indexAfterKey(key, index, 10_000, 18);
  expect(from('ArrowDown', 3)).toBe(4);
  expect(from('ArrowUp', 0)).toBe(0);
  expect(from('PageDown', 9_990)).toBe(9_999);
  expect(from('PageUp', 40)).toBe(22);
  expect(from('End', 0)).toBe(9_999);
  expect(from('Home', 500)).toBe(0);
  expect(from('Enter', 5)).toBeUndefined();
  expect(indexAfterKey('ArrowDown', 0, 1, 18)).toBe(0);
});

it('only rows in sight exist, and the one with the focus', () => {
  const range = { startIndex: 500, endIndex: 520, overscan: 10, count: 10_000 };
  const rows = withActive(range, 3);
  expect(rows).toHaveLength(42);
  expect(rows[0]).toBe(3);
  expect(rows[1]).toBe(490);
  expect(withActive(range, 510)).toHaveLength(41);
  expect(withActive(range, -1)).toHaveLength(41);
  expect(withActive({ ...range, count: 521 }, 600)).toHaveLength(31);
});
