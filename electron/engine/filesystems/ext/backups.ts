/** The copies of the superblock that are used when the first one is damaged. */
import { readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { hasSuperblock } from './layout.ts';
import { readSuperblock, SUPERBLOCK_BYTES, type Superblock } from './superblock.ts';

/** 4 KiB first: nearly all. */
const BLOCK_SIZES = [4096, 1024, 2048, 8192, 16384, 32768, 65536];
/** 1 without bigalloc; 16 is mke2fs's choice with it. */
const CLUSTER_BLOCKS = [1, 16, 2, 4, 8, 32, 64];
/** `sparse_super` keeps copies in 1 and the powers of 3, 5 and 7; `sparse_super2` in 1 by default. */
const GROUPS = [1, 3, 5, 7, 9];

/** A copy that was found good. */
export interface BackupSuperblock {
  superblock: Superblock;
  offsetBytes: number;
}

/**
 * Looks for a good copy at the places where mke2fs puts them unless told otherwise (`-g`), for each block size. A copy
 * counts only if it says of itself that it belongs there.
 */
export async function findBackup(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<BackupSuperblock | undefined> {
  for (const clusterBlocks of CLUSTER_BLOCKS) {
    for (const blockBytes of BLOCK_SIZES) {
      for (const group of GROUPS) {
        const firstDataBlock = blockBytes === 1024 && clusterBlocks === 1 ? 1 : 0;
        const offsetBytes = (group * blockBytes * 8 * clusterBlocks + firstDataBlock) * blockBytes;
        if (offsetBytes + SUPERBLOCK_BYTES > source.sizeBytes) break;
        const bytes = await readStructure(source, 'backup superblock', offsetBytes, SUPERBLOCK_BYTES, signal);
        const reading = readSuperblock(bytes);
        if (reading.kind !== 'superblock') continue;
        const { superblock } = reading;
        if (
          superblock.ownGroup === group &&
          superblock.blockBytes === blockBytes &&
          superblock.clusterBlocks === clusterBlocks &&
          superblock.blocksPerGroup === blockBytes * 8 * clusterBlocks &&
          hasSuperblock(superblock, group)
        ) {
          return { superblock, offsetBytes };
        }
      }
    }
  }
  return undefined;
}
