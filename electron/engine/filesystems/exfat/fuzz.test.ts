/** Mutated boot regions, FATs, bitmaps and root directories: only typed errors, sane extents, bounded reads and time. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type Edit, fuzzCases, fuzzFamily } from '../../testing/fuzz-family.ts';
import { seededBelow } from '../../testing/seeded.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { bootChecksum } from './checksum.ts';
import { exfat } from './family.ts';

const MiB = 1024 * 1024;
const SECTOR = 512;
const REGION = 12 * SECTOR;
const BODY = 11 * SECTOR;
const IMAGES: [mebibytes: number, ...options: string[]][] = [
  [2, '-c', '512', '-b', '16K'],
  [1, '-c', '4K', '-b', '16K'],
  [4, '-c', '32K', '-b', '64K', '--pack-bitmap'],
];

async function imageOf(mebibytes: number, options: string[]): Promise<Buffer> {
  await using workspace = await createWorkspace();
  const path = workspace.path('image');
  await createSparseFile(path, mebibytes * MiB);
  await makeFileSystem(path, ['exfat', '-L', 'fuzz', ...options]);
  return await readFile(path);
}

/** Makes the checksums right where a boot region was touched, and now and then copies the main one to its backup. */
function sign(image: Buffer, touched: readonly number[], edit: Edit): void {
  for (const start of [0, REGION]) {
    if (!touched.some((at) => at + 8 > start && at < start + REGION)) continue;
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(bootChecksum(image.subarray(start, start + BODY)));
    edit.bytes(start + BODY, Buffer.alloc(SECTOR, sum));
    if (start === 0 && (sum.readUInt8() & 1) === 0) edit.bytes(REGION, Buffer.from(image.subarray(0, REGION)));
  }
}

const BOOT_FIELDS: [at: number, bytes: number][] = [
  [72, 8],
  [80, 4],
  [84, 4],
  [88, 4],
  [92, 4],
  [96, 4],
  [104, 2],
  [106, 2],
  [108, 1],
  [109, 1],
  [110, 1],
  [112, 1],
];

function layoutOf(image: Buffer) {
  const sectorBytes = 2 ** image.readUInt8(108);
  return {
    fat: image.readUInt32LE(80) * sectorBytes,
    heap: image.readUInt32LE(88) * sectorBytes,
    clusterBytes: sectorBytes * 2 ** image.readUInt8(109),
    clusters: image.readUInt32LE(92),
    root: image.readUInt32LE(96),
  };
}

/** Cycles and crossings in the FAT, entries of the root directory, cleared bits, absurd boot sector fields. */
function craft(image: Buffer, random: () => number, edit: Edit): readonly number[] {
  const { fat, heap, clusterBytes, clusters, root } = layoutOf(image);
  const clusterAt = (cluster: number) => heap + (cluster - 2) * clusterBytes;
  const kind = random();
  const value = Buffer.alloc(8);
  if (kind < 0.3) {
    const values = [0, 1, 2, root, root + 1, clusters + 1, clusters + 2, 0xfffffff7, 0xfffffff8, 0xffffffff];
    for (let change = 1 + seededBelow(random, 5); change > 0; change--) {
      const cluster = 2 + seededBelow(random, root + 6);
      value.writeUInt32LE(values[seededBelow(random, values.length)] ?? 0);
      edit.bytes(fat + cluster * 4, Buffer.from(value.subarray(0, 4)));
    }
    return [];
  }
  if (kind < 0.6) {
    const entry = clusterAt(root) + 32 * seededBelow(random, 6);
    const types = [0, 0x01, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0xa0, 0xc0, 0xff];
    const choice = random();
    if (choice < 0.4) edit.bytes(entry, Buffer.of(types[seededBelow(random, types.length)] ?? 0));
    else if (choice < 0.7) {
      value.writeUInt32LE(seededBelow(random, clusters + 4));
      edit.bytes(entry + 20, Buffer.from(value.subarray(0, 4)));
    } else if (choice < 0.9) {
      value.writeUInt32LE(random() < 0.5 ? seededBelow(random, 8000) : 0xffffffff, random() < 0.9 ? 0 : 4);
      edit.bytes(entry + 24, value);
    } else edit.bytes(entry + 32, Buffer.from(image.subarray(entry, entry + 32)));
    return [];
  }
  if (kind < 0.7) {
    edit.bytes(clusterAt(2) + seededBelow(random, 8), Buffer.of(seededBelow(random, 256)));
    return [];
  }
  const [at, bytes] = BOOT_FIELDS[seededBelow(random, BOOT_FIELDS.length)] ?? [72, 8];
  const field = Buffer.from(image.subarray(at, at + bytes));
  const choice = random();
  if (choice < 0.3) field.writeUInt8(field.readUInt8() ^ (1 << seededBelow(random, 8)));
  else if (choice < 0.6) field.fill(random() < 0.5 ? 0xff : 0);
  else field.writeUInt8(seededBelow(random, 256), seededBelow(random, bytes));
  edit.bytes(at, field);
  return [at];
}

describe('mutated exFAT file systems', () => {
  it.each(IMAGES.map(([mebibytes, ...options], seed) => ({ name: `${mebibytes} MiB ${options.join(' ')}`, seed })))(
    '$name',
    { timeout: 300_000 },
    async ({ seed }) => {
      const [mebibytes, ...options] = IMAGES[seed] ?? [0];
      const image = await imageOf(mebibytes, options);
      const pristine = Buffer.from(image);
      const cases = fuzzCases(IMAGES.length);
      const tally = await fuzzFamily({ family: exfat, image, cases, seed: 400 + seed, resign: sign, craft });
      expect(image.equals(pristine)).toBe(true);
      // Not every change is found at the door.
      expect(tally.mapped).toBeGreaterThan(cases / 20);
      expect(tally.damaged).toBeGreaterThan(cases / 20);
    },
  );
});
