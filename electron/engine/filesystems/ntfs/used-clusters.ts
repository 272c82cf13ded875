/**
 * The used extents of an NTFS file system: what `$Bitmap` marks, and what the file system itself lies in, whether it
 * is marked or not.
 */
import type { Extents } from '../../base/extents.ts';
import { fileSystemDamaged } from '../damage.ts';
import { GapMerger } from '../gap-merger.ts';
import { RunLane, sortedRuns, uniteExtents } from '../run-lane.ts';
import type { ByteSource, MapOptions } from '../types.ts';
import type { Geometry } from './boot-sector.ts';
import { ExpectUsed, forEachUsedRun } from './cluster-bitmap.ts';
import type { DataStream } from './data-stream.ts';
import { MIRRORED_RECORDS } from './mft.ts';
import { overlapOf } from './run-map.ts';

/** `$Boot`, the boot sector and the loader behind it, has at least sixteen sectors. */
const BOOT_BYTES = 8192;

/** Clusters of one of the file system's own files. */
interface OwnRun {
  structure: string;
  lcn: number;
  clusters: number;
}

/** What the map is made of. */
export interface MapParts {
  geometry: Geometry;
  bitmap: DataStream;
  /** `$MFT`, `$LogFile`. */
  streams: readonly DataStream[];
}

/** Clusters of the file system itself, sorted. Throws `FILESYSTEM_DAMAGED` where two files share some. */
function ownRuns({ geometry, bitmap, streams }: MapParts): OwnRun[] {
  const { clusterBytes, clusterCount, mftMirrorLcn, mftRecordBytes } = geometry;
  const clustersOf = (bytes: number) => Math.ceil(bytes / clusterBytes);
  const runs: OwnRun[] = [
    { structure: '$Boot', lcn: 0, clusters: Math.min(clusterCount, clustersOf(BOOT_BYTES)) },
    { structure: '$MFTMirr', lcn: mftMirrorLcn, clusters: clustersOf(MIRRORED_RECORDS * mftRecordBytes) },
  ];
  for (const { structure, runs: placed } of [...streams, bitmap]) {
    for (const { lcn, clusters } of placed) runs.push({ structure, lcn, clusters });
  }
  const shared = overlapOf(runs);
  if (shared !== undefined) {
    const [before, after] = shared;
    const reason = `${before.structure} and ${after.structure} both claim cluster ${after.lcn}.`;
    throw fileSystemDamaged(after.structure, after.lcn * clusterBytes, reason);
  }
  return runs.sort((a, b) => a.lcn - b.lcn);
}

/**
 * Adds what lies behind the last whole cluster: a rest of sectors, then the copy of the boot sector. Where the volume
 * is longer than that, its last sector too, because that is where Windows looks for the copy.
 */
function addBehindClusters(builder: GapMerger, geometry: Geometry, sizeBytes: number): void {
  const { clusterBytes, clusterCount, totalBytes, bytesPerSector } = geometry;
  const start = clusterCount * clusterBytes;
  const end = Math.min(totalBytes + bytesPerSector, sizeBytes);
  if (end > start) builder.add(start, end - start);
  const lastSector = Math.max(end, sizeBytes - bytesPerSector);
  if (sizeBytes > lastSector) builder.add(lastSector, sizeBytes - lastSector);
}

/**
 * Used extents of a file system that fits into the source, sorted, merged and clipped. Throws `FILESYSTEM_DAMAGED`
 * where the bitmap calls the file system's own clusters free; with `estimate` it is believed as it is, because it may
 * be changing under us, and the file system's own clusters are added.
 */
export async function usedClusters(
  source: ByteSource,
  parts: MapParts,
  signal: AbortSignal | undefined,
  options: MapOptions = {},
): Promise<{ extents: Extents; usedClusters: number }> {
  const { estimate = false, gapBytes = 0 } = options;
  const { geometry, bitmap } = parts;
  const { clusterBytes, clusterCount } = geometry;
  const own = ownRuns(parts);
  const expectation = new ExpectUsed(bitmap, estimate ? [] : own);
  const builder = new GapMerger(gapBytes);
  let used = 0;
  const eachRun = (first: number, clusters: number) => {
    used += clusters;
    expectation.used(first, clusters);
    builder.add(first * clusterBytes, clusters * clusterBytes);
  };
  await forEachUsedRun(bitmap, clusterCount, eachRun, signal);
  expectation.finish();
  addBehindClusters(builder, geometry, source.sizeBytes);
  const extents = builder.build();
  // Otherwise all of them were marked. The list may be long, so it is copied only where it must be.
  if (!estimate) return { extents, usedClusters: used };
  const lane = new RunLane();
  for (const { lcn, clusters } of own) lane.add(lcn * clusterBytes, clusters * clusterBytes);
  return { extents: uniteExtents(extents, sortedRuns([lane])), usedClusters: used };
}
