/**
 * Every blob of the repository, in columns: 48 bytes a blob and 4 to 11 more in the hash table. Blob ids are digests,
 * so their first bytes are the hash. Blobs are never removed; a changed repository gets a new index.
 */
import { ID_BYTES } from '../native.ts';
import { type PackContent, plainBytesOf } from './pack-header.ts';
import type { BlobIndex, BlobKind, BlobLocation, Id } from './types.ts';

/** Blobs of one block of the columns; blocks avoid copying and slack while the index grows. */
const BLOCK_BITS = 14;
const BLOCK = 1 << BLOCK_BITS;
const BLOCK_MASK = BLOCK - 1;
const INITIAL_SLOTS = 1 << 12;
/** Slots in use at most, before the table doubles. */
const MAX_LOAD = 0.75;
const TREE = 0x8000_0000;

interface Block {
  ids: Uint8Array;
  /** Number of the pack; the top bit is set for trees. */
  packs: Uint32Array;
  offsets: Uint32Array;
  lengths: Uint32Array;
  uncompressedLengths: Uint32Array;
}

/** A blob as the index holds it; `entry` counts from 0 in the order of adding. */
export interface IndexEntry extends BlobLocation {
  entry: number;
}

/** The growing index behind `BlobIndex`. */
export class GrowingBlobIndex implements BlobIndex {
  readonly packIds: Id[] = [];
  readonly #packNumbers = new Map<Id, number>();
  readonly #blocks: Block[] = [];
  #slots = new Uint32Array(INITIAL_SLOTS);
  #count = 0;
  #dataCount = 0;
  /** Packs whose files are gone: their blobs are not found. */
  readonly #gone = new Set<number>();

  get blobCount(): number {
    return this.#count;
  }

  /** Bytes that the index holds, without the pack ids. */
  get memoryBytes(): number {
    return this.#blocks.length * BLOCK * (ID_BYTES + 16) + this.#slots.byteLength;
  }

  hasPack(packId: Id): boolean {
    return this.#packNumbers.has(packId);
  }

  /** Number of a pack, or undefined where nothing lists it. */
  numberOf(packId: Id): number | undefined {
    return this.#packNumbers.get(packId);
  }

  /** Says that the file of a pack is gone; what was in it counts as unknown. */
  dropPack(packId: Id): void {
    const number = this.#packNumbers.get(packId);
    if (number !== undefined) this.#gone.add(number);
  }

  /** Number of a pack; it is added if it is new. */
  packNumber(packId: Id): number {
    const known = this.#packNumbers.get(packId);
    if (known !== undefined) return known;
    const number = this.packIds.push(packId) - 1;
    this.#packNumbers.set(packId, number);
    return number;
  }

