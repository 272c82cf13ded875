/** A small exFAT volume of mkfs.exfat in memory, and ways to change it. */

import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { bootChecksum } from '../filesystems/exfat/checksum.ts';
import { exfat } from '../filesystems/exfat/family.ts';
import { memorySource } from './memory-source.ts';
import { createSparseFile, makeFileSystem } from './test-volume.ts';
import { createWorkspace } from './workspace.ts';

const SIZE_BYTES = 4 * 1024 * 1024;
const SECTOR = 512;

/** Places of structures in the image, as dump.exfat prints them; clusters are sectors. */
export const EXFAT_IMAGE = {
  sectorBytes: SECTOR,
  regionBytes: 12 * SECTOR,
  fatOffset: 32 * SECTOR,
  heapOffset: 96 * SECTOR,
  clusters: 8096,
  /** Two clusters. */
  bitmap: 2,
  /** Twelve. */
  upcaseTable: 4,
  /** One. */
  root: 16,
} as const;

/** Where a cluster starts, bytes. */
export function exfatOffset(cluster: number): number {
  return EXFAT_IMAGE.heapOffset + (cluster - 2) * SECTOR;
}

/** Makes the image, with the label "Fotos" and no files. */
export async function exfatImage(): Promise<Buffer> {
  await using workspace = await createWorkspace();
  const path = workspace.path('image');
  await createSparseFile(path, SIZE_BYTES);
  await makeFileSystem(path, ['exfat', '-c', '512', '-b', '16K', '-L', 'Fotos']);
  const image = await readFile(path);
  const { fatOffset, heapOffset, clusters, root } = EXFAT_IMAGE;
  expect([80, 88, 92, 96].map((at) => image.readUInt32LE(at))).toEqual([
    fatOffset / SECTOR,
    heapOffset / SECTOR,
    clusters,
    root,
  ]);
  return image;
}

/** Makes both boot regions' checksums right again. */
export function signExfat(image: Buffer): Buffer {
  const { regionBytes } = EXFAT_IMAGE;
  for (const start of [0, regionBytes]) {
    const sum = bootChecksum(image.subarray(start, start + 11 * SECTOR));
    for (let at = 11 * SECTOR; at < regionBytes; at += 4) image.writeUInt32LE(sum, start + at);
  }
  return image;
}

/** Sets an entry of the FAT. */
export function setExfatEntry(image: Buffer, cluster: number, value: number): Buffer {
  image.writeUInt32LE(value, EXFAT_IMAGE.fatOffset + cluster * 4);
  return image;
}

/** Byte of the allocation bitmap in which a cluster's bit lies. */
export function exfatMarkOffset(cluster: number): number {
  return exfatOffset(EXFAT_IMAGE.bitmap) + Math.floor((cluster - 2) / 8);
}

/** Sets or clears a cluster's bit in the allocation bitmap. */
export function markExfat(image: Buffer, cluster: number, used: boolean): Buffer {
  const at = exfatMarkOffset(cluster);
  const bit = 1 << ((cluster - 2) % 8);
  image.writeUInt8(used ? image.readUInt8(at) | bit : image.readUInt8(at) & ~bit, at);
  return image;
}

/** Where the root directory's entry of this type lies. */
export function exfatRootEntry(image: Buffer, type: number): number {
  const { root } = EXFAT_IMAGE;
  for (let at = exfatOffset(root); at < exfatOffset(root + 1); at += 32) if (image.readUInt8(at) === type) return at;
  throw new Error('no such entry');
}

/** Changes of a pristine image, each on a copy of its own, and what may become of one. */
export interface ExfatChanges {
  /** Writes into the boot sector and its copy, and signs both regions. */
  setField(at: number, ...bytes: number[]): Buffer;
  /** Writes anywhere. */
  changed(at: number, ...bytes: number[]): Buffer;
  /** Fails unless the map is the pristine image's, with a warning like this. */
  expectMapped(image: Buffer, warning?: RegExp): Promise<void>;
}

/** See `ExfatChanges`. */
export function exfatChanges(pristine: Buffer): ExfatChanges {
  const extentsOf = async (image: Buffer) => {
    const probe = await exfat.probe(memorySource(image));
    return { extents: [...((await probe?.usedExtents()) ?? [])], warnings: probe?.warnings.join() };
  };
  return {
    setField(at, ...bytes) {
      const image = Buffer.from(pristine);
      for (const start of [0, EXFAT_IMAGE.regionBytes]) Buffer.from(bytes).copy(image, start + at);
      return signExfat(image);
    },
    changed(at, ...bytes) {
      const image = Buffer.from(pristine);
      Buffer.from(bytes).copy(image, at);
      return image;
    },
    async expectMapped(image, warning = /^$/) {
      const { extents, warnings } = await extentsOf(image);
      expect(extents).toEqual((await extentsOf(pristine)).extents);
      expect(warnings).toMatch(warning);
    },
  };
}
