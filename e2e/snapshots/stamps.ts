/** Stamped blocks: what a writer wrote, and whether a copy of it is of one moment. */
import { createHash } from 'node:crypto';
import { seeded, seededBelow } from '#engine/testing/seeded.ts';

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

/** The writer's own order: each call gives the block that it overwrites next. */
export function blockOrder(blocks: number, seed: number): () => number {
  const random = seeded(seed);
  return () => seededBelow(random, blocks);
}

/** What the writer's file (stamp-writer.ts) holds after `upTo` writes: the newest sequence number of each block. */
export function expectedSequences(blocks: number, seed: number, upTo: number): number[] {
  const next = blockOrder(blocks, seed);
  const sequences = Array.from({ length: blocks }, (_, block) => block + 1);
  for (let sequence = blocks + 1; sequence <= upTo; sequence++) sequences[next()] = sequence;
  return sequences;
}
