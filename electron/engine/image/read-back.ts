/** Read-back verification: the target's blocks, read from the medium, against the ids of the image. */
import { abortError, EngineError, isCancelled } from '../base/errors.ts';
import { type Device, ID_BYTES, native } from '../native.ts';
import { BLOCK_FREE, type ContentMap } from './content-map.ts';
import type { RunContext } from './run-context.ts';

const PROGRESS_INTERVAL_MS = 100;
/** Differing ranges that the error names. */
const MAX_NAMED_RANGES = 100;

/** Compares every block that is not free; resolves with the bytes verified, throws `TARGET_VERIFY_FAILED`. */
export async function readBack(
  options: { map: ContentMap; limitBytes: number; device: Device; target: string },
  context: RunContext,
): Promise<number> {
  const { map, limitBytes } = options;
  const blocks: number[] = [];
  let bytesTotal = 0;
  for (let i = 0; i < map.count; i++) {
    const end = map.starts[i + 1] ?? 0;
    if (map.states[i] === BLOCK_FREE || end > limitBytes) continue;
    blocks.push(i);
    bytesTotal += end - (map.starts[i] ?? 0);
  }
  const offsets = new Float64Array(blocks.length);
  const lengths = new Float64Array(blocks.length);
  const ids = new Uint8Array(blocks.length * ID_BYTES);
  blocks.forEach((block, row) => {
    offsets[row] = map.starts[block] ?? 0;
    lengths[row] = (map.starts[block + 1] ?? 0) - (map.starts[block] ?? 0);
    ids.set(map.ids.subarray(block * ID_BYTES, (block + 1) * ID_BYTES), row * ID_BYTES);
  });
  const verifier = native().verifyRanges({ device: options.device, offsets, lengths, ids });
  const onAbort = (): void => verifier.cancel();
  context.signal.addEventListener('abort', onAbort);
  const ticker = setInterval(() => {
    const { verifiedBytes } = verifier.progress();
    context.progress({ bytesDone: verifiedBytes, bytesTotal, readBytes: verifiedBytes, storedBytes: 0 });
  }, PROGRESS_INTERVAL_MS);
  try {
    if (context.signal.aborted) verifier.cancel();
    const different = await verifier.result;
    if (different.length === 0) return bytesTotal;
    const ranges = [...different.subarray(0, MAX_NAMED_RANGES)].map((row) => ({
      offsetBytes: offsets[row] ?? 0,
      lengthBytes: lengths[row] ?? 0,
    }));
    throw new EngineError('TARGET_VERIFY_FAILED', {
      target: options.target,
      ranges,
      reason: `${different.length} of ${blocks.length} blocks read back differently`,
      remedy: 'The medium does not keep what is written to it. Restore to another device.',
    });
  } catch (error) {
    if (context.signal.aborted && isCancelled(error)) throw abortError(context.signal);
    throw error;
  } finally {
    clearInterval(ticker);
    context.signal.removeEventListener('abort', onAbort);
  }
}
