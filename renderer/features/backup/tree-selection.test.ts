import fc from 'fast-check';
import { expect, it } from 'vitest';
import { extendSelection } from './tree-selection.ts';

const KEYS = ['a', 'b', 'c', 'd', 'e'];

it('selects both ends of the first step, and one more with each further one', () => {
  expect(extendSelection(KEYS, 'b', 'b', 'c')).toEqual({ on: ['b', 'c'], off: [] });
  expect(extendSelection(KEYS, 'b', 'c', 'd')).toEqual({ on: ['b', 'c', 'd'], off: [] });
});

it('gives back what the focus leaves, and goes on at the other side', () => {
  expect(extendSelection(KEYS, 'b', 'd', 'c')).toEqual({ on: ['b', 'c'], off: ['d'] });
  expect(extendSelection(KEYS, 'b', 'b', 'a')).toEqual({ on: ['a', 'b'], off: [] });
});

it('does nothing about rows that are gone', () => {
  expect(extendSelection(KEYS, 'x', 'a', 'b')).toEqual({ on: [], off: [] });
});

it('after any walk exactly what lies between anchor and focus is selected', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KEYS), fc.array(fc.constantFrom(-1, 1)), (anchor, steps) => {
      const selected = new Set<string>();
      let at = anchor;
      for (const step of steps) {
        const next = KEYS[Math.min(KEYS.length - 1, Math.max(0, KEYS.indexOf(at) + step))] ?? at;
        const { on, off } = extendSelection(KEYS, anchor, at, next);
        for (const key of off) selected.delete(key);
        for (const key of on) selected.add(key);
        at = next;
      }
      const [low, high] = [KEYS.indexOf(anchor), KEYS.indexOf(at)].sort((a, b) => a - b);
      expect([...selected].sort()).toEqual(steps.length === 0 ? [] : KEYS.slice(low, (high ?? 0) + 1));
    }),
  );
});
