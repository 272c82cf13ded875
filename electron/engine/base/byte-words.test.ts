import { expect, it } from 'vitest';
import { byteWords } from './byte-words.ts';

it.each([
  [0, '0 bytes'],
  [512, '512 bytes'],
  [999, '999 bytes'],
  [1536, '1.50 KiB'],
  [64 * 1024 ** 2, '64.0 MiB'],
  [1023 * 1024, '1.00 MiB'],
  [230 * 1024 ** 3, '230 GiB'],
  [8 * 1024 ** 5, '8.00 PiB'],
])('%d bytes', (bytes, words) => {
  expect(byteWords(bytes)).toBe(words);
});
