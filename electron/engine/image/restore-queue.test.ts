import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ID_BYTES } from '../native.ts';
import { GrowingBlobIndex } from '../repository/blob-index.ts';
import { BLOCK_DATA, BLOCK_FREE, BLOCK_ZERO, type ContentMap } from './content-map.ts';
import { FETCH_BYTES, planFetches } from './restore-queue.ts';

const GRID = 512 * 1024;

function idOf(blob: number): Buffer {
  return createHash('sha256').update(`blob ${blob}`).digest();
}

/** An index in which blob `i` lies in pack `i % packs`, and an image that is a list of blob numbers (-1 zero, -2 free). */
function build(
  blobs: readonly number[],
  packs: number,
  storedBytes: number,
): { map: ContentMap; index: GrowingBlobIndex } {
  const index = new GrowingBlobIndex();
  const distinct = [...new Set(blobs.filter((blob) => blob >= 0))].sort((a, b) => a - b);
  const ends = new Map<number, number>();
  for (const blob of distinct) {
    const pack = index.packNumber((blob % packs).toString(16).padStart(64, '0'));
    const offset = ends.get(pack) ?? 0;
    index.add(idOf(blob), 0, 'data', pack, offset, storedBytes, GRID);
    ends.set(pack, offset + storedBytes);
  }
  const ids = Buffer.concat(blobs.map(idOf));
  const states = Uint8Array.from(blobs, (blob) => (blob === -1 ? BLOCK_ZERO : blob === -2 ? BLOCK_FREE : BLOCK_DATA));
  const starts = Float64Array.from({ length: blobs.length + 1 }, (_, i) => i * GRID);
  return { map: { count: blobs.length, sizeBytes: blobs.length * GRID, ids, starts, states }, index };
}

test('every data block below the limit is written once, with its own id, out of its own pack', () => {
  const image = fc.array(fc.integer({ min: -2, max: 60 }), { minLength: 1, maxLength: 120 });
  const stored = fc.integer({ min: 40, max: 4 * 1024 * 1024 });
  fc.assert(
    fc.property(image, fc.integer({ min: 1, max: 7 }), stored, fc.nat(120), (blobs, packs, storedBytes, cut) => {
      const { map, index } = build(blobs, packs, storedBytes);
      const limitBytes = Math.min(map.sizeBytes, cut * GRID + GRID / 2);
      const written = new Map<number, number>();
      for (const make of planFetches(map, index, limitBytes)) {
        const { packId, offsetBytes, lengthBytes, tasks } = make();
        expect(lengthBytes).toBeLessThanOrEqual(Math.max(FETCH_BYTES, storedBytes));
        for (let row = 0; row < tasks.count; row++) {
          const id = Buffer.from(tasks.ids.subarray(row * ID_BYTES, (row + 1) * ID_BYTES));
          const blob = blobs.findIndex((candidate) => candidate >= 0 && idOf(candidate).equals(id));
          const location = index.find(id, 0, 'data');
          expect(location?.packId).toBe(packId);
          expect(offsetBytes + (tasks.offsets[row] ?? -1)).toBe(location?.offsetBytes);
          expect((tasks.offsets[row] ?? 0) + (tasks.lengths[row] ?? 0)).toBeLessThanOrEqual(lengthBytes);
          for (let i = tasks.destinationStarts[row] ?? 0; i < (tasks.destinationStarts[row + 1] ?? 0); i++) {
            const block = (tasks.destinations[i] ?? -1) / GRID;
            expect(blobs[block]).toBe(blobs[blob]);
            written.set(block, (written.get(block) ?? 0) + 1);
          }
        }
      }
      const wanted = blobs.flatMap((blob, block) => (blob >= 0 && (block + 1) * GRID <= limitBytes ? [block] : []));
      expect([...written.keys()].sort((a, b) => a - b)).toEqual(wanted);
      expect([...written.values()].every((times) => times === 1)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('fetches follow the device, so that a disk is written from its start to its end', () => {
  const { map, index } = build([5, 4, 3, 2, 1, 0], 6, 100_000);
  const firsts = planFetches(map, index, map.sizeBytes).map((make) => make().tasks.destinations[0]);
  expect(firsts).toEqual([0, 1, 2, 3, 4, 5].map((block) => block * GRID));
});
