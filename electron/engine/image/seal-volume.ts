/** The hot loop of a backup: lends pack buffers to the sealer and writes what comes back. */
import { abortError, EngineError, errnoOf, isCancelled, isDeviceGone, throwIfCancelled } from '../base/errors.ts';
import type { Extents } from '../base/extents.ts';
import { type Device, native, type Sealer, type SealerSummary } from '../native.ts';
import type { Repository } from '../repository/types.ts';
import type { RunContext } from './run-context.ts';

/** Bytes of a pack buffer. restic accepts packs up to 128 MiB; larger packs mean fewer fsyncs and more memory. */
export const PACK_BYTES = 32 * 1024 * 1024;
/** One being filled, one being written, one in reserve. */
const POOL_BUFFERS = 3;
const PROGRESS_INTERVAL_MS = 100;
/** Finished packs are indexed at least this often, so that a killed run resumes near where it was. */
const INDEX_INTERVAL_MS = 30_000;

export interface SealVolumeOptions {
  repository: Repository;
  device: Device;
  volumeName: string;
  sizeBytes: number;
  extents: Extents;
  gridBytes: number;
  compressionLevel: number;
  /** Default: the number of processors. */
  threads?: number | undefined;
  /** Monotonic milliseconds. */
  now: () => number;
}

/**
 * Reads, hashes, compresses, encrypts and stores a volume; resolves when every byte is accounted for and every pack
 * is durable. On failure and cancel the packs so far are indexed where possible, so that the next run finds them.
 */
export async function sealVolume(options: SealVolumeOptions, context: RunContext): Promise<SealerSummary> {
  const index = await options.repository.index(context.signal);
  throwIfCancelled(context.signal);
  const sealer = native().createSealer({
    device: options.device,
    sizeBytes: options.sizeBytes,
    extents: options.extents,
    gridBytes: options.gridBytes,
    key: options.repository.masterKey,
    zstdLevel: options.compressionLevel,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    knownIds: index.dataIds(),
    selfCheck: false,
  });
  const onAbort = (): void => sealer.cancel();
  context.signal.addEventListener('abort', onAbort);
  const ticker = setInterval(() => reportProgress(sealer, options.sizeBytes, context), PROGRESS_INTERVAL_MS);
  try {
    // An abort between the check above and the listener would otherwise be missed.
    if (context.signal.aborted) sealer.cancel();
    await runPool(sealer, options);
    reportProgress(sealer, options.sizeBytes, context);
    return sealer.finish();
  } catch (error) {
    throw explainReadFailure(error, options.volumeName, context.signal);
  } finally {
    clearInterval(ticker);
    context.signal.removeEventListener('abort', onAbort);
    sealer.close();
  }
}

async function runPool(sealer: Sealer, options: SealVolumeOptions): Promise<void> {
  const bufferBytes = Math.max(PACK_BYTES, options.gridBytes * 2);
  const buffers = Math.min(POOL_BUFFERS, Math.ceil(options.sizeBytes / bufferBytes) + 1);
  let failure: unknown;
  let indexedAt = options.now();
  const worker = async (): Promise<void> => {
    const buffer = new Uint8Array(bufferBytes);
    while (failure === undefined) {
      const pack = await sealer.fillPack(buffer);
      if (!pack) return;
      await options.repository.savePack(pack, buffer.subarray(0, pack.lengthBytes));
      if (options.now() - indexedAt > INDEX_INTERVAL_MS) {
        indexedAt = options.now();
        await options.repository.flush();
      }
    }
  };
  const workers = Array.from({ length: buffers }, () =>
    worker().catch((error: unknown) => {
      // The first failure is the cause; the others are its echo.
      failure ??= error;
      sealer.cancel();
    }),
  );
  await Promise.all(workers);
  if (failure !== undefined) {
    await options.repository.flush().catch(() => undefined);
    throw failure;
  }
}

function reportProgress(sealer: Sealer, sizeBytes: number, context: RunContext): void {
  const progress = sealer.progress();
  context.progress({
    bytesDone: progress.doneBytes,
    bytesTotal: sizeBytes,
    readBytes: progress.readBytes,
    storedBytes: progress.storedBytes,
    current: { offsetBytes: progress.currentOffset, lengthBytes: 0 },
  });
}

function explainReadFailure(error: unknown, volume: string, signal: AbortSignal): unknown {
  if (signal.aborted && isCancelled(error)) return abortError(signal);
  if (error instanceof EngineError) return error;
  const errno = errnoOf(error);
  if (errno && (isDeviceGone(errno) || errno === 'EBADF')) return vanished(volume, errno, error);
  return error;
}

/** The device went away while it was read. */
export function vanished(volume: string, reason: string, cause: unknown): EngineError {
  return new EngineError(
    'VOLUME_VANISHED',
    { volume, reason, remedy: 'Connect the device again and repeat the backup; what was stored is used again.' },
    { cause },
  );
}
