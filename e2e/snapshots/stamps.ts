/** Stamped blocks: what a writer wrote, and whether a copy of it is of one moment. */
import { createHash } from 'node:crypto';

/** Bytes of a block. */
export const STAMP_BYTES = 4096;
const HEAD_BYTES = 16;

/** A block that says which it is and when it was written, everywhere in it. */
export function blockOf(block: number, sequence: number): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeDoubleLE(block, 0);
  head.writeDoubleLE(sequence, 8);
  const sum = createHash('sha256').update(head).digest();
  return Buffer.alloc(STAMP_BYTES, Buffer.concat([head, sum]));
}

/** The sequence number of each block. Throws for a block that is torn or of another place. */
export function sequencesOf(bytes: Buffer): number[] {
  const found: number[] = [];
  for (let block = 0; block * STAMP_BYTES < bytes.length; block++) {
    const read = bytes.subarray(block * STAMP_BYTES, (block + 1) * STAMP_BYTES);
    const sequence = read.readDoubleLE(8);
    if (!read.equals(blockOf(block, sequence))) throw new Error(`block ${block} is torn (sequence ${sequence})`);
    found.push(sequence);
  }
  return found;
}

/**
 * What the same writer's file holds after `upTo` writes: the newest sequence number of each block. Follows the writer's
 * own order (stamp-writer.ts).
 */
export function expectedSequences(blocks: number, seed: number, upTo: number): number[] {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const sequences = Array.from({ length: blocks }, (_, block) => block + 1);
  for (let sequence = blocks + 1; sequence <= upTo; sequence++) sequences[below(blocks)] = sequence;
  return sequences;
}
