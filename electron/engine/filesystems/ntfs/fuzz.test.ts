/**
 * Mutated NTFS structures: only typed errors, sane extents, bounded reads and time. NTFS has no checksums; what guards
 * a record is the update sequence, so that is what is put right again after a change.
 */
import { beforeAll, describe, it } from 'vitest';
import { type Edit, fuzzCases, fuzzFamily } from '../../testing/fuzz-family.ts';
import {
  attributeAt,
  bitmapOffset,
  dataAttribute,
  dataOffset,
  listEntry,
  ntfsLayout,
  protect,
  recordAt,
  residentAttribute,
  restartPage,
  scatterBitmap,
  setAttributes,
  unprotect,
} from '../../testing/ntfs-image.ts';
import { ntfsImage } from '../../testing/ntfs-oracle.ts';
import { seededBelow } from '../../testing/seeded.ts';
import { ntfs } from './family.ts';

const MiB = 1024 * 1024;
const DATA = 0x80;
const LIST = 0x20;
const STRIDE = 512;
const MAGICS = new Set(['FILE', 'INDX', 'RSTR', 'CHKD']);

interface Case {
  name: string;
  make(): Promise<Buffer>;
}

const NAMES = Array.from({ length: 45 }, (_, index) => `file ${index} with a name that is rather long`);
const AWAKE = Buffer.from('wake'.padEnd(5000, '\0'));

const CASES: Case[] = [
  { name: '512-byte clusters', make: () => ntfsImage(1.25 * MiB, ['-c', '512']) },
  { name: '4 KiB clusters', make: () => ntfsImage(2 * MiB, ['-c', '4096'], ['hiberfil.sys'], AWAKE) },
  {
    name: 'a root directory of several levels',
    make: () => ntfsImage(2 * MiB, ['-c', '512'], [...NAMES, 'hiberfil.sys'], AWAKE),
  },
  {
    name: '$Bitmap in an attribute list, a journal',
    async make() {
      const image = await ntfsImage(4 * MiB, ['-c', '512']);
      scatterBitmap(image, 2);
      restartPage({ lsn: 5 }).copy(image, dataOffset(image, 2));
      restartPage({ lsn: 6 }).copy(image, dataOffset(image, 2) + 4096);
      return image;
    },
  },
  { name: '4 KiB sectors', make: () => ntfsImage(3 * MiB, ['-s', '4096', '-c', '4096']) },
];

/** Start of the protected record that byte `at` lies in, and its length. */
function recordAround(image: Buffer, at: number): { start: number; length: number } | undefined {
  for (let start = at - (at % STRIDE); start >= Math.max(0, at - 8 * STRIDE); start -= STRIDE) {
    if (!MAGICS.has(image.toString('latin1', start, start + 4))) continue;
    const length = (image.readUInt16LE(start + 6) - 1) * STRIDE;
    const array = image.readUInt16LE(start + 4);
    const sane = length > 0 && length <= 8 * STRIDE && start + length <= image.length && array <= STRIDE - 2;
    return sane && at < start + length ? { start, length } : undefined;
  }
  return undefined;
}

/** Makes a record look completely written again. */
function resign(image: Buffer, touched: readonly number[], edit: Edit): void {
  for (const at of touched) {
    const record = recordAround(image, at);
    if (record === undefined) continue;
    const number = image.subarray(record.start + image.readUInt16LE(record.start + 4)).subarray(0, 2);
    for (let end = STRIDE; end <= record.length; end += STRIDE) {
      edit.bytes(record.start + end - 2, Buffer.from(number));
    }
  }
}

/** Changes file records as somebody would who knows where the parser looks. */
function craft(image: Buffer, random: () => number, edit: Edit): readonly number[] {
  const { recordBytes, clusterCount, clusterBytes, mirrorOffset } = ntfsLayout(image);
  const below = (limit: number) => seededBelow(random, limit);
  const number = [0, 2, 3, 5, 6, 6, 6, 24][below(8)] ?? 6;
  const at = recordAt(image, number);
  const record = Buffer.from(image.subarray(at, at + recordBytes));
  if (record.toString('latin1', 0, 4) !== 'FILE') return [];
  unprotect(record);
  const places = () => ({ lcn: below(clusterCount + 4) - 2, clusters: 1 + below(random() < 0.7 ? 4 : clusterCount) });
  const runs = () => Array.from({ length: 1 + below(5) }, places);
  const stream = () => {
    const made = runs();
    const allocated = made.reduce((sum, run) => sum + run.clusters, 0) * clusterBytes;
    return dataAttribute(made, {
      lowestVcn: random() < 0.8 ? 0 : below(4),
      allocated,
      data: random() < 0.8 ? allocated : below(2 ** 31),
      flags: random() < 0.9 ? 0 : 1 << below(16),
    });
  };
  const first = record.readUInt16LE(20);
  const kind = random();
  try {
    if (kind < 0.3) setAttributes(record, attributeAt(record, DATA), [stream()]);
    else if (kind < 0.5) {
      const entries = Array.from({ length: 1 + below(12) }, () =>
        listEntry([DATA, DATA, 0x90, 0xa0][below(4)] ?? DATA, below(6), [0, 6, 24, 25, below(64)][below(5)] ?? 6, 1),
      );
      const list =
        random() < 0.7 ? residentAttribute(LIST, Buffer.concat(entries)) : Buffer.from(stream()).fill(LIST, 0, 1);
      setAttributes(record, first, random() < 0.5 ? [list] : [list, stream()]);
    } else if (kind < 0.8) {
      // One field of one attribute.
      const attribute = attributeAt(record, [DATA, DATA, 0x70, 0x90, 0xa0, 0xb0][below(6)] ?? DATA);
      const field = [4, 8, 9, 10, 12, 14, 16, 20, 24, 32, 40, 48, 56, 64, 65, 66, 67, 68][below(18)] ?? 4;
      record.writeUInt16LE([0, 1, 7, 0x1111, 0x8000, 0xffff, below(65536)][below(7)] ?? 0, attribute + field);
    } else if (kind < 0.9) {
      // The bitmap of another volume.
      edit.bytes(bitmapOffset(image) + below(64), Buffer.alloc(1 + below(64), random() < 0.5 ? 0 : below(256)));
      return [];
    } else {
      const other = recordAt(image, below(27));
      image.copy(record, 0, other, other + recordBytes);
      unprotect(record);
    }
  } catch {
    // The record lacks such an attribute, or there is no room: the case stays as it is.
  }
  protect(record);
  edit.bytes(at, record);
  if (number < 4 && random() < 0.5) edit.bytes(mirrorOffset + number * recordBytes, record);
  return [];
}

describe('mutated NTFS', () => {
  const images = new Map<string, Buffer>();
  beforeAll(async () => {
    for (const { name, make } of CASES) images.set(name, await make());
  });

  it.each(CASES.map(({ name }, index) => ({ name, seed: 500 + index })))(
    '$name',
    { timeout: 600_000 },
    async ({ name, seed }) => {
      const image = images.get(name) ?? Buffer.alloc(0);
      await fuzzFamily({ family: ntfs, image, cases: fuzzCases(CASES.length), seed, resign, craft });
    },
  );
});
