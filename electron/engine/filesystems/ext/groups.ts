/** Walks the group descriptors of an ext file system in order, a few hundred at a time. */

import { fileSystemDamaged, readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { type GroupDescriptor, readDescriptor } from './descriptors.ts';
import { descriptorBlock, descriptorBlockCount, descriptorsPerBlock } from './layout.ts';
import type { Superblock } from './superblock.ts';

const BATCH_BYTES = 256 * 1024;

/** Descriptors of neighbouring groups. */
export interface GroupBatch {
  firstGroup: number;
  descriptors: GroupDescriptor[];
}

/** Refuses a structure that lies before the first data block or past the end of the file system. */
function assertInside(superblock: Superblock, what: string, block: number, count: number, foundAt: number): void {
  if (block >= superblock.firstDataBlock && block > 0 && block + count <= superblock.blockCount) return;
  throw fileSystemDamaged(
    what,
    foundAt,
    `The group descriptor puts the ${what} at block ${block}, outside the file system.`,
  );
}

function parseGroup(superblock: Superblock, group: number, bytes: Buffer, foundAt: number): GroupDescriptor {
  const name = `descriptor of block group ${group}`;
  const descriptor = readDescriptor(superblock, group, bytes);
  if (descriptor === undefined) throw fileSystemDamaged(name, foundAt, `The checksum of the ${name} is wrong.`);
  assertInside(superblock, `block bitmap of block group ${group}`, descriptor.blockBitmap, 1, foundAt);
  assertInside(superblock, `inode bitmap of block group ${group}`, descriptor.inodeBitmap, 1, foundAt);
  const tableBlocks = superblock.inodeTableBlocks;
  assertInside(superblock, `inode table of block group ${group}`, descriptor.inodeTable, tableBlocks, foundAt);
  return descriptor;
}

/** Every group once, in order. Throws `FILESYSTEM_DAMAGED`. */
export async function* groupBatches(
  source: ByteSource,
  superblock: Superblock,
  signal: AbortSignal | undefined,
): AsyncGenerator<GroupBatch> {
  const { blockBytes, descriptorBytes, groupCount } = superblock;
  const perBlock = descriptorsPerBlock(superblock);
  const blocks = descriptorBlockCount(superblock);
  const most = Math.max(1, BATCH_BYTES / blockBytes);
  for (let index = 0; index < blocks; ) {
    const start = descriptorBlock(superblock, index);
    let count = 1;
    while (count < most && index + count < blocks && descriptorBlock(superblock, index + count) === start + count) {
      count += 1;
    }
    const offset = start * blockBytes;
    const bytes = await readStructure(source, 'group descriptor table', offset, count * blockBytes, signal);
    const firstGroup = index * perBlock;
    const descriptors: GroupDescriptor[] = [];
    for (let at = 0; at < count * perBlock && firstGroup + at < groupCount; at++) {
      const from = at * descriptorBytes;
      descriptors.push(
        parseGroup(superblock, firstGroup + at, bytes.subarray(from, from + descriptorBytes), offset + from),
      );
    }
    yield { firstGroup, descriptors };
    index += count;
  }
}
