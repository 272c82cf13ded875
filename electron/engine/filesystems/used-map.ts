/** From a volume's bytes to the runs that an image reads, with the rules for reading everything instead. */
import { stat } from 'node:fs/promises';
import type { ByteRange, FileSystemFacts, UsedMapSummary } from '#contract';
import { byteWords } from '../base/byte-words.ts';
import { EngineError, errnoOf } from '../base/errors.ts';
import { type Extents, extentBytes, mergeGaps, wholeVolume } from '../base/extents.ts';
import { openDeviceSource } from './device-source.ts';
import { probeFileSystem } from './registry.ts';
import { uniteExtents } from './run-lane.ts';
import { type FileSource, openFileSource } from './source.ts';
import type { ByteSource, Probe } from './types.ts';
import { rawFacts } from './whole-volume.ts';

/** What lies behind the file system is worth a sentence from this length on. */
const LARGE_TAIL_BYTES = 1024 * 1024;

export interface UsedMapOptions {
  /** `imagegapsize` in bytes: unused runs up to this length are read along; 0 = read everything. */
  gapBytes: number;
  /** Image a damaged file system whole instead of refusing. */
  allowRaw?: boolean | undefined;
  /** For a plan of a volume that is mounted and will be made read-only first (`MapOptions.estimate`). */
  estimate?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

export interface UsedMap {
  /** Absent where nothing known is on the volume. */
  probe?: Probe;
  /** What an image reads: sorted, merged over the gaps, inside the volume. */
  extents: Extents;
  /** Describes `extents`. */
  summary: UsedMapSummary;
  /** `type` is `raw` where nothing is known. */
  facts: FileSystemFacts;
}

/** What lies between the runs and behind the last one. */
function skippedBy(
  extents: Extents,
  sizeBytes: number,
): Pick<UsedMapSummary, 'skippedCount' | 'skippedBytes' | 'largestGap'> {
  let skippedCount = 0;
  let skippedBytes = 0;
  let largestGap: ByteRange | undefined;
  let end = 0;
  for (let i = 0; i <= extents.length; i += 2) {
    const next = extents[i] ?? sizeBytes;
    const lengthBytes = next - end;
    if (lengthBytes > 0) {
      skippedCount += 1;
      skippedBytes += lengthBytes;
      if (lengthBytes > (largestGap?.lengthBytes ?? 0)) largestGap = { offsetBytes: end, lengthBytes };
    }
    end = next + (extents[i + 1] ?? 0);
  }
  return { skippedCount, skippedBytes, ...(largestGap ? { largestGap } : {}) };
}

function summarise(
  mode: UsedMapSummary['mode'],
  warnings: string[],
  extents: Extents,
  sizeBytes: number,
): UsedMapSummary {
  return {
    mode,
    warnings,
    extentCount: extents.length / 2,
    usedBytes: extentBytes(extents),
    ...skippedBy(extents, sizeBytes),
  };
}

function reasonOf(error: EngineError): string {
  const { reason } = error.details;
  return typeof reason === 'string' ? reason : error.message;
}

/**
 * What lies behind the file system belongs to no file of it, but not to nobody: hash trees of dm-verity, the footer of
 * an encrypted volume, metadata of a RAID. Nothing on the volume says that it is unused, so all of it is read.
 */
function withTail(used: Extents, facts: FileSystemFacts, sizeBytes: number, warnings: string[]): Extents {
  const tail = sizeBytes - facts.totalBytes;
  const [lastOffset = 0, lastBytes = 0] = used.subarray(-2);
  const isRead = lastOffset <= facts.totalBytes && lastOffset + lastBytes >= sizeBytes;
  if (tail <= 0 || isRead) return used;
  if (tail >= LARGE_TAIL_BYTES) {
    warnings.push(
      `The file system ends ${byteWords(tail)} before the volume does; what lies behind it may belong to something else, so it is read as well.`,
    );
  }
  return uniteExtents(used, Float64Array.of(facts.totalBytes, tail));
}

/**
 * Probes the volume and reads its used extents. Everything is read where nothing is known, or where the map would be a
 * guess (`FILESYSTEM_UNSUPPORTED`), or where the structures that tell cannot be read off the medium; each becomes a
 * warning. Throws `FILESYSTEM_DAMAGED` unless `allowRaw` or `gapBytes` 0,
 * `VOLUME_VANISHED`, `CANCELLED`, and the system's error where reading fails.
 */
export async function readUsedMap(source: ByteSource, options: UsedMapOptions): Promise<UsedMap> {
  const { gapBytes, allowRaw, estimate, signal } = options;
  const { sizeBytes } = source;
  const warnings: string[] = [];
  let probe: Probe | undefined;

  const whole = (): UsedMap => {
    const extents = wholeVolume(sizeBytes);
    const summary = summarise('raw', warnings, extents, sizeBytes);
    return { ...(probe ? { probe } : {}), extents, summary, facts: probe?.facts ?? rawFacts(sizeBytes) };
  };

  try {
    probe = await probeFileSystem(source, signal);
    if (probe === undefined) {
      return whole();
    }
    if (gapBytes === 0) {
      warnings.push(...probe.warnings);
      return whole();
    }
    const found = await probe.usedExtents(signal, { estimate, gapBytes }).finally(() => {
      // Some things show only while the map is read: copies that differ, bad clusters.
      if (probe) warnings.push(...probe.warnings);
    });
    const used = withTail(found, probe.facts, sizeBytes, warnings);
    const extents = mergeGaps(used, gapBytes, sizeBytes);
    return { probe, extents, summary: summarise('used', warnings, extents, sizeBytes), facts: probe.facts };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.code === 'FILESYSTEM_DAMAGED' && error.details.unreadable === true) {
      warnings.push(`${reasonOf(error)} What is in use is not known, so the whole volume is read.`);
      return whole();
    }
    if (error.code === 'FILESYSTEM_UNSUPPORTED') {
      warnings.push(reasonOf(error));
      return whole();
    }
    // With a gap size of 0 everything is read anyway.
    if (error.code === 'FILESYSTEM_DAMAGED' && (allowRaw === true || gapBytes === 0)) {
      warnings.push(`The file system is damaged, so the whole volume is read as it is: ${reasonOf(error)}`);
      return whole();
    }
    throw error;
  }
}

