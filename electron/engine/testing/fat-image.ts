/** Small FAT volumes of mkfs.fat in memory, and ways to change them. */
import { readFile, writeFile } from 'node:fs/promises';
import { BOOT_SECTOR_BYTES, type BootSector, readBootSector } from '../filesystems/fat/boot-sector.ts';
import { mtools } from './fat-oracle.ts';
import { createSparseFile, makeFileSystem } from './test-volume.ts';
import { createWorkspace } from './workspace.ts';

const KiB = 1024;

const SMALL: Record<BootSector['version'], [kibibytes: number, ...options: string[]]> = {
  FAT12: [1440],
  FAT16: [8 * KiB, '-F', '16', '-s', '1'],
  FAT32: [34 * KiB, '-F', '32', '-s', '1'],
};

/** A small file system with one file of ten clusters, `::/FILE`; clusters are sectors of 512 bytes. */
export async function fatImage(version: BootSector['version'], ...more: string[]): Promise<Buffer> {
  await using workspace = await createWorkspace();
  const path = workspace.path('image');
  const [kibibytes, ...options] = SMALL[version];
  await createSparseFile(path, kibibytes * KiB);
  await makeFileSystem(path, ['vfat', '-n', 'VOLUME', ...options, ...more]);
  await writeFile(workspace.path('FILE'), Buffer.alloc(10 * 512, 7));
  await mtools('mcopy', path, workspace.path('FILE'), '::/FILE');
  return await readFile(path);
}

/** The parsed boot sector. */
export function fatBoot(image: Buffer): BootSector {
  const reading = readBootSector(image.subarray(0, BOOT_SECTOR_BYTES));
  if (reading.kind !== 'bootSector') throw new Error(`the boot sector is ${reading.kind}`);
  return reading.bootSector;
}

/** Where an entry of a FAT lies. */
export function fatEntryOffset(image: Buffer, cluster: number, table = 0): number {
  const { tableOffset, tableBytes, entryBits } = fatBoot(image);
  return tableOffset + table * tableBytes + Math.floor((cluster * entryBits) / 8);
}

/** Sets an entry in every FAT, or only in those given. */
export function setFatEntry(image: Buffer, cluster: number, value: number, tables = [0, 1]): Buffer {
  const { entryBits } = fatBoot(image);
  for (const table of tables) {
    const at = fatEntryOffset(image, cluster, table);
    if (entryBits === 32) image.writeUInt32LE(value, at);
    else if (entryBits === 16) image.writeUInt16LE(value, at);
    else {
      const both = image.readUInt16LE(at);
      image.writeUInt16LE(cluster % 2 === 0 ? (both & 0xf000) | value : (both & 0x000f) | (value << 4), at);
    }
  }
  return image;
}

/** Writes a field of the boot sector, and of its copy on FAT32. */
export function setFatField(image: Buffer, at: number, bytes: number[], copyToo = true): Buffer {
  Buffer.from(bytes).copy(image, at);
  if (copyToo && image.toString('latin1', 82, 87) === 'FAT32') Buffer.from(bytes).copy(image, 6 * 512 + at);
  return image;
}
