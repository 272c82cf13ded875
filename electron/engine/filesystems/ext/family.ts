/** The ext2, ext3 and ext4 family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFacts } from '#contract';
import { EngineError } from '../../base/errors.ts';
import { readStructure } from '../damage.ts';
import type { ByteSource, FileSystemFamily, Probe } from '../types.ts';
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
  const hiding = featuresThatHideBlocks(superblock.features);
  if (hiding.length > 0) {
    return `The file system has features whose block usage is not known here: ${hiding.join(', ')}.`;
  }
  if (facts.totalBytes > sizeBytes) {
    return `The file system says it is ${facts.totalBytes} bytes long, but the volume has only ${sizeBytes} bytes.`;
  }
  const saved = `so the whole volume is read (${sizeBytes} bytes instead of about ${facts.usedBytes} bytes)`;
  if (facts.state === 'dirty') {
    const cause = facts.features.includes('has_journal')
      ? 'The journal holds changes that were not replayed yet'
      : 'The file system is in use or was not unmounted cleanly';
    return `${cause}, and the block bitmaps may be older than that: ${saved}.`;
  }
  if (facts.state === 'errors') {
    return `The file system is marked as having errors (run e2fsck), and its block bitmaps may be wrong: ${saved}.`;
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
        throw new EngineError('FILESYSTEM_UNSUPPORTED', {
          reason,
          features: featuresThatHideBlocks(superblock.features),
        });
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
