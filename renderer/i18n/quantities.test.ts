import { describe, expect, it } from 'vitest';
import {
  countOf,
  exactBytes,
  formatAbout,
  formatByteRange,
  formatBytes,
  formatDuration,
  formatEta,
  formatPart,
  formatPercent,
  formatRate,
} from './quantities.ts';

const GIB = 1024 ** 3;

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '0.98 KiB'],
    [1024, '1 KiB'],
    [1536, '1.50 KiB'],
    [10 * 1024 ** 2 + 300_000, '10.3 MiB'],
    [231 * GIB, '231 GiB'],
    [1000 * GIB, '0.98 TiB'],
    [1024 * GIB, '1 TiB'],
    [Number.MAX_SAFE_INTEGER, '8.00 PiB'],
  ])('shows %d as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('never needs more than three digits', () => {
    for (let bytes = 1; bytes < Number.MAX_SAFE_INTEGER; bytes *= 1.37) {
      const digits = formatBytes(Math.floor(bytes)).split(' ')[0]?.replace('.', '') ?? '';
      expect(digits.length).toBeLessThanOrEqual(3);
    }
  });
});

it('keeps exact bytes for tooltips', () => {
  expect(exactBytes(1_234_567)).toBe('1,234,567 bytes');
  expect(exactBytes(1)).toBe('1 byte');
});

it('shows a part in the unit of its whole', () => {
  expect(formatPart(142 * GIB, 231 * GIB)).toBe('142 of 231 GiB');
  expect(formatPart(0, 231 * GIB)).toBe('0 of 231 GiB');
  expect(formatPart(1024, 231 * GIB)).toBe('1 KiB of 231 GiB');
});

it('shows ranges', () => {
  expect(formatByteRange(9 * GIB, 14 * GIB)).toBe('9–14 GiB');
  expect(formatByteRange(9 * GIB, 9 * GIB + 1)).toBe('9.00 GiB');
  expect(formatByteRange(512 * 1024, 2 * GIB)).toBe('512 KiB – 2 GiB');
});

it('shows rates and per cents', () => {
  expect(formatRate(612.4 * 1024 ** 2)).toBe('612 MiB/s');
  expect(formatPercent(999, 1000)).toBe('99 %');
  expect(formatPercent(1000, 1000)).toBe('100 %');
  expect(formatPercent(0, 0)).toBe('0 %');
});

it('shows time left as a range', () => {
  expect(formatEta(undefined)).toBe('estimating…');
  expect(formatEta({ low: 3, high: 8 })).toBe('under 10 s left');
  expect(formatEta({ low: 20, high: 35 })).toBe('20–35 s left');
  expect(formatEta({ low: 250, high: 350 })).toBe('4–6 min left');
  expect(formatEta({ low: 10_000, high: 12_000 })).toBe('2–4 h left');
});

it.each([
  [0, 'under 1 min'],
  [59, 'under 1 min'],
  [60, 'about 1 min'],
  [250, 'about 4 min'],
  [3600, 'about 60 min'],
  [7500, 'about 2 h'],
  [40 * 3600, 'more than a day'],
])('says that %d seconds are %s', (seconds, text) => expect(formatAbout(seconds)).toBe(text));

it('shows durations and counts', () => {
  expect(formatDuration(8.42)).toBe('8.4 s');
  expect(formatDuration(252)).toBe('4 min 12 s');
  expect(formatDuration(7500)).toBe('2 h 5 min');
  expect(countOf(1, 'volume')).toBe('1 volume');
  expect(countOf(1234, 'block')).toBe('1,234 blocks');
});
