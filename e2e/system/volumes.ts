/** Real volumes for system tests: files with file systems in them, filled with seeded content. */
import { createCipheriv, createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type Stand } from './stand.ts';

export const MIB = 1024 * 1024;

/** Deterministic bytes that do not compress. */
export function seededBytes(seed: number, count: number): Buffer {
  const iv = Buffer.alloc(16);
  iv.writeUInt32BE(seed);
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, 7), iv).update(Buffer.alloc(count));
}

/** A sparse file of `sizeBytes`. */
export async function sparseFile(path: string, sizeBytes: number): Promise<string> {
  await writeFile(path, '');
  await truncate(path, sizeBytes);
  return path;
}

/** A file with an ext4 file system in it. */
export async function ext4File(stand: Stand, name: string, sizeBytes: number, options: string[] = []): Promise<string> {
  const path = await sparseFile(join(stand.folder, name), sizeBytes);
  await run('mkfs.ext4', ['-q', '-F', ...options, path]);
  return path;
}

/** Fills a mounted folder with `megabytes` of files: half incompressible, half text, a few small ones. */
export async function fill(folder: string, megabytes: number, seed = 1): Promise<void> {
  await mkdir(join(folder, 'photos'), { recursive: true });
  await mkdir(join(folder, 'text'), { recursive: true });
  for (let i = 0; i < megabytes; i++) {
    const odd = i % 2 === 1;
    const bytes = odd
      ? seededBytes(seed * 1000 + i, MIB)
      : Buffer.from(`line ${seed} ${i}\n`.repeat(MIB / 16)).subarray(0, MIB);
    await writeFile(join(folder, odd ? 'photos' : 'text', `file-${seed}-${i}`), bytes);
    await writeFile(join(folder, 'text', `note-${seed}-${i}`), `note ${i}\n`);
  }
}

/** SHA-256 of every file below `folder`, by path. */
export async function hashes(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(
      path.slice(folder.length),
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
  }
  return found;
}

/** Overwrites a device or file with 0xAA from end to end. */
export async function wreck(path: string, sizeBytes: number): Promise<void> {
  await using file = await open(path, 'r+');
  const pattern = Buffer.alloc(4 * MIB, 0xaa);
  for (let at = 0; at < sizeBytes; at += pattern.length) {
    await file.write(pattern, 0, Math.min(pattern.length, sizeBytes - at), at);
  }
  await file.sync();
}

/** A free-block list of an ext file system, from dumpe2fs: pairs of first and last block. */
export async function freeBlocks(device: string): Promise<{ blockBytes: number; ranges: [number, number][] }> {
  const { stdout } = await run('dumpe2fs', [device]);
  const blockBytes = Number(/^Block size:\s+(\d+)/m.exec(stdout)?.[1]);
  const ranges: [number, number][] = [];
  for (const [, list] of stdout.matchAll(/^ {2}Free blocks: (.*)$/gm)) {
    for (const part of (list ?? '')
      .split(',')
      .map((p) => p.trim())
      .filter(Boolean)) {
      const [first, last] = part.split('-').map(Number);
      ranges.push([first ?? 0, last ?? first ?? 0]);
    }
  }
  return { blockBytes, ranges };
}
