import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { BLOCK_STATES, type Manifest } from '#contract';
import { wholeVolume } from '../base/extents.ts';
import { contentIds, IdTable, idCount, sameId } from './content-ids.ts';
import { type StoredStatesOptions, storedStates } from './stored-states.ts';

const GRID = 1000;
/** Ids by letter; `0` is a block of zeros, `o` a short one. */
const ids = new Map<string, Buffer>();

function contentOf(letters: string) {
  return contentIds(
    Buffer.concat(
      [...letters].map((letter) => {
        const id = ids.get(letter) ?? randomBytes(32);
        ids.set(letter, id);
        return id;
      }),
    ),
  );
}

function namesOf(letters: string, changedBytes: number, more: Partial<StoredStatesOptions> = {}, manifest = {}) {
  const sizeBytes = letters.length * GRID;
  const states = storedStates({
    ids: contentOf(letters),
    zeroIds: contentOf('0o'),
    manifest: { counters: { changedBytes } as Manifest['counters'], gridBytes: GRID, unreadable: [], ...manifest },
    sizeBytes,
    used: wholeVolume(sizeBytes),
    previous: undefined,
    ...more,
  });
  return [...states].map((state) => BLOCK_STATES[state]);
}

test('a first image: what it stored, its twins, its zeros', () => {
  expect(namesOf('ab0ab', 2 * GRID)).toEqual(['stored', 'stored', 'zero', 'deduplicated', 'deduplicated']);
});

test('what the run did not add, as its counter says, is only used', () => {
  expect(namesOf('ab0a', GRID)).toEqual(['used', 'used', 'zero', 'deduplicated']);
});

test('against the image before, wherever it has the block', () => {
  const previous = contentOf('abcd');
  expect(namesOf('axda', GRID, { previous })).toEqual(['deduplicated', 'stored', 'deduplicated', 'deduplicated']);
  const reading = { scope: 'changed' };
  expect(namesOf('axda', GRID, { previous }, { reading })).toEqual([
    'unchanged',
    'stored',
    'deduplicated',
    'deduplicated',
  ]);
});

test('blocks without used bytes are free, unreadable ones are that first of all', () => {
  const used = Float64Array.of(0, 10, 2 * GRID, GRID);
  expect(namesOf('a0bo', GRID + 10, { used, sizeBytes: 3 * GRID + 1 })).toEqual(['stored', 'free', 'stored', 'free']);
  const unreadable = [{ offsetBytes: GRID - 1, lengthBytes: 2 }];
  expect(namesOf('ab', 2 * GRID, {}, { unreadable })).toEqual(['unreadable', 'unreadable']);
});

test('the short last block has zeros of its own', () => {
  const sizeBytes = 2 * GRID + 5;
  expect(namesOf('a0o', GRID, { sizeBytes, used: wholeVolume(sizeBytes) })).toEqual(['stored', 'zero', 'zero']);
});

test('ids are found among very many, and not beyond an end', () => {
  const many = contentIds(randomBytes(32 * 5000));
  const table = new IdTable(many, 5000);
  for (let block = 0; block < 5000; block++) expect(table.add(block)).toBe(block);
  for (let block = 0; block < 5000; block++) expect(table.find(many, block)).toBe(block);
  expect(table.find(contentIds(randomBytes(32)), 0)).toBe(-1);
  expect(sameId(many, 5000, many, 5000)).toBe(false);
  const unaligned = new Uint8Array(33);
  unaligned.set(new Uint8Array(many.buffer, 0, 32), 1);
  expect(sameId(contentIds(unaligned.subarray(1)), 0, many, 0)).toBe(true);
  expect(idCount(many)).toBe(5000);
});
