/**
 * What is in use in each chunk, collected in the order of logical addresses, as the extent tree has it. Offsets are
 * kept in sectors from the start of the chunk, so that a run costs eight bytes.
 */
import { fileSystemDamaged } from '../damage.ts';
import type { ChunkMap, Finding } from './chunks.ts';

const NOTHING = new Uint32Array();
/** Chunks are at most 10 GiB in practice; 2^32 sectors are 16 TiB. */
const MOST_SECTORS = 2 ** 32;

/** Used bytes of a chunk by two independent counts, -1 where a count is not there yet. */
interface Counts {
  /** Sum of the extents. */
  found: Float64Array;
  /** What the block group item says. */
  stated: Float64Array;
}

export class ChunkUsage {
  readonly #chunks: ChunkMap;
  readonly #sectorsize: number;
  readonly #gapSectors: number;
  readonly #counts: Counts;
  readonly #runs: Uint32Array[];
  /** Runs of the chunk at hand: first sector and number of sectors. */
  #scratch = new Uint32Array(1024);
  #length = 0;
  #current = -1;
  /** Where the last extent ended, a logical address. */
  #end = 0;

  /** Runs of one chunk are joined over gaps of at most `gapBytes`. */
  constructor(chunks: ChunkMap, sectorsize: number, gapBytes: number) {
    this.#chunks = chunks;
    this.#sectorsize = sectorsize;
    this.#gapSectors = Math.floor(gapBytes / sectorsize);
    const count = chunks.chunks.length;
    this.#counts = { found: new Float64Array(count), stated: new Float64Array(count).fill(-1) };
    this.#runs = new Array<Uint32Array>(count).fill(NOTHING);
  }

  /** Adds an extent that starts at or after the end of the last one. Throws `FILESYSTEM_DAMAGED` where it cannot be. */
  addExtent(start: number, length: number, found: Finding): void {
    const index = this.#chunks.indexOf(start, length);
    const chunk = this.#chunks.chunks[index];
    const aligned = start % this.#sectorsize === 0 && length % this.#sectorsize === 0;
    if (chunk === undefined || !aligned || length === 0 || start < this.#end) {
      const what = chunk === undefined ? 'lies in no chunk' : start < this.#end ? 'overlaps another' : 'is impossible';
      const reason = `The extent of ${length} bytes at logical address ${start} ${what}.`;
      throw fileSystemDamaged(found.structure, found.offsetBytes, reason);
    }
    if (chunk.length / this.#sectorsize >= MOST_SECTORS) {
      const reason = `The chunk at logical address ${chunk.start} is impossibly long.`;
      throw fileSystemDamaged(found.structure, found.offsetBytes, reason);
    }
    this.#end = start + length;
    if (index !== this.#current) {
      this.#finish();
      this.#current = index;
    }
    this.#counts.found[index] = (this.#counts.found[index] ?? 0) + length;
    this.#push((start - chunk.start) / this.#sectorsize, length / this.#sectorsize);
  }

  #push(first: number, count: number): void {
    const last = this.#length - 2;
    const lastEnd = (this.#scratch[last] ?? 0) + (this.#scratch[last + 1] ?? 0);
    if (last >= 0 && first - lastEnd <= this.#gapSectors) {
      this.#scratch[last + 1] = first + count - (this.#scratch[last] ?? 0);
      return;
    }
    if (this.#length === this.#scratch.length) {
      const grown = new Uint32Array(this.#scratch.length * 2);
      grown.set(this.#scratch);
      this.#scratch = grown;
    }
    this.#scratch[this.#length++] = first;
    this.#scratch[this.#length++] = count;
  }

  #finish(): void {
    if (this.#current >= 0) this.#runs[this.#current] = this.#scratch.slice(0, this.#length);
    this.#length = 0;
  }

  /** Adds what a block group item says. Throws `FILESYSTEM_DAMAGED` where there is no such chunk. */
  addBlockGroup(start: number, length: number, used: number, type: number, found: Finding): void {
    const index = this.#chunks.indexOf(start, length);
    const chunk = this.#chunks.chunks[index];
    const fits = chunk?.start === start && chunk.length === length && chunk.type === type;
    if (!fits || used > length || (this.#counts.stated[index] ?? 0) >= 0) {
      const reason = `The block group of ${length} bytes at logical address ${start} does not fit the chunks.`;
      throw fileSystemDamaged(found.structure, found.offsetBytes, reason);
    }
    this.#counts.stated[index] = used;
  }

  /** Throws `FILESYSTEM_DAMAGED` where the extents, the block groups and the superblock do not agree. */
  check(bytesUsed: number, found: Finding): void {
    let sum = 0;
    for (const [index, { start }] of this.#chunks.chunks.entries()) {
      const stated = this.#counts.stated[index] ?? -1;
      const counted = this.#counts.found[index] ?? 0;
      sum += counted;
      if (stated === counted) continue;
      const reason =
        stated < 0
          ? `The chunk at logical address ${start} has no block group.`
          : `The block group at logical address ${start} counts ${stated} used bytes, its extents are ${counted} bytes.`;
      throw fileSystemDamaged(found.structure, found.offsetBytes, reason);
    }
    if (sum === bytesUsed) return;
    const reason = `The superblock counts ${bytesUsed} used bytes, the extents are ${sum} bytes.`;
    throw fileSystemDamaged(found.structure, found.offsetBytes, reason);
  }

  /** Calls `run` for the used runs of a chunk in ascending order, in bytes from its start. Nothing may be added afterwards. */
  forEachRun(index: number, run: (offset: number, length: number) => void): void {
    this.#finish();
    this.#current = -1;
    const pairs = this.#runs[index] ?? NOTHING;
    for (let at = 0; at < pairs.length; at += 2) {
      run((pairs[at] ?? 0) * this.#sectorsize, (pairs[at + 1] ?? 0) * this.#sectorsize);
    }
  }
}
