/**
 * btrfs images that cannot be made everywhere: they need a newer mkfs than stable distributions have, or the kernel.
 * Both are 16 MiB long, with mixed block groups and nodes of 4 KiB; free space is zeroed.
 */
import { readFile } from 'node:fs/promises';
import { brotliDecompressSync } from 'node:zlib';

async function unpacked(name: string): Promise<Buffer> {
  return brotliDecompressSync(await readFile(new URL(name, import.meta.url)));
}

/**
 * With the feature block_group_tree: by `mkfs.btrfs --mixed -O block-group-tree` 6.14, filled by Linux 6.18 with 90
 * files of 4 KiB, of which every second was deleted. The extent tree has two levels.
 */
export async function blockGroupTreeImage(): Promise<Buffer> {
  return await unpacked('./btrfs-block-group-tree.img.br');
}

/** Caught by Linux 6.18 before a commit, with 33 files in the logs of two subvolumes that wait for replay. */
export async function logImage(): Promise<Buffer> {
  return await unpacked('./btrfs-log.img.br');
}
