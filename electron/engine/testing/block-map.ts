/** Maps of used blocks, for comparing ours with what other programs say. */
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Extents } from '../base/extents.ts';
import { runProgram } from './run-program.ts';

/** One byte a block: 1 = in use. */
export type BlockMap = Uint8Array;

/** Our extents as a map of whole blocks; a block of which any byte is in the extents counts. */
export function toBlockMap(extents: Extents, blockBytes: number, blockCount: number): BlockMap {
  const map = new Uint8Array(blockCount);
  for (let at = 0; at < extents.length; at += 2) {
    const start = extents[at] ?? 0;
    const end = start + (extents[at + 1] ?? 0);
    map.fill(1, Math.floor(start / blockBytes), Math.ceil(end / blockBytes));
  }
  return map;
}

/**
 * The domain map that `partclone.<type> -D` writes of a file or device: lines of position, size and `+` for used.
 * `path` is only read; `mapPath` and `mapPath`.log are written.
 */
export async function partcloneMap(type: string, path: string, mapPath: string, blockBytes: number): Promise<BlockMap> {
  await runProgram(`partclone.${type}`, ['-D', '-s', path, '-O', mapPath, '-L', `${mapPath}.log`]);
  const runs = [...(await readFile(mapPath, 'utf8')).matchAll(/^(0x[0-9A-F]+)\s+(0x[0-9A-F]+)\s+([+?])$/gim)];
  const last = runs.at(-1);
  const map = new Uint8Array(Math.ceil((Number(last?.[1] ?? 0) + Number(last?.[2] ?? 0)) / blockBytes));
  for (const [, position, size, state] of runs) {
    if (state !== '+') continue;
    const start = Number(position);
    map.fill(1, Math.floor(start / blockBytes), Math.ceil((start + Number(size)) / blockBytes));
  }
  return map;
}

/** Blocks on which two maps differ, at most the first ten, for messages. */
export function differences(ours: BlockMap, theirs: BlockMap): string[] {
  const found: string[] = [];
  for (let block = 0; block < Math.max(ours.length, theirs.length) && found.length < 10; block++) {
    if (ours[block] !== theirs[block]) found.push(`block ${block}: ours ${ours[block]}, theirs ${theirs[block]}`);
  }
  return found;
}

/** How far we go beyond the judge. */
export interface Excess {
  /** Blocks that only we count as used. */
  blocks: number;
  /** Their share of what the judge counts as used. */
  share: number;
}

/**
 * Fails where the judge counts a block as used that we do not (nothing may ever be left out); returns what we read
 * beyond it, for the caller to bound and explain.
 */
export function expectNothingMissing(ours: BlockMap, theirs: BlockMap): Excess {
  const missing: number[] = [];
  let blocks = 0;
  let used = 0;
  for (let block = 0; block < Math.max(ours.length, theirs.length); block++) {
    const mine = ours[block] === 1;
    const judged = theirs[block] === 1;
    if (judged) used += 1;
    if (judged && !mine && missing.length < 10) missing.push(block);
    if (mine && !judged) blocks += 1;
  }
  expect(missing, 'blocks that the judge counts as used and we do not').toEqual([]);
  return { blocks, share: used === 0 ? 0 : blocks / used };
}
