import { expect, it } from 'vitest';
import { imageOf } from '../../stores/canned-engine.ts';
import { firstChoice, imagesOf } from './comparison-choice.ts';

const all = [
  { ...imageOf('/dev/a', '5', '2026-11-23T10:00:00Z'), origin: 'restic' as const },
  imageOf('/dev/a', '1', '2026-11-19T10:00:00Z'),
  imageOf('/dev/b', '2', '2026-11-22T10:00:00Z'),
  imageOf('/dev/a', '3', '2026-11-21T10:00:00Z'),
  imageOf('/dev/a', '4', '2026-11-20T10:00:00Z'),
];
const ids = (digit: string): string => digit.repeat(64);
const images = imagesOf(all, '/dev/a');

it('takes the images of the volume, newest first', () => {
  expect(images.map(({ id }) => id[0])).toEqual(['3', '4', '1']);
});

it('begins with the selected image and the one before it', () => {
  expect(firstChoice(images, ids('3'))).toEqual({ before: ids('4'), after: ids('3') });
  expect(firstChoice(images, ids('4'))).toEqual({ before: ids('1'), after: ids('4') });
  expect(firstChoice(images, ids('1'))).toEqual({ before: ids('1'), after: ids('4') });
  expect(firstChoice(images, null)).toEqual({ before: ids('4'), after: ids('3') });
});

it('has no choice where there are not two', () => {
  expect(firstChoice(imagesOf(all, '/dev/b'), ids('2'))).toBeUndefined();
  expect(firstChoice([], null)).toBeUndefined();
});
