/**
 * How many clusters are free, as cheaply as it can be known: for facts, never for the map.
 * Source: Microsoft's FAT specification 1.03, "FAT32 FSInfo Sector Structure".
 */
import { EngineError } from '../../base/errors.ts';
import { readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { ENTRY_RULES, liveTables, stretches, tableBytesInUse, tableHoldsAll } from './allocation-table.ts';
import type { BootSector } from './boot-sector.ts';

const INFO_BYTES = 512;
const LEAD_SIGNATURE = 0x41615252;
const STRUCTURE_SIGNATURE = 0x61417272;
/** A FAT up to this length is counted: every FAT12 and FAT16, and FAT32 without a count of its own up to 128 GiB. */
const MOST_COUNTED_BYTES = 16 * 1024 * 1024;

/** The count in the FSInfo sector, where it is possible: a hint, which may be old. */
async function noted(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  if (boot.infoOffset === 0) return undefined;
  const info = await readStructure(source, 'FSInfo sector', boot.infoOffset, INFO_BYTES, signal);
  const signed = info.readUInt32LE(0) === LEAD_SIGNATURE && info.readUInt32LE(484) === STRUCTURE_SIGNATURE;
  const free = info.readUInt32LE(488);
  return signed && free <= boot.clusterCount ? free : undefined;
}

async function counted(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  if (!tableHoldsAll(boot) || tableBytesInUse(boot) > MOST_COUNTED_BYTES) return undefined;
  const { mask } = ENTRY_RULES[boot.entryBits];
  let free = 0;
  for await (const { firstCluster, tables } of stretches(source, boot, liveTables(boot).slice(0, 1), signal)) {
    const entries = tables[0]?.entries ?? new Uint16Array();
    for (let index = firstCluster === 0 ? 2 : 0; index < entries.length; index++) {
      if (((entries[index] ?? 0) & mask) === 0) free += 1;
    }
  }
  return free;
}

/** A count, or `undefined` where it cannot be read: the map reads the same places and says what is wrong with them. */
async function readable(count: Promise<number | undefined>): Promise<number | undefined> {
  try {
    return await count;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'FILESYSTEM_DAMAGED') return undefined;
    throw error;
  }
}

/** Free clusters; 0 where it is not known, so that nothing is promised. Never throws for what it cannot read. */
export async function freeClusters(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): Promise<number> {
  return (await readable(noted(source, boot, signal))) ?? (await readable(counted(source, boot, signal))) ?? 0;
}
