/** Which of the copies of the superblock to believe. */
import { EngineError } from '../../base/errors.ts';
import { fileSystemDamaged, readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import {
  FIRST_SUPERBLOCK_OFFSET,
  LOG_ROOT_OFFSET,
  readSuperblock,
  SUPERBLOCK_BYTES,
  SUPERBLOCK_OFFSETS,
  type Superblock,
} from './superblock.ts';

/** A superblock of a mounted file system can be caught in the middle of being written. */
const ATTEMPTS = 3;

/** The superblock to go by, with what there is to say about it. */
export interface ChosenSuperblock {
  superblock: Superblock;
  warnings: string[];
  /**
   * Why the copy gives no map, an English clause. A log is announced in the first superblock only, the others are
   * written by full commits.
   */
  doubt?: string;
}

/** Where a superblock says of which transaction it is. */
const GENERATION_OFFSET = 72;

/** A good copy after the first that satisfies `belongs`, the newest of them; `undefined`: none. */
async function newestCopy(
  source: ByteSource,
  signal: AbortSignal | undefined,
  belongs: (copy: Superblock) => boolean,
): Promise<{ copy: Superblock; offset: number } | undefined> {
  let newest: { copy: Superblock; offset: number } | undefined;
  for (const offset of SUPERBLOCK_OFFSETS) {
    if (offset === FIRST_SUPERBLOCK_OFFSET || offset + SUPERBLOCK_BYTES > source.sizeBytes) continue;
    try {
      const bytes = await readStructure(source, 'copy of the superblock', offset, SUPERBLOCK_BYTES, signal);
      const reading = readSuperblock(bytes, offset);
      if (reading.kind !== 'superblock' || !belongs(reading.superblock)) continue;
      if (newest !== undefined && newest.copy.generation >= reading.superblock.generation) continue;
      newest = { copy: reading.superblock, offset };
    } catch (error) {
      // An unreadable copy is no copy; anything but damage is not about the copy.
      if (!(error instanceof EngineError) || error.code !== 'FILESYSTEM_DAMAGED') throw error;
    }
  }
  return newest;
}

async function readFirst(source: ByteSource, signal: AbortSignal | undefined): Promise<Buffer | undefined> {
  try {
    return await readStructure(source, 'superblock', FIRST_SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES, signal);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'FILESYSTEM_DAMAGED') throw error;
    // Any volume can have a bad sector here. Copies may be left over from another time, so one alone gives no map.
    if ((await newestCopy(source, signal, () => true)) !== undefined) throw error;
    return undefined;
  }
}

/**
 * The first superblock, or the newest copy of the same file system where the first is damaged; `undefined`: not btrfs.
 * A volume without the magic number in the first place is not btrfs, whatever copies an earlier one left behind. Throws
 * `FILESYSTEM_DAMAGED` where no copy is good, `VOLUME_VANISHED`, `CANCELLED`.
 */
export async function chooseSuperblock(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<ChosenSuperblock | undefined> {
  if (source.sizeBytes < FIRST_SUPERBLOCK_OFFSET + SUPERBLOCK_BYTES) return undefined;
  let damaged: Buffer = Buffer.alloc(SUPERBLOCK_BYTES);
  let reason = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) source.forget?.();
    const bytes = await readFirst(source, signal);
    if (bytes === undefined) return undefined;
    const reading = readSuperblock(bytes, FIRST_SUPERBLOCK_OFFSET);
    if (reading.kind === 'foreign') return undefined;
    if (reading.kind === 'superblock') return { superblock: reading.superblock, warnings: [] };
    damaged = bytes;
    reason = reading.reason;
  }
  const found = await newestCopy(source, signal, (copy) => copy.fsid.equals(damaged.subarray(32, 48)));
  if (found === undefined) {
    const told = `The superblock is damaged (${reason}), and no copy of it is good.`;
    throw fileSystemDamaged('superblock', FIRST_SUPERBLOCK_OFFSET, told);
  }
  const warning =
    `The first superblock is damaged (${reason}); the copy at byte ${found.offset} was used. ` +
    'btrfs rescue super-recover repairs it.';
  const namesLog = damaged.readBigUInt64LE(LOG_ROOT_OFFSET) !== 0n;
  // A shrunken file system leaves its far copies behind, which know nothing of what came later.
  const isOlder = damaged.readBigUInt64LE(GENERATION_OFFSET) > BigInt(found.copy.generation) + 1n;
  const doubt = namesLog
    ? 'The damaged first superblock names a log that waits for replay, which cannot be trusted'
    : isOlder
      ? 'The damaged first superblock is of a later time than the only good copy'
      : undefined;
  return { superblock: found.copy, warnings: [warning], ...(doubt === undefined ? {} : { doubt }) };
}
