/** What e2fsprogs says is in use on an ext file system: the outside judge of our own parser. */
import type { BlockMap } from './block-map.ts';
import { runProgram } from './run-program.ts';

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
