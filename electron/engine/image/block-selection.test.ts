/** Taking blocks over from an older image may never give another image than reading everything. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExtentBuilder, type Extents, extentBytes } from '../base/extents.ts';
import { ID_BYTES } from '../native.ts';
import type { BlobIndex } from '../repository/types.ts';
import {
  copyBlocks,
  countDifferent,
  differenceOf,
  extentsIn,
  sampleBlocks,
  unchangedBlocks,
} from './block-selection.ts';

const GRID = 8;
const SIZE = 100;

/** A set of bytes as runs. */
function runsOf(bytes: readonly boolean[]): Extents {
  const builder = new ExtentBuilder();
  bytes.forEach((isIn, at) => {
    if (isIn) builder.add(at, 1);
  });
  return builder.build();
}

function bytesOf(extents: Extents): boolean[] {
  const bytes = new Array<boolean>(SIZE).fill(false);
  for (let i = 0; i < extents.length; i += 2) {
    const start = extents[i] ?? 0;
    bytes.fill(true, start, start + (extents[i + 1] ?? 0));
  }
  return bytes;
}

/** Ids that name the content of each block of a tiny image. */
function contentOf(data: readonly number[], used: readonly boolean[]): Uint8Array {
  const content = new Uint8Array(Math.ceil(SIZE / GRID) * ID_BYTES);
  for (let at = 0; at < SIZE; at++)
    content[Math.floor(at / GRID) * ID_BYTES + (at % GRID)] = used[at] ? (data[at] ?? 0) : 0;
  return content;
}

const everything = { find: () => ({}) } as unknown as BlobIndex;
const mapOf = fc.array(fc.boolean(), { minLength: SIZE, maxLength: SIZE });
const dataOf = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: SIZE, maxLength: SIZE });

describe('blocks that may be taken over', () => {
  it('give the image that reading everything gives', () => {
    fc.assert(
      fc.property(dataOf, dataOf, mapOf, mapOf, mapOf, (before, after, usedBefore, usedAfter, alsoCalledChanged) => {
        const changed = before.map(
          (value, at) => value !== after[at] || (alsoCalledChanged[at] === true && at % 3 === 0),
        );
        const base = {
          content: contentOf(before, usedBefore),
          extents: runsOf(usedBefore),
          unreadable: new Float64Array(),
        };
        const used = runsOf(usedAfter);
        const mask = unchangedBlocks({
          base,
          changed: runsOf(changed),
          used,
          gridBytes: GRID,
          sizeBytes: SIZE,
          index: everything,
        });
        const read = extentsIn(used, mask, 0, GRID);
        const content = contentOf(after, bytesOf(read));
        copyBlocks(mask, base.content, content);
        expect(content).toEqual(contentOf(after, usedAfter));
        expect(extentBytes(read) + extentBytes(extentsIn(used, mask, 1, GRID))).toBe(extentBytes(used));
      }),
    );
  });

  it('are those without any change, and not fewer', () => {
    const all = runsOf(new Array<boolean>(SIZE).fill(true));
    const base = { content: new Uint8Array(13 * ID_BYTES), extents: all, unreadable: new Float64Array() };
    const mask = unchangedBlocks({
      base,
      changed: Float64Array.of(9, 1, 40, 8),
      used: all,
      gridBytes: GRID,
      sizeBytes: SIZE,
      index: everything,
    });
    expect([...mask]).toEqual([1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('never are those that could not be read, or whose blob is gone', () => {
    const all = runsOf(new Array<boolean>(SIZE).fill(true));
    const base = { content: new Uint8Array(13 * ID_BYTES), extents: all, unreadable: Float64Array.of(16, 4) };
    const index = {
      find: (_: Uint8Array, at: number) => (at === 3 * ID_BYTES ? undefined : {}),
    } as unknown as BlobIndex;
    const mask = unchangedBlocks({
      base,
      changed: new Float64Array(),
      used: all,
      gridBytes: GRID,
      sizeBytes: SIZE,
      index,
    });
    expect([mask[1], mask[2], mask[3], mask[4]]).toEqual([1, 0, 0, 1]);
  });

  it('are none where the older image has another number of blocks', () => {
    const all = runsOf(new Array<boolean>(SIZE).fill(true));
    const base = { content: new Uint8Array(12 * ID_BYTES), extents: all, unreadable: new Float64Array() };
    const mask = unchangedBlocks({
      base,
      changed: new Float64Array(),
      used: all,
      gridBytes: GRID,
      sizeBytes: SIZE,
      index: everything,
    });
    expect(mask.some((value) => value !== 0)).toBe(false);
  });
});

describe('the difference of two maps', () => {
  it('is what is in exactly one of them', () => {
    fc.assert(
      fc.property(mapOf, mapOf, (a, b) => {
        expect(bytesOf(differenceOf(runsOf(a), runsOf(b)))).toEqual(a.map((value, at) => value !== b[at]));
      }),
    );
  });
});

describe('the audit sample', () => {
  it('has the wanted size and only blocks of the mask', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 300 }),
        fc.integer({ min: 0, max: 100 }),
        fc.nat(),
        (bits, percent, seed) => {
          const mask = Uint8Array.from(bits, Number);
          const present = bits.filter(Boolean).length;
          let state = seed;
          const below = (limit: number) => {
            state = (state * 1103515245 + 12345) % 2 ** 31;
            return state % limit;
          };
          const sample = sampleBlocks(mask, percent, 5, below);
          const wanted = percent === 0 ? 0 : Math.min(present, Math.max(5, Math.ceil((present * percent) / 100)));
          expect(sample.reduce((sum, value) => sum + value, 0)).toBe(wanted);
          expect(sample.every((value, block) => value <= (mask[block] ?? 0))).toBe(true);
        },
      ),
    );
  });

  it('reaches every block in time', () => {
    const seen = new Set<number>();
    for (let run = 0; run < 400; run++) {
      sampleBlocks(new Uint8Array(20).fill(1), 5, 1, (limit) => Math.floor(Math.random() * limit)).forEach(
        (value, block) => {
          if (value === 1) seen.add(block);
        },
      );
    }
    expect(seen.size).toBe(20);
  });

  it('counts what differs in it only', () => {
    const a = new Uint8Array(4 * ID_BYTES);
    const b = a.slice();
    b[ID_BYTES] = 1;
    b[3 * ID_BYTES + 5] = 1;
    expect(countDifferent(Uint8Array.of(1, 1, 1, 0), a, b)).toBe(1);
  });
});
