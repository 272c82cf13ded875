/** A disk with one partition, for tests, without a partitioning tool. */
import { open } from 'node:fs/promises';

const SECTOR_BYTES = 512;
const FIRST_SECTOR = 2048;
const TYPE_LINUX = 0x83;

/** Writes an MBR whose only partition starts at 1 MiB and has `sizeBytes` (a multiple of 512). */
export async function writeOnePartition(path: string, sizeBytes: number): Promise<void> {
  const sector = Buffer.alloc(SECTOR_BYTES);
  const entry = sector.subarray(446);
  entry.writeUInt8(TYPE_LINUX, 4);
  entry.writeUInt32LE(FIRST_SECTOR, 8);
  entry.writeUInt32LE(sizeBytes / SECTOR_BYTES, 12);
  sector.writeUInt16BE(0x55aa, 510);
  await using disk = await open(path, 'r+');
  await disk.write(sector, 0, SECTOR_BYTES, 0);
}
