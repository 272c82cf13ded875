/** The XFS family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFacts } from '#contract';
import { EngineError } from '../../base/errors.ts';
import { fileSystemDamaged, readStructure } from '../damage.ts';
import type { ByteSource, FileSystemFamily, Probe } from '../types.ts';
import { longerThanVolume, mapIsAGuess, unknownFeatures, wholeBecause } from '../whole-volume.ts';
import { featureNames, featuresThatHideBlocks, whyFormatUnknown } from './features.ts';
import { type LogState, readLogState } from './log.ts';
import { isOurs, readSuperblock, SMALLEST_SECTOR_BYTES, type Superblock, sectorBytesOf } from './superblock.ts';
import { usedBlocks } from './used-blocks.ts';

/** What is known of the log: `damage` where it cannot be read. */
type LogFinding = { state: LogState } | { state: 'external' } | { state: 'damage'; damage: EngineError };

async function examineLog(
  source: ByteSource,
  superblock: Superblock,
  signal: AbortSignal | undefined,
): Promise<LogFinding> {
  if (superblock.log === undefined) return { state: 'external' };
  try {
    return { state: await readLogState(source, superblock, superblock.log, signal) };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'FILESYSTEM_DAMAGED') throw error;
    return { state: 'damage', damage: error };
  }
}

function factsOf(superblock: Superblock, log: LogFinding): FileSystemFacts {
  const { blockBytes, blockCount, features, needsRepair } = superblock;
  const freeBlocks = Math.min(superblock.freeBlocks, blockCount);
  return {
    type: 'xfs',
    version: String(features.version),
    label: superblock.label,
    uuid: superblock.uuid,
    blockSizeBytes: blockBytes,
    totalBytes: blockCount * blockBytes,
    usedBytes: (blockCount - freeBlocks) * blockBytes,
    freeBytes: freeBlocks * blockBytes,
    features: featureNames(features),
    state: needsRepair ? 'errors' : log.state === 'clean' || log.state === 'covered' ? 'clean' : 'dirty',
  };
}

/** Why the free space trees are no safe map in any case, one English sentence; `undefined`: they may be one. */
function whyNoMap(facts: FileSystemFacts, superblock: Superblock, sizeBytes: number): string | undefined {
  const { features, realtime, needsRepair } = superblock;
  const impossible =
    whyFormatUnknown(features) ??
    unknownFeatures(featuresThatHideBlocks(features)) ??
    longerThanVolume(facts, sizeBytes);
  if (impossible !== undefined) return impossible;
  if (realtime) {
    const cause = 'The file system keeps files on a realtime device, which is not part of this volume';
    return wholeBecause(cause, facts, sizeBytes);
  }
  if (needsRepair) {
    return wholeBecause('The file system is marked as needing repair (run xfs_repair)', facts, sizeBytes);
  }
  return undefined;
}

/** Why the log makes the free space trees doubtful: of no matter where only an estimate is wanted. */
function whyLogMatters(log: LogFinding, facts: FileSystemFacts, sizeBytes: number): string | undefined {
  if (log.state === 'external') {
    const cause =
      'The log is on another device, so it cannot be told whether it holds changes that were not replayed yet';
    return wholeBecause(cause, facts, sizeBytes);
  }
  if (log.state !== 'dirty') return undefined;
  const cause =
    'The log does not end with an unmount, as the file system is in use or was not unmounted cleanly, and the free ' +
    'space trees may be older than the log';
  return wholeBecause(cause, facts, sizeBytes);
}

function probeOf(source: ByteSource, superblock: Superblock, log: LogFinding): Probe {
  const facts = factsOf(superblock, log);
  const { sizeBytes } = source;
  return {
    facts,
    warnings: [],
    async usedExtents(signal, options) {
      const reason = whyNoMap(facts, superblock, sizeBytes);
      if (reason !== undefined) throw mapIsAGuess(reason, featuresThatHideBlocks(superblock.features));
      const doubt = whyLogMatters(log, facts, sizeBytes);
      const estimate = options?.estimate === true;
      if (doubt !== undefined && !estimate) throw mapIsAGuess(doubt);
      if (log.state === 'damage') throw log.damage;
      const isClean = log.state === 'clean';
      return await usedBlocks(source, superblock, signal, {
        ...options,
        // Of a clean file system nothing is in the middle of a change; with a covered log it may be mounted.
        estimate: estimate && !isClean,
        // A frozen file system keeps what it has reserved out of its count, and a mount sums up the groups' anew.
        superblockCounts: isClean && superblock.lazyCounters,
      });
    },
  };
}

/**
 * XFS, versions 4 and 5. The copies of the superblock in the other allocation groups are not looked at: they say nothing
 * of the log, and xfs_repair is what brings them back.
 */
export const xfs: FileSystemFamily = {
  name: 'xfs',
  async probe(source, signal) {
    if (source.sizeBytes < SMALLEST_SECTOR_BYTES) return undefined;
    const start = await readStructure(source, 'superblock', 0, SMALLEST_SECTOR_BYTES, signal);
    if (!isOurs(start)) return undefined;
    const reading = readSuperblock(await readStructure(source, 'superblock', 0, sectorBytesOf(start), signal));
    if (reading.kind === 'foreign') return undefined;
    if (reading.kind === 'damaged') {
      const reason = `The superblock is damaged: ${reading.reason}. xfs_repair may bring back one of its copies.`;
      throw fileSystemDamaged('superblock', 0, reason);
    }
    const { superblock } = reading;
    return probeOf(source, superblock, await examineLog(source, superblock, signal));
  },
};
