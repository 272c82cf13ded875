/** Where a restore writes: a device, an existing file, or a file that it makes. */
import { open, stat, statfs, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EngineError, errnoOf } from '../base/errors.ts';
import { type Device, native } from '../native.ts';

/** An opened target; disposing closes it. */
export type OpenedTarget = { device: Device; path: string } & AsyncDisposable;

/** Opens a block device or an existing file, exclusively. Throws the `TARGET_…` codes. */
export async function openExistingTarget(path: string): Promise<OpenedTarget> {
  try {
    const isDevice = (await stat(path)).isBlockDevice();
    return openedTarget(native().openDevice(path, { write: true, exclusive: isDevice }), path);
  } catch (error) {
    throw openFailure(error, path);
  }
}

/**
 * Makes a file of `sizeBytes`, sparse. Fails where it exists, and where the file system has less than `neededBytes`
 * free. A file that could not be made whole is removed.
 */
export async function createTargetFile(path: string, sizeBytes: number, neededBytes: number): Promise<OpenedTarget> {
  try {
    const space = await statfs(dirname(path));
    const presentBytes = space.bavail * space.bsize;
    if (presentBytes < neededBytes) throw new EngineError('TARGET_FULL', { target: path, neededBytes, presentBytes });
    {
      await using file = await open(path, 'wx', 0o600);
      await file.truncate(sizeBytes).catch(async (error: unknown) => {
        await unlink(path);
        throw error;
      });
    }
    return openedTarget(native().openDevice(path, { write: true }), path);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw openFailure(error, path);
  }
}

function openedTarget(device: Device, path: string): OpenedTarget {
  return { device, path, [Symbol.asyncDispose]: async () => device.close() };
}

function openFailure(error: unknown, target: string): EngineError {
  const reason = error instanceof Error ? error.message : String(error);
  const details = { target, reason };
  switch (errnoOf(error)) {
    case 'ENOENT':
    case 'ENXIO':
    case 'ENODEV':
    case 'ENOMEDIUM':
    case 'ENOTDIR':
      return new EngineError('TARGET_NOT_FOUND', details, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new EngineError('TARGET_PERMISSION', details, { cause: error });
    case 'EROFS':
      return new EngineError('TARGET_READ_ONLY', details, { cause: error });
    case 'EBUSY':
    case 'EEXIST':
    case 'ETXTBSY':
      return new EngineError('TARGET_BUSY', details, { cause: error });
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new EngineError('TARGET_FULL', details, { cause: error });
    default:
      return new EngineError('TARGET_WRITE_FAILED', details, { cause: error });
  }
}
