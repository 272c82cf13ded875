/** Ids of millions of blocks, compared and looked up without a string or an object an id. */
import { ID_BYTES } from '../native.ts';

/** 32-bit words of an id. */
const ID_WORDS = ID_BYTES / 4;

/** Blob ids of grid blocks in order, as words. */
export type ContentIds = Uint32Array;

export function contentIds(content: Uint8Array): ContentIds {
  const aligned = content.byteOffset % 4 === 0 ? content : Uint8Array.from(content);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

/** Number of ids. */
export function idCount(ids: ContentIds): number {
  return ids.length / ID_WORDS;
}

/** Whether id `i` of `a` is id `j` of `b`; false beyond the end of either. */
export function sameId(a: ContentIds, i: number, b: ContentIds, j: number): boolean {
  const from = i * ID_WORDS;
  const to = j * ID_WORDS;
  if (from >= a.length || to >= b.length) return false;
  for (let word = 0; word < ID_WORDS; word++) if (a[from + word] !== b[to + word]) return false;
  return true;
}

/** Some ids of a content by their block; of equal ids the first that was added. */
export class IdTable {
  readonly #ids: ContentIds;
  /** Block + 1; 0 is an empty slot. */
  readonly #slots: Int32Array;
  readonly #mask: number;

  /** `most`: ids that will be added. */
  constructor(ids: ContentIds, most: number) {
    this.#ids = ids;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(most * 2 + 2)));
    this.#mask = this.#slots.length - 1;
  }

  /** Adds `block` unless its id is there already; returns the block that is there then. */
  add(block: number): number {
    const slot = this.#slotOf(this.#ids, block);
    const present = (this.#slots[slot] ?? 0) - 1;
    if (present >= 0) return present;
    this.#slots[slot] = block + 1;
    return block;
  }

  /** The block that has id `index` of `ids`, or -1. */
  find(ids: ContentIds, index: number): number {
    return (this.#slots[this.#slotOf(ids, index)] ?? 0) - 1;
  }

  /** The slot that holds the id, or the empty one where it belongs. Ids are hashes: any bits of them will do. */
  #slotOf(ids: ContentIds, index: number): number {
    for (let slot = (ids[index * ID_WORDS] ?? 0) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const block = (this.#slots[slot] ?? 0) - 1;
      if (block < 0 || sameId(this.#ids, block, ids, index)) return slot;
    }
  }
}
