/**
 * Whether a FAT file system was unmounted cleanly, and whether its FAT starts as one.
 * Sources: Microsoft's FAT specification 1.03 (FAT[0], FAT[1]); the state byte: fsck.fat and the kernel's
 * include/uapi/linux/msdos_fs.h, which share bit 0 with Windows.
 */
import type { FileSystemFacts } from '#contract';
import { readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { entryOffset, liveTables, tableName } from './allocation-table.ts';
import type { BootSector } from './boot-sector.ts';

const HEAD_BYTES = 8;
const STATE_BYTE_DIRTY = 1;
const STATE_BYTE_ERRORS = 2;
/** FAT[1], set = well. FAT12 has no such bits. */
const CLEAN_BITS = { 12: 0, 16: 0x8000, 32: 0x08000000 } as const;
const NO_ERROR_BITS = { 12: 0, 16: 0x4000, 32: 0x04000000 } as const;

/** What the first two entries of the FATs say. */
export interface TableHeads {
  /** False where no FAT lies inside the volume. */
  seen: boolean;
  /** The first FAT that does not start with a media byte and ones behind it, as all do. */
  wrongTable: number | undefined;
  dirty: boolean;
  errors: boolean;
}

function startsRight(head: Buffer, bits: BootSector['entryBits']): boolean {
  const media = head.readUInt8(0);
  if (media !== 0xf0 && media < 0xf8) return false;
  if (bits === 12) return (head.readUInt16LE(0) & 0xf00) === 0xf00;
  if (bits === 16) return head.readUInt8(1) === 0xff;
  return (head.readUInt32LE(0) & 0x0fffff00) === 0x0fffff00;
}

/** Reads the start of every FAT in use. Throws `FILESYSTEM_DAMAGED` where one cannot be read. */
export async function readTableHeads(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): Promise<TableHeads> {
  const { entryBits } = boot;
  const heads: TableHeads = { seen: false, wrongTable: undefined, dirty: false, errors: false };
  for (const table of liveTables(boot)) {
    const at = entryOffset(boot, table, 0);
    if (at + HEAD_BYTES > source.sizeBytes) continue;
    const head = await readStructure(source, tableName(table), at, HEAD_BYTES, signal);
    const second = entryBits === 32 ? head.readUInt32LE(4) : head.readUInt16LE(2);
    heads.seen = true;
    if (!startsRight(head, entryBits)) heads.wrongTable ??= table;
    // Any FAT that says so is enough: which of them a crash caught first is not known.
    heads.dirty ||= (second & CLEAN_BITS[entryBits]) !== CLEAN_BITS[entryBits];
    heads.errors ||= (second & NO_ERROR_BITS[entryBits]) !== NO_ERROR_BITS[entryBits];
  }
  return heads;
}

/** Errors count more than dirty: they do not go away when the file system is made read-only. */
export function stateOf(boot: BootSector, heads: TableHeads): FileSystemFacts['state'] {
  if (heads.errors || (boot.stateByte & STATE_BYTE_ERRORS) !== 0) return 'errors';
  return heads.dirty || (boot.stateByte & STATE_BYTE_DIRTY) !== 0 ? 'dirty' : 'clean';
}
