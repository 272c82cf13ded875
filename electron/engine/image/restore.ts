/** Writing an image onto a target: preflight, free space, data, flush, read-back. */
import type { FreeSpaceHandling, ImageSummary, RestoreResult } from '#contract';
import {
  abortError,
  EngineError,
  errnoOf,
  isCancelled,
  isDeviceGone,
  throwIfCancelled,
  toEngineError,
} from '../base/errors.ts';
import type { Device } from '../native.ts';
import type { Ports } from '../ports.ts';
import type { Repository, RepositoryLock } from '../repository/types.ts';
import { BLOCK_FREE, BLOCK_ZERO, buildContentMap, bytesInState, type ContentMap, forEachRun } from './content-map.ts';
import { openStoredImage } from './image-list.ts';
import { checkReadable } from './preflight.ts';
import { readBack } from './read-back.ts';
import { writeBlocks } from './restore-blocks.ts';
import { keepWarnings, type RunContext } from './run-context.ts';
import { WrittenRanges } from './written-ranges.ts';

export interface RestoreSettings {
  freeSpace: FreeSpaceHandling;
  /** Read back and compare after writing. */
  verify: boolean;
  /** The target may be smaller when every used block fits. */
  allowSmaller: boolean;
}

export interface RestoreDependencies {
  ports: Ports;
  repository: Repository;
  /**
   * Opens the target exclusively for writing, after the image was found readable; makes the file for
   * `-imagetofile`. Throws the `TARGET_…` codes.
   */
  openTarget(sizeBytes: number): Promise<{ device: Device; path: string } & AsyncDisposable>;
}

/**
 * Restores `image` to the target named `target`. Nothing is written before the repository was found readable. A failure
 * after the first write carries `written`: every range that may have been touched.
 */
export async function restoreImage(
  image: ImageSummary,
  target: string,
  settings: RestoreSettings,
  dependencies: RestoreDependencies,
  context: RunContext,
): Promise<RestoreResult> {
  const { ports, repository } = dependencies;
  const started = ports.clock.monotonic();
  const seconds = (): number => (ports.clock.monotonic() - started) / 1000;

  const warnings: string[] = [];
  const kept = keepWarnings(context, warnings);
  context.phase('plan');
  await using lock = await lockIfPossible(repository, kept);
  const signal = lock ? AbortSignal.any([context.signal, lock.lost]) : context.signal;
  const run: RunContext = { ...kept, signal };
  const index = await repository.reloadIndex(signal);
  await repository.reconcilePacks({ adopt: false }, signal);
  const stored = await openStoredImage(repository, image.id);
  const map = buildContentMap(stored, index);
  await checkReadable(repository, map, index, ports.random, signal);
  throwIfCancelled(signal);

  await using opened = await dependencies.openTarget(map.sizeBytes);
  const { device } = opened;
  const limitBytes = Math.min(map.sizeBytes, device.facts().sizeBytes);
  assertFits(map, limitBytes, target, settings.allowSmaller);

  const written = new WrittenRanges(map.starts);
  const result: RestoreResult = {
    kind: 'restore',
    imageId: image.id,
    target,
    writtenBytes: 0,
    skippedBytes: 0,
    discardedBytes: 0,
    zeroedBytes: 0,
    verifiedBytes: 0,
    writeSeconds: 0,
    verifySeconds: 0,
    elapsedSeconds: 0,
    warnings,
    nextSteps: nextSteps(image),
  };
  try {
    context.phase('write');
    await prepareFreeSpace(map, limitBytes, device, settings, written, result, run);
    result.writtenBytes = await writeBlocks({ repository, index, map, limitBytes, device, written }, run);
    await device.flush();
    result.writeSeconds = seconds();
    if (settings.verify) {
      context.phase('verify');
      const verifyFrom = seconds();
      result.verifiedBytes = await readBack({ map, limitBytes, device, target }, run);
      result.verifySeconds = seconds() - verifyFrom;
    }
  } catch (error) {
    throw explainWriteFailure(error, target, written, signal);
  }
  result.elapsedSeconds = seconds();
  return result;
}

/** Every block that is not free must lie on the target whole. */
function assertFits(map: ContentMap, limitBytes: number, target: string, allowSmaller: boolean): void {
  if (limitBytes >= map.sizeBytes) return;
  const details = { target, neededBytes: map.sizeBytes, presentBytes: limitBytes };
  if (!allowSmaller) throw new EngineError('TARGET_TOO_SMALL', details);
  const usedEnd = usedEndBytes(map);
  if (usedEnd > limitBytes) throw new EngineError('TARGET_TOO_SMALL', { ...details, neededBytes: usedEnd });
}

