import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseVersions, pickedNumbers } from './choose-versions.ts';

const image = (id: string, time: string, more: object = {}) => ({
  id,
  volume: '/home',
  hostname: 'desk',
  time: `2026-11-${time}Z`,
  active: false,
  ...more,
});
const images = [
  image('e', '25T10:00:00.700', { volume: '/srv', active: true }),
  image('d', '24T10:00:00.700', { deletedAt: '2026-11-25T00:00:00Z' }),
  image('c', '23T10:00:00.700', { active: true }),
  image('b', '22T10:00:00.700'),
  image('a', '21T10:00:00.700', { hostname: 'other', active: true }),
];
const ids = (wish: Parameters<typeof chooseVersions>[1]) => chooseVersions(images, wish).map(({ id }) => id);
const at = (day: string) => Date.parse(`2026-11-${day}Z`);

describe('versions', () => {
  test('active ones, all of them, and never one that was deleted', () => {
    expect(ids({ inactive: false })).toEqual(['e', 'c', 'a']);
    expect(ids({ inactive: true })).toEqual(['e', 'c', 'b', 'a']);
  });

  test('a point in time means the newest of each volume then, whatever it is now', () => {
    expect(ids({ inactive: false, at: at('24T23:59:59') })).toEqual(['c', 'a']);
    expect(ids({ inactive: true, at: at('22T23:59:59') })).toEqual(['b', 'a']);
    expect(ids({ inactive: false, at: at('20T23:59:59') })).toEqual([]);
  });

  test('an image of the second that is named counts', () => {
    expect(ids({ inactive: false, at: at('23T10:00:00') })).toContain('c');
    expect(ids({ inactive: false, at: at('23T09:59:59') })).not.toContain('c');
  });
});

describe('numbers picked from a list', () => {
  test.each([
    ['3', [3]],
    [' 1, 3 ', [1, 3]],
    ['2-4 1 3', [2, 3, 4, 1]],
    ['', undefined],
    ['0', undefined],
    ['6', undefined],
    ['4-2', undefined],
    ['all', undefined],
    ['1-999999999', undefined],
  ])('%j', (typed, expected) => {
    expect(pickedNumbers(typed, 5)).toEqual(expected);
  });

  test('are always entries of the list', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(20), (typed, count) => {
        for (const number of pickedNumbers(typed, count) ?? []) expect(number >= 1 && number <= count).toBe(true);
      }),
    );
  });
});
