import { expect, it } from 'vitest';
import { sizeBytes, sizeParts, sizeText } from './option-sizes.ts';

it.each([
  ['32k', '32', 'k', 32 * 1024],
  ['32', '32', 'k', 32 * 1024],
  ['1M', '1', 'm', 1024 ** 2],
  ['2 g', '2', 'g', 2 * 1024 ** 3],
  ['0', '0', 'k', 0],
] as const)('reads %s', (text, number, unit, bytes) => {
  expect(sizeParts(text)).toEqual({ number, unit });
  expect(sizeBytes(text)).toBe(bytes);
});

it('keeps what is no size as it was typed', () => {
  expect(sizeParts('much')).toEqual({ number: 'much', unit: 'k' });
  expect(sizeBytes('much')).toBeUndefined();
  expect(sizeBytes('')).toBeUndefined();
});

it('writes what it read', () => {
  expect(sizeText({ number: '64', unit: 'm' })).toBe('64m');
  expect(sizeText({ number: '0', unit: 'g' })).toBe('0');
  expect(sizeText({ number: '', unit: 'g' })).toBe('');
});