/** End of the last block that is not free, bytes. */
export function usedEndBytes(map: ContentMap): number {
  for (let i = map.count - 1; i >= 0; i--) {
    if (map.states[i] !== BLOCK_FREE) return map.starts[i + 1] ?? 0;
  }
  return 0;
}

async function prepareFreeSpace(
  map: ContentMap,
  limitBytes: number,
  device: Device,
  settings: RestoreSettings,
  written: WrittenRanges,
  result: RestoreResult,
  { signal, warn }: RunContext,
): Promise<void> {
  if (settings.freeSpace === 'skip') {
    result.skippedBytes = bytesInState(map, BLOCK_FREE);
  } else {
    for (const [offset, length] of runsOf(map, BLOCK_FREE, limitBytes)) {
      throwIfCancelled(signal);
      written.markRange(offset, length);
      const discarded = settings.freeSpace === 'discard' && (await device.discard(offset, length));
      if (discarded) result.discardedBytes += length;
      else if (settings.freeSpace === 'discard') result.skippedBytes += length;
      else {
        await device.zeroOut(offset, length);
        result.zeroedBytes += length;
      }
    }
    if (settings.freeSpace === 'discard' && result.discardedBytes === 0 && result.skippedBytes > 0) {
      warn('The target does not support discard; its free space was left as it was.', 'target');
    }
  }
  // Zeros that belong to the file system must be zeros, whatever happens to free space.
  for (const [offset, length] of runsOf(map, BLOCK_ZERO, limitBytes)) {
    throwIfCancelled(signal);
    written.markRange(offset, length);
    await device.zeroOut(offset, length);
    result.zeroedBytes += length;
  }
}

function runsOf(map: ContentMap, state: number, limitBytes: number): [number, number][] {
  const runs: [number, number][] = [];
  forEachRun(map, state, (offset, length) => {
    const clipped = Math.min(length, limitBytes - offset);
    if (clipped > 0) runs.push([offset, clipped]);
  });
  return runs;
}

/** A repository that is full or read-only must still give its images back: then the restore goes on without a lock. */
async function lockIfPossible(repository: Repository, context: RunContext): Promise<RepositoryLock | undefined> {
  try {
    return await repository.lock(false, context.signal);
  } catch (error) {
    const cannotWrite =
      error instanceof EngineError && ['REPOSITORY_FULL', 'REPOSITORY_PERMISSION'].includes(error.code);
    if (!cannotWrite) throw error;
    context.warn(
      'The repository cannot be written to, so it was read without a lock: do not prune it meanwhile.',
      'noLock',
    );
    return undefined;
  }
}

function nextSteps(image: ImageSummary): string[] {
  if (image.origin === 'restic')
    return ['Check the file system before you mount it: restic does not say how consistent the image is.'];
  if (image.consistency === 'fuzzy') {
    return [`This is a dynamic image: run fsck on the ${image.fsType} file system before you mount it.`];
  }
  if (image.consistency === 'crash') {
    return [
      'The file system was not cleanly unmounted when the image was taken; its journal is replayed at the first mount.',
    ];
  }
  return [];
}

function explainWriteFailure(error: unknown, target: string, written: WrittenRanges, signal: AbortSignal): EngineError {
  const ranges = written.ranges();
  const details = {
    target,
    written: ranges,
    ...(ranges.length > 0 ? { leftBehind: [`${target} is partly overwritten.`] } : {}),
  };
  if (signal.aborted && isCancelled(error)) {
    const reason = abortError(signal);
    return new EngineError(reason.code, { ...reason.details, ...details }, { cause: error });
  }
  if (error instanceof EngineError)
    return new EngineError(error.code, { ...error.details, ...details }, { cause: error });
  const errno = errnoOf(error);
  const reason = error instanceof Error ? error.message : String(error);
  if (errno === 'BLOB_DAMAGED') return new EngineError('REPOSITORY_DAMAGED', { ...details, reason }, { cause: error });
  if (errno === 'ENOSPC' || errno === 'EDQUOT')
    return new EngineError('TARGET_FULL', { ...details, reason }, { cause: error });
  if (errno === 'EROFS' || errno === 'EACCES' || errno === 'EPERM') {
    return new EngineError('TARGET_READ_ONLY', { ...details, reason }, { cause: error });
  }
  if (errno) {
    const gone = isDeviceGone(errno) ? 'The device went away. ' : '';
    return new EngineError('TARGET_WRITE_FAILED', { ...details, reason: `${gone}${reason}` }, { cause: error });
  }
  const wrapped = toEngineError(error);
  return new EngineError(wrapped.code, { ...wrapped.details, ...details }, { cause: error });
}
