/**
 * Chunks: which places of the device stand for a stretch of logical addresses. All else in btrfs is addressed
 * logically. Source: struct btrfs_chunk in the kernel's btrfs_tree.h; btrfs_check_chunk_valid.
 */
import { fileSystemDamaged } from '../damage.ts';
import { mapIsAGuess } from '../whole-volume.ts';
import { FIRST_SUPERBLOCK_OFFSET, type Superblock } from './superblock.ts';
import { u64 } from './u64.ts';

/** Bits of a chunk's and block group's type. */
export const GROUP_TYPE = { data: 1, system: 2, metadata: 4 } as const;
const KIND_BITS = GROUP_TYPE.data | GROUP_TYPE.system | GROUP_TYPE.metadata;
const KNOWN_BITS = 0x7ff;

const CHUNK_BYTES = 48;
const STRIPE_BYTES = 32;
const STRIPE_LENGTH = 64 * 1024;

/** Profile bits → name, and how many places hold the same bytes where that is all the profile means. */
const PROFILES: Readonly<Record<number, { name: string; copies?: number }>> = {
  0: { name: 'single', copies: 1 },
  8: { name: 'RAID0' },
  16: { name: 'RAID1', copies: 2 },
  32: { name: 'DUP', copies: 2 },
  64: { name: 'RAID10' },
  128: { name: 'RAID5' },
  256: { name: 'RAID6' },
  512: { name: 'RAID1C3', copies: 3 },
  1024: { name: 'RAID1C4', copies: 4 },
};

/** A stretch of logical addresses; all in bytes. */
export interface Chunk {
  start: number;
  length: number;
  /** Kind and profile bits, as its block group repeats them. */
  type: number;
  /** Offsets on the volume of the places that hold it; all of them hold the same bytes. */
  copies: readonly number[];
}

/** Where something was found, for messages. */
export interface Finding {
  structure: string;
  offsetBytes: number;
}

/** For what only the superblock tells. */
export const SUPERBLOCK_ITSELF: Finding = { structure: 'superblock', offsetBytes: FIRST_SUPERBLOCK_OFFSET };

/** `FILESYSTEM_UNSUPPORTED` for a file system that turns out to have more devices than its superblock counts. */
export function furtherDevice(devid: number): Error {
  return mapIsAGuess(
    `The file system spans several devices (device ${devid} is not this volume), which must be imaged and restored ` +
      'together: so the whole volume is read.',
  );
}

/**
 * Parses a chunk item whose key says that it starts at `start`. Throws `FILESYSTEM_DAMAGED` where it is impossible,
 * `FILESYSTEM_UNSUPPORTED` where it lies on other devices or is striped: no kernel stripes over a single device, so
 * how it would do so is not guessed.
 */
export function parseChunk(superblock: Superblock, start: number, item: Buffer, found: Finding): Chunk {
  const { device, sectorsize } = superblock;
  const damaged = (reason: string): Error =>
    fileSystemDamaged(found.structure, found.offsetBytes, `The chunk at logical address ${start} ${reason}.`);
  if (item.length < CHUNK_BYTES + STRIPE_BYTES) throw damaged('is too short');
  const length = u64(item, 0);
  const type = u64(item, 24);
  const stripeCount = item.readUInt16LE(44);
  if (item.length !== CHUNK_BYTES + stripeCount * STRIPE_BYTES) throw damaged('has an impossible number of stripes');
  if (length === 0 || length % sectorsize !== 0 || start % sectorsize !== 0 || !Number.isSafeInteger(start + length)) {
    throw damaged('has an impossible length or start');
  }
  if (u64(item, 16) !== STRIPE_LENGTH) throw damaged('has an impossible stripe length');
  if (type > KNOWN_BITS) throw mapIsAGuess(`The type of the chunk at logical address ${start} is not known here.`);
  const profile = PROFILES[type & ~KIND_BITS];
  if ((type & KIND_BITS) === 0 || profile === undefined) throw damaged('has an impossible type');

  const copies: number[] = [];
  for (let stripe = 0; stripe < stripeCount; stripe++) {
    const at = CHUNK_BYTES + stripe * STRIPE_BYTES;
    const devid = u64(item, at);
    const ours = devid === device.devid && item.subarray(at + 16, at + 32).equals(device.uuid);
    if (!ours) throw furtherDevice(devid);
    const offset = u64(item, at + 8);
    if (offset % sectorsize !== 0 || !(offset + length <= device.totalBytes)) {
      throw damaged('lies outside the device');
    }
    copies.push(offset);
  }
  // Striped over one device only: every byte stands where it would without stripes.
  const wanted = profile.copies ?? 1;
  if (copies.length === wanted) return { start, length, type, copies };
  if (profile.copies !== undefined) throw damaged('has an impossible number of stripes');
  throw mapIsAGuess(
    `The chunk at logical address ${start} has the profile ${profile.name} over ${stripeCount} stripes of one device, ` +
      'which is not known here: so the whole volume is read.',
  );
}

/** All chunks, by logical address. */
export class ChunkMap {
  /** In ascending order, disjoint. */
  readonly chunks: readonly Chunk[];
  #last = 0;

  /** `chunks` in ascending order of `start`, disjoint. */
  constructor(chunks: readonly Chunk[]) {
    this.chunks = chunks;
  }

  /** Index of the chunk that holds all of the range; -1: none does. Quick where the last answer is right again. */
  indexOf(start: number, length: number): number {
    const holds = (chunk: Chunk | undefined): boolean =>
      chunk !== undefined && start >= chunk.start && start + length <= chunk.start + chunk.length;
    if (holds(this.chunks[this.#last])) return this.#last;
    let low = 0;
    let high = this.chunks.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.chunks[middle]?.start ?? Number.POSITIVE_INFINITY) <= start) low = middle;
      else high = middle - 1;
    }
    if (!holds(this.chunks[low])) return -1;
    this.#last = low;
    return low;
  }

  /** Offsets on the volume of all copies of a logical range; empty where no chunk holds it. */
  copiesOf(start: number, length: number): number[] {
    const chunk = this.chunks[this.indexOf(start, length)];
    return chunk === undefined ? [] : chunk.copies.map((copy) => copy + start - chunk.start);
  }
}

/** One copy of one chunk on the volume. */
export interface DeviceExtent {
  chunkIndex: number;
  offset: number;
  length: number;
}

/** All copies of all chunks in the order of the volume. Throws `FILESYSTEM_DAMAGED` where two share a place. */
export function deviceExtents(map: ChunkMap, found: Finding): DeviceExtent[] {
  const extents = map.chunks.flatMap(({ copies, length }, chunkIndex) =>
    copies.map((offset) => ({ chunkIndex, offset, length })),
  );
  extents.sort((left, right) => left.offset - right.offset);
  let end = 0;
  for (const { offset, length } of extents) {
    if (offset < end) {
      throw fileSystemDamaged(found.structure, found.offsetBytes, `Two chunks share the place at byte ${offset}.`);
    }
    end = offset + length;
  }
  return extents;
}
