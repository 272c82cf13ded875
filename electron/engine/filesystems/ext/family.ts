/** The ext2, ext3 and ext4 family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFacts } from '#contract';
import { readStructure } from '../damage.ts';
import type { ByteSource, FileSystemFamily, Probe } from '../types.ts';
import { longerThanVolume, mapIsAGuess, unknownFeatures, wholeBecause } from '../whole-volume.ts';
import { COMPAT, featureNames, featuresThatHideBlocks, INCOMPAT, kernelName } from './features.ts';
import {
  FIRST_SUPERBLOCK_OFFSET,
  readSuperblock,
  SUPERBLOCK_BYTES,
  type Superblock,
  type SuperblockReading,
} from './superblock.ts';
import { usedBlocks } from './used-blocks.ts';

/** A superblock of a mounted file system can be caught in the middle of an update of its checksum. */
const ATTEMPTS = 3;

/** What may differ between a probe of the first superblock and of a backup. */
export interface Origin {
  warnings: string[];
  /** The journal is known to be empty, by other means than the superblock's flag. */
  journalEmpty?: boolean;
}

async function readFirst(source: ByteSource, signal: AbortSignal | undefined): Promise<SuperblockReading> {
  if (source.sizeBytes < FIRST_SUPERBLOCK_OFFSET + SUPERBLOCK_BYTES) return { kind: 'foreign' };
  let reading: SuperblockReading = { kind: 'foreign' };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) source.forget?.();
    const bytes = await readStructure(source, 'superblock', FIRST_SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES, signal);
    reading = readSuperblock(bytes);
    if (reading.kind !== 'damaged') break;
  }
  return reading;
}

function isDirty(superblock: Superblock, origin: Origin): boolean {
  const { features } = superblock;
  const hasJournal = (features.compat & COMPAT.hasJournal) !== 0;
  if (origin.journalEmpty !== undefined) return !origin.journalEmpty;
  if ((features.incompat & INCOMPAT.recover) !== 0) return true;
  return !hasJournal && !superblock.unmountedCleanly;
}

function factsOf(superblock: Superblock, dirty: boolean): FileSystemFacts {
  const { blockBytes, blockCount, freeBlocks, features } = superblock;
  const state = dirty ? 'dirty' : superblock.errorsNoted ? 'errors' : 'clean';
  return {
    type: kernelName(features),
    label: superblock.label,
    uuid: superblock.uuid,
    blockSizeBytes: blockBytes,
    totalBytes: blockCount * blockBytes,
    usedBytes: (blockCount - freeBlocks) * blockBytes,
    freeBytes: freeBlocks * blockBytes,
    features: featureNames(features),
    state,
  };
}

/** Why the bitmaps alone are not a safe map, one English sentence; `undefined`: they are. */
function whyNoMap(facts: FileSystemFacts, superblock: Superblock, sizeBytes: number): string | undefined {
  if (facts.type === 'jbd') {
    return 'This volume is the external journal of an ext3 or ext4 file system; all of it is imaged.';
  }
  const impossible = unknownFeatures(featuresThatHideBlocks(superblock.features)) ?? longerThanVolume(facts, sizeBytes);
  if (impossible !== undefined) return impossible;
  if (facts.state === 'dirty') {
    const cause = facts.features.includes('has_journal')
      ? 'The journal holds changes that were not replayed yet'
      : 'The file system is in use or was not unmounted cleanly';
    return wholeBecause(`${cause}, and the block bitmaps may be older than that`, facts, sizeBytes);
  }
  if (facts.state === 'errors') {
    const cause = 'The file system is marked as having errors (run e2fsck), and its block bitmaps may be wrong';
    return wholeBecause(cause, facts, sizeBytes);
  }
  return undefined;
}

/** A probe of a good superblock. */
export function probeOf(source: ByteSource, superblock: Superblock, origin: Origin): Probe {
  const facts = factsOf(superblock, isDirty(superblock, origin));
  const reason = whyNoMap(facts, superblock, source.sizeBytes);
  return {
    facts,
    warnings: [...origin.warnings],
    async usedExtents(signal, options) {
      const waits = options?.estimate === true && facts.state === 'dirty';
      if (reason !== undefined && !waits) {
        throw mapIsAGuess(reason, featuresThatHideBlocks(superblock.features));
      }
      return usedBlocks(source, superblock, signal, options);
    },
  };
}

/**
 * ext2, ext3, ext4. Only the first superblock is looked at here, because copies outlive the file system when a volume
 * is given another one: see `rescueExt`. A first superblock that carries the magic number but is damaged makes the
 * answer `undefined` too.
 */
export const ext: FileSystemFamily = {
  name: 'ext',
  async probe(source, signal) {
    const reading = await readFirst(source, signal);
    return reading.kind === 'superblock' ? probeOf(source, reading.superblock, { warnings: [] }) : undefined;
  },
};

/** Why the first superblock is no good although it once was one; `undefined` where there is none or it is good. */
export async function damageOfFirst(source: ByteSource, signal?: AbortSignal): Promise<string | undefined> {
  const reading = await readFirst(source, signal);
  return reading.kind === 'damaged' ? reading.reason : undefined;
}
