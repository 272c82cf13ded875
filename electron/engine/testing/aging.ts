/** What months of use do to a file system, in seconds: thousands of creates, appends, truncations and deletes. */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, readlink, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { errnoOf } from '../base/errors.ts';
import { seeded, seededBelow, seededBytes } from './seeded.ts';

export interface AgingOptions {
  seed: number;
  /** Creates, appends, truncations, renames and deletes in all. */
  operations: number;
  /** Files are at most this long, most are far shorter. Default 256 KiB. */
  largestFileBytes?: number;
  /** Share of operations that delete a file; 0.75 less this share creates one. Default 0.3. */
  deleteShare?: number;
}

/** Errors of a full file system: the next delete makes room. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Ages the file system mounted at `folder`. Goes on where it is full. */
export async function age(folder: string, options: AgingOptions): Promise<void> {
  const { seed, operations, largestFileBytes = 256 * 1024, deleteShare = 0.3 } = options;
  const random = seeded(seed);
  const pattern = seededBytes(random, largestFileBytes);
  const files: string[] = [];
  const pick = () => seededBelow(random, files.length);
  for (let step = 0; step < operations; step++) {
    const dice = random();
    const index = pick();
    const chosen = files[index];
    try {
      if (chosen === undefined || dice > deleteShare + 0.25) {
        const sub = join(folder, `age-${seededBelow(random, 12)}`);
        await mkdir(sub, { recursive: true });
        const path = join(sub, `file-${step}`);
        files.push(path);
        await writeFile(path, pattern.subarray(0, Math.ceil(largestFileBytes * random() ** 4)));
      } else if (dice < deleteShare) {
        files.splice(index, 1);
        await rm(chosen);
      } else if (dice < deleteShare + 0.1) {
        await appendFile(chosen, pattern.subarray(0, Math.ceil(largestFileBytes * random() ** 4)));
      } else if (dice < deleteShare + 0.18) {
        await truncate(chosen, seededBelow(random, largestFileBytes));
      } else {
        const name = `${chosen}-renamed`;
        await rename(chosen, name);
        files[index] = name;
      }
    } catch (error) {
      if (!FULL.has(errnoOf(error) ?? '')) throw error;
    }
  }
}

/** Fills the file system mounted at `folder` until it is full, with files of `fileBytes`; deletes every n-th again. */
export async function fillUp(
  folder: string,
  options: { seed: number; fileBytes: number; deleteEvery?: number },
): Promise<void> {
  const { seed, fileBytes, deleteEvery = 0 } = options;
  const content = seededBytes(seeded(seed), fileBytes);
  await mkdir(join(folder, 'full'), { recursive: true });
  const written: string[] = [];
  try {
    for (let index = 0; ; index++) {
      const path = join(folder, 'full', `file-${index}`);
      written.push(path);
      content.writeUInt32LE(index);
      await writeFile(path, content);
    }
  } catch (error) {
    if (!FULL.has(errnoOf(error) ?? '')) throw error;
  }
  if (deleteEvery === 0) return;
  for (const [index, path] of written.entries()) if (index % deleteEvery === 0) await rm(path, { force: true });
}

/** SHA-256 of every file and the target of every link below `folder`, by relative path. */
export async function hashTree(folder: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) hashes[relative(folder, path)] = await readlink(path);
    if (!entry.isFile()) continue;
    hashes[relative(folder, path)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return hashes;
}
