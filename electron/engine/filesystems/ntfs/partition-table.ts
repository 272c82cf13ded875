/**
 * A partition table on a volume whose first sector still names NTFS: fdisk keeps the boot code of what was there
 * before. The old file system's bitmap says nothing about the partitions.
 * Source: the master boot record's and UEFI's partition table formats.
 */
import { readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { BOOT_SECTOR_BYTES } from './boot-sector.ts';

const ENTRIES_AT = 446;
const ENTRY_BYTES = 16;
const ENTRIES = 4;
const GPT_HEADER = 'EFI PART';
/** The second sector, by the sizes that sectors have. */
const GPT_PLACES = [512, 4096];

/** Where NTFS has boot code or the text of its messages, which never looks like four entries. */
function holdsPartitions(bootSector: Buffer): boolean {
  if (bootSector.readUInt16LE(510) !== 0xaa55) return false;
  let partitions = 0;
  for (let index = 0; index < ENTRIES; index++) {
    const at = ENTRIES_AT + index * ENTRY_BYTES;
    const status = bootSector.readUInt8(at);
    if (status !== 0 && status !== 0x80) return false;
    const isThere = bootSector.readUInt8(at + 4) !== 0;
    if (isThere && bootSector.readUInt32LE(at + 8) > 0 && bootSector.readUInt32LE(at + 12) > 0) partitions += 1;
  }
  return partitions > 0;
}

/** Whether the volume is a partitioned disk too. Throws where the start of the volume cannot be read. */
export async function isPartitioned(source: ByteSource, signal: AbortSignal | undefined): Promise<boolean> {
  if (holdsPartitions(await readStructure(source, 'boot sector', 0, BOOT_SECTOR_BYTES, signal))) return true;
  for (const at of GPT_PLACES) {
    if (at + GPT_HEADER.length > source.sizeBytes) continue;
    const header = await readStructure(source, '$Boot', at, GPT_HEADER.length, signal);
    if (header.toString('latin1') === GPT_HEADER) return true;
  }
  return false;
}
