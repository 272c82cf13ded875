/** What e2fsprogs and partclone say is in use on an ext file system: the outside judges of our own parser. */
import { readFile } from 'node:fs/promises';
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

/** Everything but the free blocks that dumpe2fs lists group by group. With bigalloc it names the first block of clusters. */
export async function dumpe2fsMap(path: string): Promise<BlockMap> {
  const text = await runProgram('dumpe2fs', [path]);
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  const blockCount = field('Block count');
  const clusterBlocks = Math.max(1, field('Cluster size') / field('Block size'));
  const map = new Uint8Array(blockCount).fill(1);
  for (const [, list] of text.matchAll(/^ {2}Free blocks: (.*)$/gm)) {
    for (const range of (list ?? '').split(',').filter((item) => item.trim() !== '')) {
      const [first, last] = range.trim().split('-').map(Number);
      map.fill(0, first ?? 0, (last ?? first ?? 0) + clusterBlocks);
    }
  }
  return map;
}

/** The domain map that `partclone.extfs -D` writes: lines of position, size and `+` for used. */
export async function partcloneMap(path: string, mapPath: string, blockBytes: number): Promise<BlockMap> {
  await runProgram('partclone.extfs', ['-D', '-s', path, '-O', mapPath, '-L', `${mapPath}.log`]);
  const runs = [...(await readFile(mapPath, 'utf8')).matchAll(/^(0x[0-9A-F]+)\s+(0x[0-9A-F]+)\s+([+?])$/gim)];
  const last = runs.at(-1);
  const map = new Uint8Array((Number(last?.[1] ?? 0) + Number(last?.[2] ?? 0)) / blockBytes);
  for (const [, position, size, state] of runs) {
    const start = Number(position) / blockBytes;
    if (state === '+') map.fill(1, start, start + Number(size) / blockBytes);
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
