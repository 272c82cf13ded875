/** The exFAT family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFacts } from '#contract';
import { EngineError } from '../../base/errors.ts';
import type { ByteSource, FileSystemFamily, Probe } from '../types.ts';
import { longerThanVolume, mapIsAGuess, wholeBecause } from '../whole-volume.ts';
import { type BootRegion, type BootSector, readBootRegion, VOLUME_FLAGS } from './boot-region.ts';
import { freeClusters } from './free-clusters.ts';
import { type RootDirectory, readRootDirectory, readWholeRootDirectory } from './root-directory.ts';
import { usedClusters } from './used-clusters.ts';

const KNOWN_FLAGS = Object.values(VOLUME_FLAGS).reduce<number>((all, flag) => all | flag, 0);
const KNOWN_MAJOR = 1;
/** The entries that describe the volume are the first of the root directory. */
const MOST_ROOT_BYTES = 64 * 1024;

/** The start of the root directory and the free clusters; as much as can be had, because the map says what is wrong. */
async function glance(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): Promise<{ label: string; free: number }> {
  let root: RootDirectory | undefined;
  try {
    root = await readRootDirectory(source, boot, MOST_ROOT_BYTES, signal);
    return { label: root.label, free: await freeClusters(source, boot, root, signal) };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'FILESYSTEM_DAMAGED') throw error;
    return { label: root?.label ?? '', free: await freeClusters(source, boot, undefined, signal) };
  }
}

function stateOf(flags: number): FileSystemFacts['state'] {
  if ((flags & VOLUME_FLAGS.mediaFailure) !== 0) return 'errors';
  return (flags & VOLUME_FLAGS.volumeDirty) !== 0 ? 'dirty' : 'clean';
}

async function factsOf(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): Promise<FileSystemFacts> {
  const { label, free } = await glance(source, boot, signal);
  const freeBytes = free * boot.clusterBytes;
  return {
    type: 'exfat',
    version: `${boot.revisionMajor}.${boot.revisionMinor}`,
    label,
    uuid: boot.uuid,
    blockSizeBytes: boot.clusterBytes,
    totalBytes: boot.totalBytes,
    usedBytes: boot.totalBytes - freeBytes,
    freeBytes,
    features: boot.tableCount === 2 ? ['TexFAT'] : [],
    state: stateOf(boot.flags),
  };
}

/** Why the bitmap cannot be read as a map at all, one English sentence; `undefined`: it can. */
function whyNoLayout({ boot }: BootRegion, facts: FileSystemFacts, sizeBytes: number): string | undefined {
  if (boot.revisionMajor !== KNOWN_MAJOR) {
    return `The file system is of revision ${facts.version} of exFAT, whose cluster usage is not known here.`;
  }
  const longer = longerThanVolume(facts, sizeBytes);
  if (longer !== undefined) return longer;
  // Its changes become valid when the active FAT is switched; which of the bitmaps is true then is Windows CE's matter.
  if (boot.tableCount === 2 || (boot.flags & VOLUME_FLAGS.activeFat) !== 0) {
    return wholeBecause('The file system keeps two FATs and two allocation bitmaps (TexFAT)', facts, sizeBytes);
  }
  const unknown = boot.flags & ~KNOWN_FLAGS;
  if (unknown !== 0) {
    return wholeBecause(`The file system has unknown volume flags (0x${unknown.toString(16)})`, facts, sizeBytes);
  }
  return undefined;
}

/**
 * Why the bitmap may be wrong, one English sentence; `undefined`: it is right. exFAT has no journal, and drivers write
 * bitmap, FAT, directories and data in any order while the volume is dirty.
 */
function whyDoubtful(facts: FileSystemFacts, sizeBytes: number): string | undefined {
  if (facts.state === 'dirty') {
    const cause =
      'The file system is in use or was not unmounted cleanly (run fsck.exfat), and its allocation bitmap may be older than its files';
    return wholeBecause(cause, facts, sizeBytes);
  }
  if (facts.state === 'errors') {
    const cause =
      'The file system is marked as having met failures of the medium (run fsck.exfat), and its allocation bitmap may be wrong';
    return wholeBecause(cause, facts, sizeBytes);
  }
  return undefined;
}

/** exFAT. */
export const exfat: FileSystemFamily = {
  name: 'exfat',
  async probe(source, signal): Promise<Probe | undefined> {
    const region = await readBootRegion(source, signal);
    if (region === undefined) return undefined;
    const { boot } = region;
    const facts = await factsOf(source, boot, signal);
    const impossible = whyNoLayout(region, facts, source.sizeBytes);
    const doubtful = whyDoubtful(facts, source.sizeBytes);
    return {
      facts,
      warnings: [...region.warnings],
      async usedExtents(signal, options) {
        if (impossible !== undefined) throw mapIsAGuess(impossible, facts.features);
        const waits = options?.estimate === true && facts.state === 'dirty';
        if (doubtful !== undefined && !waits) throw mapIsAGuess(doubtful);
        const root = await readWholeRootDirectory(source, boot, signal);
        if (root.unknownCritical.length > 0) {
          const names = root.unknownCritical.join(', ');
          const cause = `The root directory has entries of unknown critical types (${names})`;
          throw mapIsAGuess(wholeBecause(cause, facts, source.sizeBytes), root.unknownCritical);
        }
        return await usedClusters(source, boot, root, signal, options);
      },
    };
  },
};
