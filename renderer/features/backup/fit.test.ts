import { expect, it } from 'vitest';
import { whyTooLarge } from './fit.ts';

const GIB = 1024 ** 3;
const volume = { sizeBytes: 100 * GIB, usedBytes: 60 * GIB };
const fit = { volume, freeBytes: 50 * GIB, hasImage: false, plan: undefined };
const planOf = (low: number) => ({ expectedNewBytes: { low, high: low * 2 } });

it('goes by what is used before there is an image, and by the plan once there is one', () => {
  expect(whyTooLarge(fit)).toContain('60 GiB is used, and 50 GiB is free');
  expect(whyTooLarge({ ...fit, freeBytes: 60 * GIB })).toBe('');
  expect(whyTooLarge({ ...fit, hasImage: true })).toBe('');
  expect(whyTooLarge({ ...fit, plan: planOf(20 * GIB) })).toBe('');
  expect(whyTooLarge({ ...fit, hasImage: true, plan: planOf(51 * GIB) })).toContain('at least 51 GiB');
});

it('says nothing where nothing is known, and takes the size of what has no used bytes', () => {
  expect(whyTooLarge({ ...fit, freeBytes: undefined })).toBe('');
  expect(whyTooLarge({ ...fit, volume: { sizeBytes: 100 * GIB } })).toContain('100 GiB is used');
});
