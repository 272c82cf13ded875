/**
 * The used extents of an ext file system: what the block bitmaps mark, together with every structure of the file
 * system itself whether the bitmaps mark it or not.
 */
import { clipExtents, type Extents } from '../../base/extents.ts';
import { bitmapWords, forEachRun } from '../bitmap.ts';
import { crc32c } from '../crc32c.ts';
import { fileSystemDamaged, readStructure } from '../damage.ts';
import { GapMerger } from '../gap-merger.ts';
import { RunLane, sortedRuns, uniteExtents } from '../run-lane.ts';
import type { ByteSource, MapOptions } from '../types.ts';
import type { GroupDescriptor } from './descriptors.ts';
import { RO_COMPAT } from './features.ts';
import { type GroupBatch, groupBatches } from './groups.ts';
import { blocksIn, firstBlockOf, leadingBlocks } from './layout.ts';
import type { Superblock } from './superblock.ts';

const BITMAP_READ_BYTES = 2 * 1024 * 1024;

/** Lanes of structures, each of which lies in order or nearly so. */
class OwnStructures {
  readonly #superblock: Superblock;
  readonly #leading = new RunLane();
  readonly #blockBitmaps = new RunLane();
  readonly #inodeBitmaps = new RunLane();
  readonly #inodeTables = new RunLane();

  constructor(superblock: Superblock) {
    this.#superblock = superblock;
  }

  /** Whole clusters, because no part of a cluster can be free. */
  #add(lane: RunLane, block: number, count: number): void {
    if (count === 0) return;
    const { blockBytes, clusterBlocks, firstDataBlock } = this.#superblock;
    const first = block < firstDataBlock ? block : block - ((block - firstDataBlock) % clusterBlocks);
    const spare = (block + count - firstDataBlock) % clusterBlocks;
    const end = block + count + (spare === 0 ? 0 : clusterBlocks - spare);
    lane.add(first * blockBytes, (end - first) * blockBytes);
  }

  group(group: number, descriptor: GroupDescriptor): void {
    const leading = leadingBlocks(this.#superblock, group);
    this.#add(this.#leading, leading.block, leading.count);
    this.#add(this.#blockBitmaps, descriptor.blockBitmap, 1);
    this.#add(this.#inodeBitmaps, descriptor.inodeBitmap, 1);
    this.#add(this.#inodeTables, descriptor.inodeTable, this.#superblock.inodeTableBlocks);
  }

  runs(): Extents {
    return sortedRuns([this.#leading, this.#blockBitmaps, this.#inodeBitmaps, this.#inodeTables]);
  }
}

/** Adds one group's bitmap to the runs after checking it against its checksum and its descriptor's free count. */
function addGroup(
  builder: GapMerger,
  superblock: Superblock,
  group: number,
  descriptor: GroupDescriptor,
  bitmap: Buffer,
  estimate: boolean,
): void {
  const { blockBytes, clusterBlocks, features } = superblock;
  const name = `block bitmap of block group ${group}`;
  const foundAt = descriptor.blockBitmap * blockBytes;
  if (!estimate && (features.roCompat & RO_COMPAT.metadataChecksum) !== 0) {
    const covered = bitmap.subarray(0, superblock.blocksPerGroup / clusterBlocks / 8);
    const sum = (crc32c(superblock.checksumSeed, covered) & descriptor.bitmapChecksumMask) >>> 0;
    if (sum !== descriptor.bitmapChecksum) {
      throw fileSystemDamaged(name, foundAt, `The checksum of the ${name} is wrong.`);
    }
  }
  const clusters = Math.ceil(blocksIn(superblock, group) / clusterBlocks);
  const clusterBytes = clusterBlocks * blockBytes;
  const start = firstBlockOf(superblock, group) * blockBytes;
  const used = forEachRun(bitmapWords(bitmap), clusters, (first, count) => {
    builder.add(start + first * clusterBytes, count * clusterBytes);
  });
  if (!estimate && clusters - used !== descriptor.freeClusters) {
    const reason = `The ${name} has ${clusters - used} free clusters, its descriptor says ${descriptor.freeClusters}.`;
    throw fileSystemDamaged(name, foundAt, reason);
  }
}

/** Reads the bitmaps of a batch, neighbours together, and hands each to `each` in group order. */
async function readBitmaps(
  source: ByteSource,
  superblock: Superblock,
  batch: GroupBatch,
  signal: AbortSignal | undefined,
  each: (group: number, descriptor: GroupDescriptor, bitmap: Buffer) => void,
): Promise<void> {
  const { blockBytes } = superblock;
  const wanted = batch.descriptors
    .map((descriptor, index) => ({ descriptor, group: batch.firstGroup + index }))
    .filter(({ descriptor }) => !descriptor.uninitialised);
  const most = BITMAP_READ_BYTES / blockBytes;
  for (let at = 0; at < wanted.length; ) {
    const run = [wanted[at]].filter((item) => item !== undefined);
    const first = run[0];
    if (first === undefined) return;
    for (let next = wanted[at + 1]; next !== undefined && run.length < most; next = wanted[at + run.length]) {
      if (next.descriptor.blockBitmap !== first.descriptor.blockBitmap + run.length) break;
      run.push(next);
    }
    const name = `block bitmap of block group ${first.group}`;
    const offset = first.descriptor.blockBitmap * blockBytes;
    const bytes = await readStructure(source, name, offset, run.length * blockBytes, signal);
    run.forEach(({ descriptor, group }, index) => {
      each(group, descriptor, bytes.subarray(index * blockBytes, (index + 1) * blockBytes));
    });
    at += run.length;
  }
}

/**
 * Used extents, sorted, merged and clipped to the source. Throws `FILESYSTEM_DAMAGED` with `structure` and
 * `offsetBytes` on any checksum, count or place that is wrong. With `estimate` the bitmaps are believed as they are,
 * because they may be changing under us.
 */
export async function usedBlocks(
  source: ByteSource,
  superblock: Superblock,
  signal: AbortSignal | undefined,
  options: MapOptions = {},
): Promise<Extents> {
  const { estimate = false, gapBytes = 0 } = options;
  const builder = new GapMerger(gapBytes);
  const own = new OwnStructures(superblock);
  for await (const batch of groupBatches(source, superblock, signal)) {
    for (const [index, descriptor] of batch.descriptors.entries()) own.group(batch.firstGroup + index, descriptor);
    await readBitmaps(source, superblock, batch, signal, (group, descriptor, bitmap) =>
      addGroup(builder, superblock, group, descriptor, bitmap, estimate),
    );
  }
  const end = Math.min(source.sizeBytes, superblock.blockCount * superblock.blockBytes);
  return clipExtents(uniteExtents(builder.build(), own.runs()), end);
}
