/** Sectors that say which they are and when they were written (peers.md: blksnap's pattern generator and checker). */
import { strict as assert } from 'node:assert';
import { open } from 'node:fs/promises';
import { seeded, seededBelow } from '#engine/testing/seeded.ts';

export const STAMP_BYTES = 4096;
/** A disk writes no less at once. */
const UNIT_BYTES = 512;
const MAGIC = 0x53_46_53_54;

/** The endless order in which a seed's sectors are written. */
export function sectorOrder(seed: number, sectors: number): () => number {
  const random = seeded(seed);
  return () => seededBelow(random, sectors);
}

/** Fills a sector: every unit of it carries its place, its sequence number, and a checksum. */
export function stamp(into: Buffer, sector: number, sequence: number): void {
  for (let at = 0; at < STAMP_BYTES; at += UNIT_BYTES) {
    for (let word = at; word < at + UNIT_BYTES; word += 16) {
      into.writeUInt32LE(MAGIC, word);
      into.writeUInt32LE(sector, word + 4);
      into.writeUInt32LE(sequence, word + 8);
      into.writeUInt32LE((MAGIC ^ sector ^ sequence ^ word) >>> 0, word + 12);
    }
  }
}

/** The sequence number of a sector; 0: never written. Throws where it is torn or another one's. */
export function readStamp(from: Buffer, sector: number): number {
  const sequence = from.readUInt32LE(8);
  const expected = Buffer.alloc(STAMP_BYTES);
  if (sequence !== 0) stamp(expected, sector, sequence);
  assert.equal(from.equals(expected), true, `sector ${sector} is torn, or not what was written there`);
  return sequence;
}

/**
 * Asserts that a copy is exactly what the device held after one of the writes, and resolves with which: nothing newer,
 * nothing torn, nothing missing.
 */
export async function momentOf(path: string, seed: number, sectors: number): Promise<number> {
  await using file = await open(path, 'r');
  const buffer = Buffer.alloc(STAMP_BYTES);
  const found = new Uint32Array(sectors);
  let newest = 0;
  for (let sector = 0; sector < sectors; sector++) {
    await file.read(buffer, 0, STAMP_BYTES, sector * STAMP_BYTES);
    const sequence = readStamp(buffer, sector);
    found[sector] = sequence;
    newest = Math.max(newest, sequence);
  }
  const expected = new Uint32Array(sectors);
  const next = sectorOrder(seed, sectors);
  for (let sequence = 1; sequence <= newest; sequence++) expected[next()] = sequence;
  for (let sector = 0; sector < sectors; sector++) {
    assert.equal(found[sector], expected[sector], `sector ${sector} at the moment of write ${newest}`);
  }
  return newest;
}
