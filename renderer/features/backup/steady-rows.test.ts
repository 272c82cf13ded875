import { expect, it } from 'vitest';
import type { Volume } from '#contract';
import { steadyVolumes, withMissed } from './steady-rows.ts';

const volume = (name: string, facts: Partial<Volume> = {}) => ({ name, ...facts }) as Volume;
const names = (volumes: readonly Volume[]) => volumes.map(({ name }) => name);

it('keeps every row in its place, with the facts of now', () => {
  const shown = [volume('a', { usedBytes: 1 }), volume('b'), volume('c')];
  const now = [volume('new'), volume('c'), volume('a', { usedBytes: 2 })];
  const steady = steadyVolumes(shown, now, { b: volume('b') });
  expect(names(steady)).toEqual(['a', 'b', 'c']);
  expect(steady[0]?.usedBytes).toBe(2);
});

it('lets go of what was taken off the list', () => {
  expect(names(steadyVolumes([volume('a'), volume('b')], [volume('a')], {}))).toEqual(['a']);
});

it('misses what is selected and gone, under the disk that it was on', () => {
  const gone = {
    '/dev/sdb': volume('/dev/sdb', { kind: 'disk' }),
    '/dev/sdb1': volume('/dev/sdb1', { parent: '/dev/sdb' }),
    '/dev/sdb2': volume('/dev/sdb2', { parent: '/dev/sdb' }),
  };
  expect(names(withMissed([volume('a')], gone, ['/dev/sdb1', 'a']))).toEqual(['a', '/dev/sdb', '/dev/sdb1']);
  expect(names(withMissed([volume('a')], gone, []))).toEqual(['a']);
  expect(names(withMissed([volume('a')], {}, ['unknown']))).toEqual(['a']);
});
