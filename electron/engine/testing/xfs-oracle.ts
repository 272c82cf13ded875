/** What xfsprogs says is in use on an XFS file system: the outside judge of our own parser. */
import type { BlockMap } from './block-map.ts';
import { runProgram } from './run-program.ts';

/** Fields of a structure as `xfs_db` prints them, after the commands that lead to it. */
async function print(path: string, ...commands: string[]): Promise<Record<string, string>> {
  const text = await runProgram('xfs_db', ['-r', '-f', ...commands.flatMap((command) => ['-c', command]), path]);
  return Object.fromEntries([...text.matchAll(/^(\S+) = (.*)$/gm)].map(([, name, value]) => [name ?? '', value ?? '']));
}

/** Fields of the superblock, by xfs_db's names. */
export async function xfsSuperblock(path: string): Promise<Record<string, string>> {
  return await print(path, 'sb 0', 'p');
}

/** Features in the order and spelling of `xfs_db -c version`, the format version first. */
export async function xfsFeatures(path: string): Promise<string[]> {
  const text = await runProgram('xfs_db', ['-r', '-f', '-c', 'version', path]);
  return (/ = (.*)$/m.exec(text)?.[1] ?? '').split(',');
}

/** What the judge found. */
export interface XfsJudgement {
  /**
   * Everything but the free runs that `freesp -d` lists. It counts the blocks of the free lists (AGFL) as free; they
   * are in use here, as they are no part of the trees of free space.
   */
  map: BlockMap;
  /** Blocks of the free lists. */
  freeListBlocks: number;
  /** The longest path in a tree of free space, 1 = a leaf only. */
  levels: number;
  groups: number;
  freeRuns: number;
}

/** Blocks in the free list of a group, which is a ring in the AGFL between two marks in the AGF. */
async function freeList(path: string, group: number, agf: Record<string, string>): Promise<number[]> {
  const text = await runProgram('xfs_db', ['-r', '-f', '-c', `agfl ${group}`, '-c', 'p bno', path]);
  const entries = [...text.matchAll(/(\d+):(\d+|null)/g)].map(([, , block]) => Number(block));
  const count = Number(agf.flcount);
  return Array.from({ length: count }, (_, index) => entries[(Number(agf.flfirst) + index) % entries.length] ?? -1);
}

/** Asks `xfs_db` for the free runs, by block or, with `bySize`, from the other tree of the same runs. */
export async function xfsDbMap(path: string, bySize = false): Promise<XfsJudgement> {
  const superblock = await xfsSuperblock(path);
  const groupBlocks = Number(superblock.agblocks);
  const groups = Number(superblock.agcount);
  const map = new Uint8Array(Number(superblock.dblocks)).fill(1);
  const text = await runProgram('xfs_db', ['-r', '-f', '-c', `freesp -d ${bySize ? '-c' : ''}`.trim(), path]);
  let freeRuns = 0;
  for (const [, group, block, length] of text.matchAll(/^ +(\d+) +(\d+) +(\d+)$/gm)) {
    const start = Number(group) * groupBlocks + Number(block);
    map.fill(0, start, start + Number(length));
    freeRuns += 1;
  }
  let freeListBlocks = 0;
  let levels = 0;
  for (let group = 0; group < groups; group++) {
    const agf = await print(path, `agf ${group}`, 'p');
    levels = Math.max(levels, Number(agf.bnolevel));
    for (const block of await freeList(path, group, agf)) {
      map[group * groupBlocks + block] = 1;
      freeListBlocks += 1;
    }
  }
  return { map, freeListBlocks, levels, groups, freeRuns };
}
