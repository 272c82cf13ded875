/** Mutated boot sectors, FATs and root directories: only typed errors, sane extents, bounded reads and time. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { mtools } from '../../testing/fat-oracle.ts';
import { type Edit, fuzzCases, fuzzFamily } from '../../testing/fuzz-family.ts';
import { seededBelow } from '../../testing/seeded.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { BOOT_SECTOR_BYTES, readBootSector } from './boot-sector.ts';
import { fat } from './family.ts';

const KiB = 1024;
const IMAGES: [kibibytes: number, ...options: string[]][] = [
  [360],
  [1440, '-f', '1', '-s', '4'],
  [2200, '-F', '16', '-s', '1'],
  [1024, '-F', '32', '-s', '1'],
  [2048, '-F', '32', '-s', '2', '-S', '1024', '-f', '1'],
];

async function imageOf(kibibytes: number, options: string[]): Promise<Buffer> {
  await using workspace = await createWorkspace();
  const path = workspace.path('image');
  await createSparseFile(path, kibibytes * KiB);
  await makeFileSystem(path, ['vfat', '-n', 'FUZZ', ...options]);
  // mtools knows no FAT32 that small.
  if (options.includes('32')) return await readFile(path);
  await writeFile(workspace.path('FILE'), Buffer.alloc(9000, 7));
  for (const name of ['a long name.txt', 'B', 'C']) await mtools('mcopy', path, workspace.path('FILE'), `::/${name}`);
  return await readFile(path);
}

/** Keeps what is there several times alike, so that a change is not found by comparing. */
function mirror(image: Buffer, _touched: readonly number[], edit: Edit): void {
  const reading = readBootSector(image.subarray(0, BOOT_SECTOR_BYTES));
  if (reading.kind !== 'bootSector') return;
  const { tableOffset, tableBytes, tableCount, backupOffset } = reading.bootSector;
  if (backupOffset > 0 && backupOffset + BOOT_SECTOR_BYTES <= image.length) {
    edit.bytes(backupOffset, Buffer.from(image.subarray(0, BOOT_SECTOR_BYTES)));
  }
  if (tableCount < 2 || tableOffset + tableBytes * 2 > image.length) return;
  edit.bytes(tableOffset + tableBytes, Buffer.from(image.subarray(tableOffset, tableOffset + tableBytes)));
}

const GEOMETRY_FIELDS = [11, 13, 14, 16, 17, 19, 22, 32, 36, 40, 42, 44, 48, 50];

/** Cycles, bad clusters in chains, entries around the borders, absurd geometry, exchanged sectors. */
function craft(image: Buffer, random: () => number, edit: Edit): readonly number[] {
  const reading = readBootSector(image.subarray(0, BOOT_SECTOR_BYTES));
  if (reading.kind !== 'bootSector') throw new Error('the pristine image has no boot sector');
  const { tableOffset, tableBytes, entryBits, lastCluster, rootCluster, dataOffset } = reading.bootSector;
  const kind = random();
  if (kind < 0.5) {
    const last = 2 ** Math.min(entryBits, 28);
    const values = [0, 1, 2, rootCluster, lastCluster, lastCluster + 1, last - 1, last - 8, last - 9, last - 10];
    const touched: number[] = [];
    for (let change = 1 + seededBelow(random, 6); change > 0; change--) {
      const cluster = random() < 0.3 ? rootCluster || 2 : seededBelow(random, Math.min(lastCluster + 2, 60));
      const at = tableOffset + Math.floor((cluster * entryBits) / 8);
      const entry = Buffer.from(image.subarray(at, at + 4));
      const value = values[seededBelow(random, values.length)] ?? 0;
      if (entryBits === 32) entry.writeUInt32LE(value);
      else if (entryBits === 16) entry.writeUInt16LE(value);
      else entry.writeUInt16LE(cluster % 2 === 0 ? value : (value << 4) & 0xffff);
      edit.bytes(at, entry);
      touched.push(at);
    }
    return touched;
  }
  if (kind < 0.85) {
    const at = GEOMETRY_FIELDS[seededBelow(random, GEOMETRY_FIELDS.length)] ?? 11;
    const value = Buffer.alloc(at === 13 || at === 16 ? 1 : at >= 32 && at !== 40 && at !== 42 && at < 48 ? 4 : 2);
    if (random() < 0.5) value.writeUInt8(1 << seededBelow(random, 8), seededBelow(random, value.length));
    else for (let index = 0; index < value.length; index++) value.writeUInt8(seededBelow(random, 256), index);
    edit.bytes(at, value);
    return [at];
  }
  const places = [0, 512, 3072, tableOffset, tableOffset + tableBytes, dataOffset];
  const from = places[seededBelow(random, places.length)] ?? 0;
  const to = places[seededBelow(random, places.length)] ?? 0;
  edit.bytes(to, Buffer.from(image.subarray(from, from + 512)));
  return [to];
}

describe('mutated FAT file systems', () => {
  it.each(IMAGES.map(([kibibytes, ...options], seed) => ({ name: `${kibibytes} KiB ${options.join(' ')}`, seed })))(
    '$name',
    { timeout: 300_000 },
    async ({ seed }) => {
      const [kibibytes, ...options] = IMAGES[seed] ?? [0];
      const image = await imageOf(kibibytes, options);
      const pristine = Buffer.from(image);
      const cases = fuzzCases(IMAGES.length);
      const tally = await fuzzFamily({ family: fat, image, cases, seed: 300 + seed, resign: mirror, craft });
      expect(image.equals(pristine)).toBe(true);
      // Not every change is found at the door.
      expect(tally.mapped).toBeGreaterThan(cases / 20);
      expect(tally.damaged).toBeGreaterThan(cases / 20);
    },
  );
});
