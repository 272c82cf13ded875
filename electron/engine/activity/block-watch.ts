/** Follows the block map of running work for one reader. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BlockMapEvent } from '#contract';
import { type BlockSource, type BlockStates, encodeBlockMap } from '../base/block-map.ts';

/** Shortest time between two events of one reader. */
const INTERVAL_MS = 100;
/** Fewer numbers are always sent as they are; for more it is worth finding out whether the whole map is shorter. */
const FEW_NUMBERS = 1500;

/**
 * The whole map first, then what changed since the event before, until `ended` resolves (its last state is sent) or
 * `signal` aborts. A reader that is slow is sent the difference to what it was sent last, however much happened
 * meanwhile: it holds two maps, and nothing is computed until it asks.
 */
export async function* watchBlocks(
  source: BlockSource,
  ended: Promise<void>,
  signal?: AbortSignal,
): AsyncGenerator<BlockMapEvent, void> {
  const end = new AbortController();
  void ended.then(() => end.abort());
  const wake = signal === undefined ? end.signal : AbortSignal.any([end.signal, signal]);
  let sent = new Uint8Array(source.blockCount);
  let now = new Uint8Array(source.blockCount);
  source.read(sent);
  yield { kind: 'whole', map: await encodeBlockMap(source, sent) };
  for (let over = false; !over; ) {
    // Waking up early is what `wake` is for.
    await sleep(INTERVAL_MS, undefined, { signal: wake, ref: false }).catch(() => undefined);
    if (signal?.aborted) return;
    over = end.signal.aborted;
    source.read(now);
    const runs = changedRuns(sent, now);
    if (runs.length === 0) continue;
    yield await shorter(runs, source, now);
    [sent, now] = [now, sent];
  }
}

/** What differs, as triples: first block, number of blocks, state. */
export function changedRuns(before: BlockStates, after: BlockStates): number[] {
  const runs: number[] = [];
  const count = after.length;
  // Most of a map stays as it is: eight blocks are compared at once.
  const words = Math.floor(count / 8);
  const a = new BigUint64Array(before.buffer, before.byteOffset, words);
  const b = new BigUint64Array(after.buffer, after.byteOffset, words);
  let block = 0;
  while (block < count) {
    if (block % 8 === 0) {
      let word = block / 8;
      while (word < words && a[word] === b[word]) word++;
      block = word * 8;
      if (block >= count) break;
    }
    const state = after[block] ?? 0;
    if (state === before[block]) {
      block++;
      continue;
    }
    const first = block;
    while (block < count && after[block] === state && before[block] !== state) block++;
    runs.push(first, block - first, state);
  }
  return runs;
}

async function shorter(runs: number[], source: BlockSource, states: BlockStates): Promise<BlockMapEvent> {
  if (runs.length > FEW_NUMBERS) {
    const map = await encodeBlockMap(source, states);
    if (map.states.length < jsonBytes(runs)) return { kind: 'whole', map };
  }
  return { kind: 'changes', runs };
}

function jsonBytes(numbers: readonly number[]): number {
  let bytes = 0;
  for (const value of numbers) bytes += value < 10 ? 2 : Math.floor(Math.log10(value)) + 2;
  return bytes;
}