  /** Adds one blob; the same blob at the same place again is ignored. `uncompressedLength` is 0 where stored plain. */
  add(
    ids: Uint8Array,
    idAt: number,
    kind: BlobKind,
    packNumber: number,
    offset: number,
    length: number,
    uncompressedLength: number,
  ): void {
    if (this.#count + 1 > this.#slots.length * MAX_LOAD) this.#grow();
    const pack = kind === 'tree' ? (packNumber | TREE) >>> 0 : packNumber;
    const mask = this.#slots.length - 1;
    let slot = hashOf(ids, idAt) & mask;
    for (let found = this.#slots[slot] ?? 0; found !== 0; found = this.#slots[slot] ?? 0) {
      const block = this.#blockOf(found - 1);
      const at = (found - 1) & BLOCK_MASK;
      const isSame = block.packs[at] === pack && block.offsets[at] === offset && equal(block.ids, at, ids, idAt);
      if (isSame) return;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#append(ids, idAt, pack, offset, length, uncompressedLength) + 1;
    if (kind === 'data') this.#dataCount++;
  }

  /** Adds all blobs of a pack. */
  addPack(packId: Id, content: PackContent): void {
    const number = this.packNumber(packId);
    const { count, ids, offsets, lengths, uncompressedLengths, trees } = content;
    for (let i = 0; i < count; i++) {
      const kind = trees[i] === 1 ? 'tree' : 'data';
      const [offset = 0, length = 0, uncompressed = 0] = [offsets[i], lengths[i], uncompressedLengths[i]];
      this.add(ids, i * ID_BYTES, kind, number, offset, length, uncompressed);
    }
  }

  find(ids: Uint8Array, idAt: number, kind: BlobKind): BlobLocation | undefined {
    for (const entry of this.#matches(ids, idAt, kind)) return this.entryAt(entry);
    return undefined;
  }

  findHex(id: Id, kind: BlobKind): BlobLocation | undefined {
    return this.find(Buffer.from(id, 'hex'), 0, kind);
  }

  /** Every copy of a blob; there is more than one after concurrent backups or an interrupted prune. */
  findAll(id: Id, kind: BlobKind): IndexEntry[] {
    return [...this.#matches(Buffer.from(id, 'hex'), 0, kind)].map((entry) => this.entryAt(entry));
  }

  /** True if the blob is known; allocates nothing. */
  has(ids: Uint8Array, idAt: number, kind: BlobKind): boolean {
    return this.#firstMatch(ids, idAt, kind, hashOf(ids, idAt)) >= 0;
  }

  /**
   * Entry number of one copy of the blob, always the same one as long as nothing is added; -1 where there is none.
   * Allocates nothing.
   */
  entryOf(ids: Uint8Array, idAt: number, kind: BlobKind): number {
    const slot = this.#firstMatch(ids, idAt, kind, hashOf(ids, idAt));
    return slot < 0 ? -1 : (this.#slots[slot] ?? 0) - 1;
  }

  dataIds(): Uint8Array {
    const all = new Uint8Array(this.#dataCount * ID_BYTES);
    let at = 0;
    for (let entry = 0; entry < this.#count; entry++) {
      const block = this.#blockOf(entry);
      const i = entry & BLOCK_MASK;
      if (((block.packs[i] ?? 0) & TREE) !== 0 || this.#gone.has(this.#packOf(entry))) continue;
      all.set(block.ids.subarray(i * ID_BYTES, (i + 1) * ID_BYTES), at);
      at += ID_BYTES;
    }
    return all.subarray(0, at);
  }

  /** The blob of an entry number below `blobCount`. */
  entryAt(entry: number): IndexEntry {
    const block = this.#blockOf(entry);
    const at = entry & BLOCK_MASK;
    const pack = block.packs[at] ?? 0;
    const packNumber = (pack & ~TREE) >>> 0;
    const storedBytes = block.lengths[at] ?? 0;
    const uncompressed = block.uncompressedLengths[at] ?? 0;
    return {
      entry,
      packId: this.packIds[packNumber] ?? '',
      packNumber,
      kind: (pack & TREE) !== 0 ? 'tree' : 'data',
      offsetBytes: block.offsets[at] ?? 0,
      storedBytes,
      plainBytes: uncompressed > 0 ? uncompressed : plainBytesOf(storedBytes),
      compressed: uncompressed > 0,
    };
  }

  /** Id of an entry, a view that must not be changed. */
  idAt(entry: number): Uint8Array {
    const block = this.#blockOf(entry);
    const at = entry & BLOCK_MASK;
    return block.ids.subarray(at * ID_BYTES, (at + 1) * ID_BYTES);
  }

  /**
   * Entry numbers grouped by pack: those of pack p are `entries[starts[p]] … entries[starts[p + 1] - 1]`. 4 bytes a
   * blob, for `check`.
   */
  entriesByPack(): { entries: Uint32Array; starts: Uint32Array } {
    const starts = new Uint32Array(this.packIds.length + 2);
    for (let i = 0; i < this.#count; i++) {
      const next = this.#packOf(i) + 2;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let p = 1; p < starts.length; p++) starts[p] = (starts[p] ?? 0) + (starts[p - 1] ?? 0);
    const entries = new Uint32Array(this.#count);
    // While filling, starts[p + 1] is where the next entry of pack p goes; afterwards it is where pack p + 1 starts.
    for (let i = 0; i < this.#count; i++) {
      const next = this.#packOf(i) + 1;
      const at = starts[next] ?? 0;
      entries[at] = i;
      starts[next] = at + 1;
    }
    return { entries, starts: starts.subarray(0, this.packIds.length + 1) };
  }

  *#matches(ids: Uint8Array, idAt: number, kind: BlobKind): Generator<number> {
    const mask = this.#slots.length - 1;
    let slot = hashOf(ids, idAt);
    for (;;) {
      slot = this.#firstMatch(ids, idAt, kind, slot);
      if (slot < 0) return;
      yield (this.#slots[slot] ?? 0) - 1;
      slot = (slot + 1) & mask;
    }
  }

  /** The first slot from `start` on that holds the blob, or -1. */
  #firstMatch(ids: Uint8Array, idAt: number, kind: BlobKind, start: number): number {
    const mask = this.#slots.length - 1;
    let slot = start & mask;
    for (let found = this.#slots[slot] ?? 0; found !== 0; found = this.#slots[slot] ?? 0) {
      const block = this.#blockOf(found - 1);
      const at = (found - 1) & BLOCK_MASK;
      const isTree = ((block.packs[at] ?? 0) & TREE) !== 0;
      const isKind = isTree === (kind === 'tree');
      if (isKind && equal(block.ids, at, ids, idAt) && !this.#gone.has(this.#packOf(found - 1))) return slot;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  #append(ids: Uint8Array, idAt: number, pack: number, offset: number, length: number, uncompressed: number): number {
    const entry = this.#count++;
    if (entry >> BLOCK_BITS === this.#blocks.length) this.#blocks.push(newBlock());
    const block = this.#blockOf(entry);
    const at = entry & BLOCK_MASK;
    block.ids.set(ids.subarray(idAt, idAt + ID_BYTES), at * ID_BYTES);
    block.packs[at] = pack;
    block.offsets[at] = offset;
    block.lengths[at] = length;
    block.uncompressedLengths[at] = uncompressed;
    return entry;
  }

  #packOf(entry: number): number {
    const block = this.#blockOf(entry);
    const at = entry & BLOCK_MASK;
    return ((block.packs[at] ?? 0) & ~TREE) >>> 0;
  }

  #blockOf(entry: number): Block {
    const block = this.#blocks[entry >> BLOCK_BITS];
    if (block === undefined) throw new RangeError(`no blob ${entry} in the index`);
    return block;
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let entry = 0; entry < this.#count; entry++) {
      const block = this.#blockOf(entry);
      const at = entry & BLOCK_MASK;
      let slot = hashOf(block.ids, at * ID_BYTES) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = entry + 1;
    }
    this.#slots = slots;
  }
}

function newBlock(): Block {
  return {
    ids: new Uint8Array(BLOCK * ID_BYTES),
    packs: new Uint32Array(BLOCK),
    offsets: new Uint32Array(BLOCK),
    lengths: new Uint32Array(BLOCK),
    uncompressedLengths: new Uint32Array(BLOCK),
  };
}

function hashOf(ids: Uint8Array, at: number): number {
  return ((ids[at] ?? 0) | ((ids[at + 1] ?? 0) << 8) | ((ids[at + 2] ?? 0) << 16) | ((ids[at + 3] ?? 0) << 24)) >>> 0;
}

function equal(blockIds: Uint8Array, entry: number, ids: Uint8Array, idAt: number): boolean {
  const start = entry * ID_BYTES;
  for (let i = 0; i < ID_BYTES; i++) if (blockIds[start + i] !== ids[idAt + i]) return false;
  return true;
}
