/** The FAT12, FAT16 and FAT32 family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFacts } from '#contract';
import { fileSystemDamaged, readStructure } from '../damage.ts';
import { hasPartitionTable } from '../partition-marks.ts';
import type { ByteSource, FileSystemFamily, Probe } from '../types.ts';
import { longerThanVolume, mapIsAGuess, wholeBecause } from '../whole-volume.ts';
import { entryOffset, liveTables, tableHoldsAll, tableName } from './allocation-table.ts';
import { backupDisagrees, findBackup } from './backup.ts';
import { BOOT_SECTOR_BYTES, type BootSector, readBootSector, widthIsDisputed } from './boot-sector.ts';
import { freeClusters } from './free-clusters.ts';
import { typeText } from './look-alikes.ts';
import { volumeLabel } from './root-directory.ts';
import { readTableHeads, stateOf, type TableHeads } from './state.ts';
import { usedClusters } from './used-clusters.ts';

/** Offset and value of `BS_BootSig` on FAT32: label, serial number and state byte are there. */
const EXTENDED_OFFSET = 66;
const EXTENDED = 0x29;

/** The boot sector that is believed. */
interface Origin {
  boot: BootSector;
  warnings: string[];
  /** A partition lies on the volume, too. */
  partitioned: boolean;
  /** The copy of the boot sector lays the volume out in another way. */
  disagrees: boolean;
}

/** The copy in place of a damaged first sector, with as much of that as can be believed. */
async function fromBackup(
  source: ByteSource,
  first: Buffer,
  reason: string,
  signal: AbortSignal | undefined,
): Promise<Origin> {
  // A FAT12 or FAT16 has none: what looks like one there was left by an earlier file system.
  const copy = typeText(first) === 'FAT32' ? await findBackup(source, signal) : undefined;
  if (copy === undefined) throw fileSystemDamaged('boot sector', 0, `The boot sector is damaged: ${reason}.`);
  // Only the first sector's state byte is kept up to date; where even that is in doubt the volume counts as in use.
  const readable = first.readUInt8(EXTENDED_OFFSET) === EXTENDED && first.readUInt16LE(510) === 0xaa55;
  const stateByte = copy.stateByte | (readable ? first.readUInt8(EXTENDED_OFFSET - 1) : 1);
  return {
    boot: { ...copy, stateByte },
    warnings: [`The boot sector is damaged (${reason}); its copy at byte ${copy.backupOffset} was used.`],
    partitioned: hasPartitionTable(first),
    disagrees: false,
  };
}

async function originOf(source: ByteSource, signal: AbortSignal | undefined): Promise<Origin | undefined> {
  if (source.sizeBytes < BOOT_SECTOR_BYTES) return undefined;
  const first = await readStructure(source, 'boot sector', 0, BOOT_SECTOR_BYTES, signal);
  const reading = readBootSector(first);
  if (reading.kind === 'foreign') return undefined;
  if (reading.kind === 'damaged') return await fromBackup(source, first, reading.reason, signal);
  const boot = reading.bootSector;
  const disagrees = await backupDisagrees(source, boot, signal);
  return { boot, warnings: [], partitioned: hasPartitionTable(first), disagrees };
}

async function factsOf(
  source: ByteSource,
  boot: BootSector,
  heads: TableHeads,
  signal: AbortSignal | undefined,
): Promise<FileSystemFacts> {
  const freeBytes = (await freeClusters(source, boot, signal)) * boot.clusterBytes;
  return {
    type: 'vfat',
    version: boot.version,
    label: await volumeLabel(source, boot, signal),
    uuid: boot.uuid,
    blockSizeBytes: boot.clusterBytes,
    totalBytes: boot.totalBytes,
    usedBytes: boot.totalBytes - freeBytes,
    freeBytes,
    features: [],
    state: stateOf(boot, heads),
  };
}

/** Why the FATs cannot be read as a map at all, one English sentence; `undefined`: they can. */
function whyNoLayout(origin: Origin, facts: FileSystemFacts, sizeBytes: number): string | undefined {
  const { boot, disagrees } = origin;
  if (boot.fileSystemVersion !== 0) {
    const version = boot.fileSystemVersion.toString(16).padStart(4, '0');
    return `The file system is of version 0x${version} of FAT32, whose cluster usage is not known here.`;
  }
  const longer = longerThanVolume(facts, sizeBytes);
  if (longer !== undefined) return longer;
  if (disagrees) {
    const cause = 'The boot sector and its copy disagree about the layout of the file system (run fsck.fat)';
    return wholeBecause(cause, facts, sizeBytes);
  }
  if (widthIsDisputed(boot)) {
    const cause = 'The boot sector and the number of clusters do not agree on whether this is FAT12, FAT16 or FAT32';
    return wholeBecause(cause, facts, sizeBytes);
  }
  if (liveTables(boot).length === 0) {
    return wholeBecause('The boot sector names an active FAT that does not exist', facts, sizeBytes);
  }
  // Linux uses only the clusters that the FAT has entries for, fsck.fat refuses the volume.
  if (!tableHoldsAll(boot)) {
    return wholeBecause('The FAT is too short for the number of clusters (run fsck.fat)', facts, sizeBytes);
  }
  return undefined;
}

/**
 * Why the FATs may be wrong, one English sentence; `undefined`: they are right. FAT has no journal, and drivers write
 * FAT, directories and data in any order: on a volume that was not unmounted a file's clusters may still be marked free
 * on the medium, although fsck.fat or a recovery tool would find the file.
 */
function whyDoubtful(facts: FileSystemFacts, sizeBytes: number): string | undefined {
  if (facts.state === 'dirty') {
    const cause =
      'The file system is in use or was not unmounted cleanly (run fsck.fat), and its FAT may be older than its files';
    return wholeBecause(cause, facts, sizeBytes);
  }
  if (facts.state === 'errors') {
    const cause = 'The file system is marked as having met disk errors (run fsck.fat), and its FAT may be wrong';
    return wholeBecause(cause, facts, sizeBytes);
  }
  return undefined;
}

/** FAT12, FAT16 and FAT32. What the FATs say beyond the map joins `warnings` when the map is read. */
export const fat: FileSystemFamily = {
  name: 'fat',
  async probe(source, signal): Promise<Probe | undefined> {
    const origin = await originOf(source, signal);
    if (origin === undefined) return undefined;
    const { boot } = origin;
    const heads = await readTableHeads(source, boot, signal);
    // A parameter block is easily left behind, or looked like by chance: without a FAT behind it, it is none.
    const startsRight = heads.seen && heads.wrongTable === undefined;
    if (!startsRight && (boot.typeText === undefined || origin.partitioned)) return undefined;
    const facts = await factsOf(source, boot, heads, signal);
    const warnings = [...origin.warnings];
    const impossible = whyNoLayout(origin, facts, source.sizeBytes);
    const doubtful = whyDoubtful(facts, source.sizeBytes);
    return {
      facts,
      warnings,
      async usedExtents(signal, options) {
        if (impossible !== undefined) throw mapIsAGuess(impossible);
        if (heads.wrongTable !== undefined) {
          const name = tableName(heads.wrongTable);
          const reason = `The ${name} does not start as one: it was overwritten.`;
          throw fileSystemDamaged(name, entryOffset(boot, heads.wrongTable, 0), reason);
        }
        const waits = options?.estimate === true && facts.state === 'dirty';
        if (doubtful !== undefined && !waits) throw mapIsAGuess(doubtful);
        const used = await usedClusters(source, boot, signal, options);
        for (const warning of used.warnings) if (!warnings.includes(warning)) warnings.push(warning);
        return used.extents;
      },
    };
  },
};