/** `readUsedMap` of a device or file by its path; `sizeBytes` where it is known. Also throws `VOLUME_NOT_FOUND`, `VOLUME_PERMISSION`. */
export async function readUsedMapOf(
  path: string,
  options: UsedMapOptions & { sizeBytes?: number | undefined },
): Promise<UsedMap> {
  await using source = await openVolume(path, options.sizeBytes);
  return await readUsedMap(source, options).catch((error: unknown) => {
    if (!(error instanceof EngineError) || error.details.volume !== undefined) throw error;
    throw new EngineError(error.code, { volume: path, ...error.details }, { cause: error });
  });
}

async function openVolume(path: string, sizeBytes: number | undefined): Promise<FileSource> {
  try {
    const isDevice = (await stat(path)).isBlockDevice();
    return isDevice ? await openDeviceSource(path, sizeBytes) : await openFileSource(path, sizeBytes);
  } catch (error) {
    const errno = errnoOf(error);
    const reason = `${path} cannot be opened (${errno}).`;
    if (errno === 'EACCES' || errno === 'EPERM') {
      throw new EngineError('VOLUME_PERMISSION', { volume: path, reason }, { cause: error });
    }
    if (errno === 'ENOENT' || errno === 'ENXIO' || errno === 'ENODEV' || errno === 'ENOMEDIUM') {
      throw new EngineError('VOLUME_NOT_FOUND', { volume: path, reason }, { cause: error });
    }
    throw error;
  }
}
