/**
 * The file allocation tables, read in pieces, all copies side by side.
 * Source: Microsoft's FAT specification 1.03, "FAT Data Structure".
 */
import { bitmapWords } from '../bitmap.ts';
import { readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import type { BootSector } from './boot-sector.ts';

/** A FAT of a 2 TiB volume is up to 1 GiB long. */
const PIECE_BYTES = 1024 * 1024;

/** Unpacked entries, the unused upper bits of FAT32's included. */
export type Entries = Uint16Array | Uint32Array;

/** What the entries of one width mean. */
export interface EntryRules {
  /** Bits that count: FAT32 reserves its upper four. */
  mask: number;
  /** A cluster that must not be used. */
  bad: number;
  /** Values from here on end a chain. */
  endOfChain: number;
}

/** By width of an entry in bits. */
export const ENTRY_RULES: Readonly<Record<BootSector['entryBits'], EntryRules>> = {
  12: { mask: 0xfff, bad: 0xff7, endOfChain: 0xff8 },
  16: { mask: 0xffff, bad: 0xfff7, endOfChain: 0xfff8 },
  32: { mask: 0x0fffffff, bad: 0x0ffffff7, endOfChain: 0x0ffffff8 },
};

/** The same stretch of several FATs. */
export interface Stretch {
  /** Cluster number of the first entry. */
  firstCluster: number;
  /** Which FATs these are and their entries; FATs equal to the one before them are left out. */
  tables: { table: number; entries: Entries }[];
}

/** FATs that drivers keep up to date: all, or with mirroring off the active one (none where that does not exist). */
export function liveTables(boot: BootSector): number[] {
  const all = Array.from({ length: boot.tableCount }, (_, table) => table);
  return boot.activeTable === undefined ? all : all.filter((table) => table === boot.activeTable);
}

/** Bytes that `entries` entries take. */
function bytesOf(entries: number, bits: number): number {
  return Math.ceil((entries * bits) / 8);
}

/** True if every FAT has an entry for every cluster. */
export function tableHoldsAll({ tableBytes, lastCluster, entryBits }: BootSector): boolean {
  return bytesOf(lastCluster + 1, entryBits) <= tableBytes;
}

/** Bytes of one FAT that stand for clusters. */
export function tableBytesInUse({ lastCluster, entryBits }: BootSector): number {
  return bytesOf(lastCluster + 1, entryBits);
}

/** Where the entry of a cluster lies on the volume, bytes. */
export function entryOffset(boot: BootSector, table: number, cluster: number): number {
  return boot.tableOffset + table * boot.tableBytes + Math.floor((cluster * boot.entryBits) / 8);
}

/** For people and for `structure`: "first FAT". */
export function tableName(table: number): string {
  return `${['first', 'second', 'third', 'fourth'][table] ?? 'other'} FAT`;
}

function unpack(bytes: Buffer, bits: BootSector['entryBits'], count: number): Entries {
  if (bits === 32) return bitmapWords(bytes);
  const entries = new Uint16Array(count);
  for (let index = 0; index < count; index++) {
    if (bits === 16) {
      entries[index] = bytes.readUInt16LE(index * 2);
      continue;
    }
    // Two entries share three bytes: the even one has the low 12 bits, the odd one the high 12.
    const at = Math.floor((index * 3) / 2);
    const low = bytes[at] ?? 0;
    const high = bytes[at + 1] ?? 0;
    entries[index] = index % 2 === 0 ? low | ((high & 0x0f) << 8) : (low >>> 4) | (high << 4);
  }
  return entries;
}

/**
 * Every entry of the given FATs, in order. The FATs must hold all clusters (`tableHoldsAll`). Throws
 * `FILESYSTEM_DAMAGED` where one cannot be read.
 */
export async function* stretches(
  source: ByteSource,
  boot: BootSector,
  tables: readonly number[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Stretch> {
  const { lastCluster, entryBits } = boot;
  // The whole of a FAT12 or FAT16 fits into one piece, so no entry is cut in two.
  const most = Math.floor((PIECE_BYTES * 8) / entryBits);
  for (let firstCluster = 0; firstCluster <= lastCluster; firstCluster += most) {
    const count = Math.min(most, lastCluster + 1 - firstCluster);
    const found: Stretch['tables'] = [];
    let before: Buffer | undefined;
    for (const table of tables) {
      const at = entryOffset(boot, table, firstCluster);
      const bytes = await readStructure(source, tableName(table), at, bytesOf(count, entryBits), signal);
      if (before?.equals(bytes)) continue;
      before = bytes;
      found.push({ table, entries: unpack(bytes, entryBits, count) });
    }
    yield { firstCluster, tables: found };
  }
}
