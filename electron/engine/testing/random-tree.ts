/** Fills a folder with files that depend on a seed only. */
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seeded, seededBelow, seededBytes } from './seeded.ts';

export interface TreeOptions {
  seed: number;
  /** About this many bytes are left in the end. */
  bytes: number;
  /** Every n-th file is deleted again, so that free space is in pieces. Default 3; 0 = none. */
  deleteEvery?: number;
}

const LARGEST_FILE = 512 * 1024;

/** Writes the tree; returns the relative paths of the files that are left. */
export async function randomTree(folder: string, options: TreeOptions): Promise<string[]> {
  const { seed, bytes, deleteEvery = 3 } = options;
  const random = seeded(seed);
  const pattern = seededBytes(random, LARGEST_FILE);
  const kept: string[] = [];
  const doomed: string[] = [];
  let written = 0;
  for (let index = 0; written < bytes; index++) {
    const sub = `folder-${seededBelow(random, 8)}`;
    const name = join(sub, `file-${index}`);
    await mkdir(join(folder, sub), { recursive: true });
    const length = Math.ceil(LARGEST_FILE * random() ** 3) + 1;
    const start = seededBelow(random, LARGEST_FILE - length + 1);
    const content = pattern.subarray(start, start + length);
    await writeFile(join(folder, name), content);
    if (deleteEvery > 0 && index % deleteEvery === 0) {
      doomed.push(name);
      continue;
    }
    kept.push(name);
    written += length;
    if (index % 7 === 0) await truncate(join(folder, name), Math.ceil(length / 2));
  }
  for (const name of doomed) await rm(join(folder, name));
  await symlink('folder-0', join(folder, 'link'));
  return kept;
}
