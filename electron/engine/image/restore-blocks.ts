/** The hot loop of a restore: fetch pack ranges ahead, let native open, check and write them. */
import { EngineError, isCancelled, throwIfCancelled } from '../base/errors.ts';
import { type Device, native } from '../native.ts';
import type { BlobIndex, Repository } from '../repository/types.ts';
import { BLOCK_DATA, type ContentMap } from './content-map.ts';
import { type PackFetch, planFetches } from './restore-queue.ts';
import type { RunContext } from './run-context.ts';
import type { WrittenRanges } from './written-ranges.ts';

/** Fetches under way at once: one being read, one being opened, one in reserve. */
const FETCHES_AHEAD = 3;
const PROGRESS_INTERVAL_MS = 100;

export interface WriteBlocksOptions {
  repository: Repository;
  index: BlobIndex;
  map: ContentMap;
  /** Blocks that end above this are left out. */
  limitBytes: number;
  device: Device;
  written: WrittenRanges;
}

/** Writes every data block; resolves with the bytes written. Each blob was checked against its id on the way. */
export async function writeBlocks(options: WriteBlocksOptions, context: RunContext): Promise<number> {
  const fetches = planFetches(options.map, options.index, options.limitBytes);
  const bytesTotal = dataBytes(options.map, options.limitBytes);
  const opener = native().createOpener({ device: options.device, key: options.repository.masterKey });
  const onAbort = (): void => opener.cancel();
  context.signal.addEventListener('abort', onAbort);
  const report = (): void => {
    const { writtenBytes, unchangedBytes } = opener.progress();
    const done = writtenBytes + unchangedBytes;
    context.progress({ bytesDone: done, bytesTotal, readBytes: done, storedBytes: writtenBytes });
  };
  const ticker = setInterval(report, PROGRESS_INTERVAL_MS);
  let failure: unknown;
  let next = 0;
  const worker = async (): Promise<void> => {
    let buffer = new Uint8Array(0);
    while (failure === undefined && !context.signal.aborted) {
      const fetch = fetches[next++]?.();
      if (!fetch) return;
      if (buffer.length < fetch.lengthBytes) buffer = new Uint8Array(fetch.lengthBytes);
      const bytes = buffer.subarray(0, fetch.lengthBytes);
      await options.repository.readPackRange(fetch.packId, fetch.offsetBytes, bytes, context.signal);
      for (const destination of fetch.tasks.destinations) options.written.markAt(destination);
      await opener.openBlobs(bytes, fetch.tasks).catch((error: unknown) => {
        throw nameDamagedPack(error, fetch);
      });
    }
  };
  try {
    await Promise.all(
      Array.from({ length: Math.min(FETCHES_AHEAD, fetches.length) }, () =>
        worker().catch((error: unknown) => {
          failure ??= error;
          opener.cancel();
        }),
      ),
    );
    if (failure !== undefined && !(context.signal.aborted && isCancelled(failure))) throw failure;
    throwIfCancelled(context.signal);
    report();
    return bytesTotal;
  } finally {
    clearInterval(ticker);
    context.signal.removeEventListener('abort', onAbort);
    opener.close();
  }
}

function nameDamagedPack(error: unknown, fetch: PackFetch): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'BLOB_DAMAGED') return error;
  const blob = 'blobId' in error && typeof error.blobId === 'string' ? error.blobId : '';
  const reason = `pack ${fetch.packId}: blob ${blob} does not match its id`;
  return new EngineError('REPOSITORY_DAMAGED', { kind: 'pack', file: fetch.packId, blob, reason }, { cause: error });
}

function dataBytes(map: ContentMap, limitBytes: number): number {
  let sum = 0;
  for (let i = 0; i < map.count; i++) {
    const end = map.starts[i + 1] ?? 0;
    if (map.states[i] === BLOCK_DATA && end <= limitBytes) sum += end - (map.starts[i] ?? 0);
  }
  return sum;
}
