import { expect, test } from 'vitest';
import { EngineError } from '#engine/base/errors.ts';
import { sampleSummary } from '../text/sample-image.ts';
import { chooseSource } from './choose-source.ts';
import type { VersionWish } from './choose-versions.ts';

const image = (id: string, more: object = {}) => ({ ...sampleSummary, id, volume: '/home', active: false, ...more });
const newestOf = (day: string) => Date.parse(`2026-11-${day}T23:59:59Z`);
const ACTIVE: VersionWish = { inactive: false };

const images = [
  image('d3', { time: '2026-11-24T10:00:00Z', deletedAt: '2026-11-25T10:00:00Z' }),
  image('c2', { time: '2026-11-23T10:00:00Z', active: true }),
  image('b1', { time: '2026-11-22T10:00:00Z' }),
  image('e4', { volume: '/gone', deletedAt: '2026-11-25T10:00:00Z' }),
  image('f5', { volume: '/old' }),
  image('a6', { volume: '/other', hostname: 'elsewhere', active: true }),
];

function chosen(typed: string, wish: VersionWish, names: readonly string[] = [typed]): unknown {
  try {
    return chooseSource(images, { typed, names, nodeName: 'desk' }, wish);
  } catch (error) {
    if (error instanceof EngineError) return { code: error.code, ...error.details };
    throw error;
  }
}

test.each<[string, VersionWish, unknown]>([
  ['/home', ACTIVE, 'c2'],
  ['/home', { inactive: true }, 'c2'],
  ['/home', { inactive: false, at: newestOf('24') }, 'c2'],
  ['/home', { inactive: false, at: newestOf('22') }, 'b1'],
  [
    '/home',
    { inactive: false, at: newestOf('21') },
    { code: 'IMAGE_NOT_FOUND', image: '/home', reason: expect.any(String) },
  ],
  [
    '/old',
    ACTIVE,
    {
      code: 'IMAGE_NOT_FOUND',
      reason: expect.stringContaining('deactivated'),
      remedy: expect.stringContaining('-inactive'),
    },
  ],
  ['/old', { inactive: true }, 'f5'],
  // The engine says that every image of it was deleted, and that it is another node's.
  ['/gone', { inactive: true }, '/gone'],
  ['/other', ACTIVE, '/other'],
  ['12ab', ACTIVE, '12ab'],
  ['12ab', { inactive: false, at: newestOf('22') }, { code: 'OPTION_INVALID', option: 'pitdate' }],
  ['/nowhere', { inactive: false, at: newestOf('22') }, { code: 'IMAGE_NOT_FOUND', image: '/nowhere' }],
])('%s, %j', (typed, wish, expected) => {
  const result = chosen(typed, wish);
  if (typeof expected === 'string') expect(result).toBe(expected);
  else expect(result).toMatchObject(expected as object);
});

test('a relative name stands for the volume', () => {
  expect(chosen('home', ACTIVE, ['home', '/home'])).toBe('c2');
});
