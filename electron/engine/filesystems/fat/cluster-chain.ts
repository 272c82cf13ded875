/**
 * Following chains of clusters through a table of 32-bit entries, as FAT32 and exFAT keep them.
 * Sources: Microsoft's FAT specification 1.03, "FAT Data Structure"; exFAT specification, section 4.
 */
import { fileSystemDamaged, readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';

/** One table and how its values are to be understood. */
export interface ChainTable {
  /** Where the entry of cluster 0 lies, bytes. */
  offsetBytes: number;
  /** Highest cluster number; the lowest is 2. */
  lastCluster: number;
  /** Bits of an entry that count. */
  mask: number;
  /** Values from here on end a chain. */
  endOfChain: number;
}

const ENTRY_BYTES = 4;
/**
 * Pieces of a page, 4 MiB in all: a chain that leaps about in a table larger than that costs a page a step, and a step
 * stands for at least a sector of the volume.
 */
const PIECE_BYTES = 4096;
const MOST_PIECES = 1024;

/** Reads single entries and remembers what lies around them. */
export class ClusterChains {
  readonly #source: ByteSource;
  readonly #table: ChainTable;
  readonly #signal: AbortSignal | undefined;
  readonly #pieces = new Map<number, Buffer>();

  constructor(source: ByteSource, table: ChainTable, signal: AbortSignal | undefined) {
    this.#source = source;
    this.#table = table;
    this.#signal = signal;
  }

  async #entry(cluster: number): Promise<number> {
    const { offsetBytes, lastCluster, mask } = this.#table;
    const within = cluster * ENTRY_BYTES;
    const start = within - (within % PIECE_BYTES);
    let piece = this.#pieces.get(start);
    if (piece === undefined) {
      const length = Math.min(PIECE_BYTES, (lastCluster + 1) * ENTRY_BYTES - start);
      piece = await readStructure(this.#source, 'FAT', offsetBytes + start, length, this.#signal);
      this.#pieces.set(start, piece);
      for (const [oldest] of this.#pieces) {
        if (this.#pieces.size <= MOST_PIECES) break;
        this.#pieces.delete(oldest);
      }
    }
    return (piece.readUInt32LE(within - start) & mask) >>> 0;
  }

  /**
   * The clusters of a chain in order, at most `most` (one or more) of them. Throws `FILESYSTEM_DAMAGED` where it leaves the volume,
   * runs into a free or bad cluster, or comes back to itself; `structure` names what the chain belongs to.
   */
  async *follow(structure: string, firstCluster: number, most: number): AsyncGenerator<number> {
    const { offsetBytes, lastCluster, endOfChain } = this.#table;
    const seen = new Set<number>();
    let from = 0;
    for (let cluster = firstCluster; ; ) {
      if (cluster < 2 || cluster > lastCluster || seen.has(cluster)) {
        const fault = seen.has(cluster) ? 'comes back to itself' : `leads to ${cluster}, which is no cluster`;
        const reason = `The chain of clusters of the ${structure} ${fault}.`;
        throw fileSystemDamaged(structure, offsetBytes + from * ENTRY_BYTES, reason);
      }
      seen.add(cluster);
      yield cluster;
      if (seen.size >= most) return;
      from = cluster;
      cluster = await this.#entry(cluster);
      if (cluster >= endOfChain) return;
    }
  }
}
