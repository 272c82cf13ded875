/**
 * Mutated superblocks, logs, group headers and free space trees: only typed errors, sane extents, bounded reads and time.
 * The number of cases is `STILLFRAME_FUZZ_CASES` (default 1500), spread over the images.
 */
import { describe, expect, it } from 'vitest';
import { type Edit, fuzzCases, fuzzFamily } from '../../testing/fuzz-family.ts';
import { seededBelow } from '../../testing/seeded.ts';
import { freshXfs, type TreeLevels, XfsImage } from '../../testing/xfs-image.ts';
import { freezeLog, type LogWriter } from '../../testing/xfs-log.ts';
import { xfs } from './family.ts';

const ABSURD = [0, 1, 2, 63, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
/** Fields of the superblock: sizes, counts, places, features. */
const SUPERBLOCK_FIELDS = [
  4, 8, 12, 16, 48, 52, 84, 88, 96, 100, 102, 120, 121, 124, 144, 148, 200, 204, 208, 212, 216, 220,
];
/** Fields of the AGF. */
const AGF_FIELDS = [4, 8, 12, 16, 20, 28, 32, 40, 48, 52, 56, 60];
/** Fields of the header of a tree block, as far as all versions have them. */
const TREE_FIELDS = [4, 6, 8, 12, 16, 20];
/** Fields of the header of a log record. */
const RECORD_FIELDS = [0, 4, 8, 12, 16, 20, 24, 28, 40, 44, 300, 304, 320];
/** Where a frozen log has its two records. */
const FROZEN_RECORDS = [896, 898];
/** In the data of such a record: operations, the transaction's header, the item's format and its map, the superblock. */
const OPERATION_FIELDS = [
  0, 4, 8, 12, 16, 20, 24, 28, 40, 44, 48, 52, 54, 56, 58, 60, 68, 72, 76, 80, 84, 88, 172, 460, 464,
];

/** Images, how many entries the blocks of their trees have, and whether their log is that of a frozen file system. */
const IMAGES: { name: string; mebibytes: number; options: string[]; entries: number; frozen?: boolean }[] = [
  { name: 'version 5, 4 KiB blocks', mebibytes: 18, options: [], entries: 4 },
  { name: 'version 5, 1 KiB blocks, two groups, 4 levels', mebibytes: 34, options: ['-b', 'size=1024'], entries: 3 },
  { name: 'version 4, 512-byte blocks', mebibytes: 18, options: ['-m', 'crc=0', '-b', 'size=512'], entries: 5 },
  {
    name: 'version 5, reverse mapping, 4 KiB sectors',
    mebibytes: 18,
    options: ['-m', 'rmapbt=1', '-s', 'size=4096'],
    entries: 60,
  },
  { name: 'version 5, frozen', mebibytes: 18, options: [], entries: 20, frozen: true },
  { name: 'version 4, frozen', mebibytes: 18, options: ['-m', 'crc=0'], entries: 20, frozen: true },
];

/** Changes that only somebody who knows XFS would make. */
function craftOf(xfsImage: XfsImage, levels: TreeLevels, frozen: LogWriter | undefined) {
  const { bytes } = xfsImage;
  return (_image: Buffer, random: () => number, edit: Edit): number[] => {
    const pick = <T>(choices: readonly T[], otherwise: T): T =>
      choices[seededBelow(random, choices.length)] ?? otherwise;
    const put = (at: number, value: number): number => {
      const field = Buffer.alloc(4);
      field.writeUInt32BE(value >>> 0);
      edit.bytes(at, field);
      return at;
    };
    const near = (at: number): number => bytes.readUInt32BE(at) + seededBelow(random, 5) - 2;
    const someBlock = () => pick(pick(levels, []), 0);
    const agf = xfsImage.headerAt(0, 1);
    const leafRecord = () => {
      const at = xfsImage.offsetOf(0, pick(levels[0] ?? [], 0));
      return at + xfsImage.treeHeaderBytes + 8 * seededBelow(random, bytes.readUInt16BE(at + 6));
    };
    const pointer = () => {
      const at = xfsImage.offsetOf(0, pick(pick(levels.slice(1), []), 0));
      return xfsImage.pointerAt(at, seededBelow(random, bytes.readUInt16BE(at + 6)));
    };
    if (frozen !== undefined && random() < 0.6) {
      // A field of a record of a frozen log, in its header or in its data.
      const inData = random() < 0.6;
      const field = inData ? 512 + pick(OPERATION_FIELDS, 0) : pick(RECORD_FIELDS, 0);
      const at = frozen.offsetBytes + 512 * pick(FROZEN_RECORDS, 0) + field;
      return [put(at, random() < 0.5 ? near(at) : pick([...ABSURD, 0xfeedbabe, 0x123c0002, 0x1000000], 0))];
    }
    switch (seededBelow(random, 9)) {
      case 0: // A cycle, or a block twice in the tree.
        return [put(pointer(), someBlock())];
      case 1: // A pointer anywhere.
        return [put(pointer(), pick(ABSURD, 0))];
      case 2: // Two blocks swapped.
        {
          const [one, other] = [pointer(), pointer()];
          const [left, right] = [bytes.readUInt32BE(one), bytes.readUInt32BE(other)];
          return [put(one, right), put(other, left)];
        }
      case 3: // Runs that overlap, leave the group, or lie over the tree.
        return [put(leafRecord() + 4 * seededBelow(random, 2), pick([...ABSURD, someBlock()], 0))];
      case 4: {
        // A longer run, and counts that know of it: over the neighbour or not.
        const record = leafRecord();
        const count = 1 + seededBelow(random, 3);
        return [
          put(record + 4, count),
          put(agf + 52, bytes.readUInt32BE(agf + 52) + count - 1),
          put(agf + 56, Math.max(count, 1)),
          put(148, bytes.readUInt32BE(148) + count - 1),
        ];
      }
      case 5:
        return [put(agf + pick(AGF_FIELDS, 4), pick([...ABSURD, someBlock()], 0))];
      case 6: {
        const at = xfsImage.offsetOf(0, someBlock()) + pick(TREE_FIELDS, 4);
        return [put(at, random() < 0.5 ? near(at) : pick(ABSURD, 0))];
      }
      case 7: {
        const at = pick(SUPERBLOCK_FIELDS, 4);
        return [put(at, random() < 0.5 ? near(at) : pick(ABSURD, 0))];
      }
      default: {
        const at = xfsImage.logOffset + 512 * seededBelow(random, 3) + pick(RECORD_FIELDS, 0);
        return [put(at, random() < 0.5 ? near(at) : pick([...ABSURD, 0xfeedbabe], 0))];
      }
    }
  };
}

describe('mutated XFS file systems', () => {
  it.each(IMAGES.map((image, index) => ({ ...image, seed: index + 1 })))(
    '$name',
    { timeout: 300_000 },
    async ({ mebibytes, options, entries, seed, frozen }) => {
      const image = await freshXfs(mebibytes, ...options);
      const xfsImage = new XfsImage(image);
      const levels = xfsImage.growTree(0, { runs: 100, entries });
      const log = frozen ? freezeLog(image) : undefined;
      const pristine = Buffer.from(image);
      const tally = await fuzzFamily({
        family: xfs,
        image,
        cases: fuzzCases(IMAGES.length),
        seed,
        resign: (_, touched, edit) => {
          for (const at of touched) {
            const record = log?.recordAround(at);
            if (record === undefined) xfsImage.sign(at, edit.bytes);
            else log?.sign(record, edit.bytes);
          }
        },
        craft: craftOf(xfsImage, levels, log),
      });
      expect(image.equals(pristine)).toBe(true);
      expect(tally.mapped).toBeGreaterThan(0);
      expect(tally.damaged).toBeGreaterThan(0);
    },
  );
});
