import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startLanguage } from '../../i18n/language.ts';
import { cellWords, offsetRange } from './cell-words.ts';
import { layoutOf } from './map-layout.ts';

const GIB = 1024 ** 3;

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'en', setItem: () => undefined });
  vi.stubGlobal('document', { documentElement: {} });
  await startLanguage();
});
afterAll(() => vi.unstubAllGlobals());

it('tells neighbouring cells apart, however large the volume is', () => {
  const cell = 3.2 * 1024 ** 2;
  expect(offsetRange(100 * cell, 101 * cell, 231 * GIB)).toBe('0.313 – 0.316 GiB');
  expect(offsetRange(0, 512 * 1024, 8 * 1024 ** 2)).toBe('0.0 – 0.5 MiB');
  expect(offsetRange(0, 100, 500)).toBe('0 – 100 bytes');
});

it('says what lies in a cell, and how much of each where it is several things', () => {
  const states = Uint8Array.of(4, 4, 0, 7);
  const volume = { states, gridBytes: 1024, sizeBytes: 3.5 * 1024 };
  const apart = layoutOf(100, 20, 4, 1);
  expect(cellWords(apart, 2, volume, 'state')).toBe('2 – 3 KiB: free');
  expect(cellWords(apart, 0, volume, 'difference')).toBe('0 – 1 KiB: added');
  const together = { ...apart, cellCount: 1, blockCount: 4 };
  expect(cellWords(together, 0, volume, 'state')).toBe('0 – 3.5 KiB: free 1 KiB, stored 2 KiB, unreadable 512 bytes');
});
