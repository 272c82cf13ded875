/**
 * An ext file system whose first superblock is damaged.
 *
 * Copies of the superblock survive mkfs of another kind and raw use of the volume, and they never learn of free
 * blocks, of initialised groups or of a dirty journal. So a copy gives the geometry only; everything that says what is
 * in use comes from the first descriptor table, which must be whole and agree with the copy's own table on where
 * everything lies, and from the journal itself.
 */
import { EngineError } from '../../base/errors.ts';
import { fileSystemDamaged, readStructure } from '../damage.ts';
import { isStartExplained } from '../leading-bytes.ts';
import type { ByteSource, Probe } from '../types.ts';
import { mapIsAGuess, wholeBecause } from '../whole-volume.ts';
import { type BackupSuperblock, findBackup } from './backups.ts';
import { damageOfFirst, probeOf } from './family.ts';
import { COMPAT } from './features.ts';
import { descriptorBlock, descriptorBlockCount, descriptorsPerBlock } from './layout.ts';
import { FIRST_SUPERBLOCK_OFFSET, type Superblock } from './superblock.ts';

const JOURNAL_MAGIC = 0xc03b3998;
const JOURNAL_START_AT = 0x1c;
/** Bytes of a descriptor that say where the group's structures lie. */
const PLACES = 12;
const MOST_DESCRIPTOR_BYTES = 1024 * 1024;

/** True if the journal's own superblock says that nothing waits for replay. */
async function journalIsEmpty(
  source: ByteSource,
  superblock: Superblock,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { journalBlock, blockBytes, blockCount } = superblock;
  const isJournaled = (superblock.features.compat & COMPAT.hasJournal) !== 0;
  if (!isJournaled || journalBlock === 0 || journalBlock >= blockCount) return false;
  const bytes = await readStructure(source, 'journal', journalBlock * blockBytes, 1024, signal);
  return bytes.readUInt32BE(0) === JOURNAL_MAGIC && bytes.readUInt32BE(JOURNAL_START_AT) === 0;
}

/** Compares the first descriptor blocks with the copies that follow the backup superblock. */
async function assertTablesAgree(
  source: ByteSource,
  backup: BackupSuperblock,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { superblock } = backup;
  const { blockBytes, descriptorBytes } = superblock;
  const perBlock = descriptorsPerBlock(superblock);
  const most = Math.min(descriptorBlockCount(superblock), Math.max(1, MOST_DESCRIPTOR_BYTES / blockBytes));
  for (let index = 0; index < most; index++) {
    const first = descriptorBlock(superblock, index);
    // Meta block groups keep their tables elsewhere; those are covered by the bitmaps' checks alone.
    if (first !== descriptorBlock(superblock, 0) + index) break;
    const copyAt = backup.offsetBytes + (1 + index) * blockBytes;
    const ours = await readStructure(source, 'group descriptor table', first * blockBytes, blockBytes, signal);
    const copy = await readStructure(source, 'group descriptor table', copyAt, blockBytes, signal);
    for (let at = 0; at < perBlock && index * perBlock + at < superblock.groupCount; at++) {
      const from = at * descriptorBytes;
      if (ours.compare(copy, from, from + PLACES, from, from + PLACES) !== 0) {
        const offset = first * blockBytes + from;
        const reason = 'The first superblock is damaged, and the descriptors after it differ from their copies.';
        throw fileSystemDamaged('group descriptor table', offset, reason);
      }
    }
  }
}

async function tablesAgree(
  source: ByteSource,
  backup: BackupSuperblock,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    await assertTablesAgree(source, backup, signal);
    return true;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'FILESYSTEM_DAMAGED') return false;
    throw error;
  }
}

/** Why the first superblock is no good although the volume is still that of an ext file system; `undefined`: it is not. */
async function damageOfOurs(source: ByteSource, signal: AbortSignal | undefined): Promise<string | undefined> {
  const damage = await damageOfFirst(source, signal);
  if (damage === undefined || !(await isStartExplained(source, FIRST_SUPERBLOCK_OFFSET, signal))) return undefined;
  return damage;
}

/**
 * For volumes on which nothing was recognised. Throws `FILESYSTEM_DAMAGED` for a first superblock that is one but is
 * damaged and has no good copy; `undefined`: there is no ext file system. Where nothing at the start of the volume
 * says that there is one, what its copies tell is shown and gives no map: the volume may long hold something else.
 */
export async function rescueExt(source: ByteSource, signal?: AbortSignal): Promise<Probe | undefined> {
  const damage = await damageOfOurs(source, signal);
  const backup = await findBackup(source, signal);
  if (backup === undefined) {
    if (damage === undefined) return undefined;
    const reason = `The superblock is damaged (${damage}), and no good copy of it was found.`;
    throw fileSystemDamaged('superblock', FIRST_SUPERBLOCK_OFFSET, reason);
  }
  if (damage === undefined) {
    // A stale copy on a volume that has long served something else is no find at all.
    return (await tablesAgree(source, backup, signal)) ? withoutStart(source, backup) : undefined;
  }
  const warning = `The first superblock is damaged (${damage}); the copy at byte ${backup.offsetBytes} was used. Run e2fsck.`;
  const journalEmpty = await journalIsEmpty(source, backup.superblock, signal);
  const probe = probeOf(source, backup.superblock, { warnings: [warning], journalEmpty });
  return {
    ...probe,
    async usedExtents(signal, options) {
      const extents = await probe.usedExtents(signal, options);
      await assertTablesAgree(source, backup, signal);
      return extents;
    },
  };
}

/** The file system of which only a copy of the superblock and the tables behind the first one are left. */
function withoutStart(source: ByteSource, { superblock, offsetBytes }: BackupSuperblock): Probe {
  const probe = probeOf(source, superblock, { warnings: [], journalEmpty: false });
  const cause =
    `The first superblock is gone, and only a copy at byte ${offsetBytes} tells of the file system, which may be a ` +
    `leftover beneath a newer content (if it is not: e2fsck -b ${offsetBytes / superblock.blockBytes} -B ${superblock.blockBytes})`;
  return {
    ...probe,
    async usedExtents() {
      throw mapIsAGuess(wholeBecause(cause, probe.facts, source.sizeBytes));
    },
  };
}
