/** Block maps answered from canned data: one that fills while a pretended backup runs, and those of images. */
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { implement } from '@orpc/server';
import { BLOCK_STATES, type BlockMap, type BlockMapEvent, type BlockState, contract } from '#contract';
import { fail } from './fixture-backup.ts';

const os = implement(contract);
const deflate = promisify(deflateRaw);
const GRID = 512 * 1024;
/** `--huge`: as many blocks as a volume can have. */
const BLOCKS = process.argv.includes('--huge') ? 2 * 1024 * 1024 : 400_000;
const STEP_MS = 100;
/** `--damaged`: no map of an image can be had. */
const IS_DAMAGED = process.argv.includes('--damaged');

const number = (state: BlockState): number => BLOCK_STATES.indexOf(state);

/** A number in [0, 1) that looks random and is the same each time. */
function noise(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
}

/** Regions as file systems have them: long used runs, free space towards the end. */
function usedBefore(): Uint8Array {
  const states = new Uint8Array(BLOCKS);
  for (let start = 0, run = 0; start < BLOCKS; run++) {
    const length = Math.ceil(BLOCKS * 0.0004 * (1 + 40 * noise(run) ** 4));
    const end = Math.min(BLOCKS, start + length);
    if (noise(run + 0.5) > start / BLOCKS) states.fill(number('used'), start, end);
    start = end;
  }
  return states;
}

function outcomeOf(block: number): BlockState {
  const region = noise(Math.floor(block / (BLOCKS / 900)));
  const own = noise(block);
  if (region > 0.997) return 'unreadable';
  if (region < 0.14) return own < 0.04 + region * 6 ? 'stored' : 'deduplicated';
  return region > 0.95 ? 'zero' : 'deduplicated';
}

async function encode(states: Uint8Array): Promise<BlockMap> {
  const packed = (await deflate(states)).toString('base64');
  return { sizeBytes: BLOCKS * GRID - 4096, gridBytes: GRID, blockCount: BLOCKS, states: packed };
}

async function* running(partOf: () => number | undefined, signal?: AbortSignal): AsyncGenerator<BlockMapEvent, void> {
  const states = usedBefore();
  const used = number('used');
  let done = 0;
  /** Reads on up to a block; what became of the blocks, as runs. */
  function read(end: number): number[] {
    const runs: number[] = [];
    for (; done < end; done++) {
      if (states[done] !== used) continue;
      const state = number(outcomeOf(done));
      states[done] = state;
      const last = runs.length - 3;
      if (last >= 0 && runs[last + 2] === state && (runs[last] ?? 0) + (runs[last + 1] ?? 0) === done) {
        runs[last + 1] = (runs[last + 1] ?? 0) + 1;
      } else runs.push(done, 1, state);
    }
    return runs;
  }
  read(Math.floor((partOf() ?? 1) * BLOCKS));
  yield { kind: 'whole', map: await encode(states) };
  while (!signal?.aborted) {
    await sleep(STEP_MS);
    const part = partOf();
    const runs = read(Math.floor((part ?? 1) * BLOCKS));
    if (runs.length > 30_000) yield { kind: 'whole', map: await encode(states) };
    else if (runs.length > 0) yield { kind: 'changes', runs };
    if (part === undefined) return;
  }
}

function statesOfImage(): Uint8Array {
  return usedBefore().map((state, block) => (state === 0 ? 0 : number(outcomeOf(block))));
}

function differenceOf(block: number, used: number): BlockState {
  const region = noise(Math.floor(block / (BLOCKS / 700)) + 7);
  if (used === 0) return region > 0.97 ? 'zero' : 'free';
  if (region > 0.9) return 'changed';
  return region < 0.05 ? 'stored' : 'unchanged';
}

async function compare(before: string, after: string) {
  const states = usedBefore().map((state, block) => number(differenceOf(block, state)));
  const bytes = (state: BlockState): number =>
    states.reduce((sum, each) => sum + (each === number(state) ? GRID : 0), 0);
  return {
    before,
    after,
    map: await encode(states),
    unchangedBytes: bytes('unchanged'),
    changedBytes: bytes('changed'),
    addedBytes: bytes('stored'),
    removedBytes: bytes('zero'),
    freeBytes: bytes('free') - 4096,
  };
}

/** `partOf`: how much of a task is done, 0 to 1; undefined when it has ended. */
export function blockAnswers(partOf: (taskId: string) => number | undefined = () => undefined) {
  return {
    ofImage: {
      blocks: os.images.blocks.handler(async () => {
        await sleep(500);
        if (IS_DAMAGED) fail('IMAGE_DAMAGED', { reason: 'volume.img and manifest.json disagree about the size' });
        return encode(statesOfImage());
      }),
      compare: os.images.compare.handler(async ({ input }) => {
        await sleep(700);
        if (IS_DAMAGED) fail('COMMAND_INVALID', { reason: 'The volume had different sizes at the two images.' });
        return compare(input.before, input.after);
      }),
    },
    ofTask: {
      blocks: os.tasks.blocks.handler(({ input, signal }) => running(() => partOf(input.taskId), signal)),
    },
  };
}
