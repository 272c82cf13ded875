/**
 * Mutates what a file system's parser reads, and holds what the parser may do about it: end in time, in bounds and with
 * a typed error or sane extents. Where the structures lie is learned from the parser itself, by watching its reads of
 * the pristine image.
 */
import { expect } from 'vitest';
import { EngineError } from '../base/errors.ts';
import type { ByteSource, FileSystemFamily, Probe } from '../filesystems/types.ts';
import { memorySource } from './memory-source.ts';
import { seeded, seededBelow } from './seeded.ts';

/** Undoes one change of the image. */
type Undo = () => void;

export interface FuzzOptions {
  family: Pick<FileSystemFamily, 'probe'>;
  /** A pristine image whose map is used; it is changed and put back. */
  image: Buffer;
  cases: number;
  seed: number;
  /** Makes checksums right again after `touched` (byte offsets), so that changes reach the code behind them. */
  resign?(image: Buffer, touched: readonly number[], edit: Edit): void;
  /** A change that only somebody who knows the format would make: a cycle, overlapping runs, an absurd count. */
  craft?(image: Buffer, random: () => number, edit: Edit): readonly number[];
  /** The parser may not read more than this in all, bytes. Default four times the image. */
  mostReadBytes?: number;
}

/** Changes bytes of the image so that they are put back after the case. */
export interface Edit {
  bytes(at: number, bytes: Uint8Array): void;
}

/** What became of the cases. */
export interface FuzzTally {
  mapped: number;
  refused: number;
  damaged: number;
  foreign: number;
  slowestMs: number;
  /** By how much the process grew, bytes. */
  grownBytes: number;
}

const INTERESTING = [0, 1, 2, 7, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
const SLOWEST_MS = 2000;
/** A process that parses whatever comes grows by no more than this, however large the counts on the volume are. */
const MOST_GROWTH_BYTES = 256 * 1024 * 1024;
const EXPECTED_ERRORS = new Set(['FILESYSTEM_DAMAGED', 'FILESYSTEM_UNSUPPORTED']);
/** Of the cases, those with a format's own change where the family has some. */
const CRAFTED_SHARE = 0.3;
const RESIGNED_SHARE = 0.85;

/** Places that the parser reads on the pristine image, as offset and length. */
async function structuresOf({ family, image }: FuzzOptions): Promise<[number, number][]> {
  const places: [number, number][] = [];
  const pristine = memorySource(image);
  const watched: ByteSource = {
    sizeBytes: pristine.sizeBytes,
    read: (offset, length) => {
      places.push([offset, length]);
      return pristine.read(offset, length);
    },
  };
  const probe = await family.probe(watched);
  if (probe === undefined) throw new Error('the pristine image is not of this family');
  await probe.usedExtents();
  return places;
}

/** One plain change somewhere in a structure; returns where. */
function scramble(image: Buffer, random: () => number, places: readonly [number, number][], edit: Edit): number {
  const place = (): number => {
    const [start, length] = places[seededBelow(random, places.length)] ?? [0, 1];
    // Headers come first in nearly every structure.
    const within = random() < 0.5 ? Math.min(length, 512) : length;
    return Math.min(start + seededBelow(random, within), image.length - 8);
  };
  const at = place();
  const field = Buffer.from(image.subarray(at, at + 8));
  const value = INTERESTING[seededBelow(random, INTERESTING.length)] ?? 0;
  const kind = random();
  if (kind < 0.25) {
    edit.bytes(at, Buffer.of(field.readUInt8(0) ^ (1 << seededBelow(random, 8))));
  } else if (kind < 0.35) {
    edit.bytes(at, Buffer.of(seededBelow(random, 256)));
  } else if (kind < 0.5) {
    field.writeUInt32LE(value);
    edit.bytes(at, field.subarray(0, 4));
  } else if (kind < 0.65) {
    field.writeUInt32BE(value);
    edit.bytes(at, field.subarray(0, 4));
  } else if (kind < 0.75) {
    edit.bytes(at, Buffer.alloc(8, random() < 0.5 ? 0xff : 0));
  } else if (kind < 0.85) {
    const off = (random() < 0.5 ? 1 : -1) * (1 + seededBelow(random, 4));
    field.writeUInt32LE((field.readUInt32LE() + off) >>> 0);
    edit.bytes(at, field.subarray(0, 4));
  } else if (kind < 0.95) {
    const from = place();
    edit.bytes(at, Buffer.from(image.subarray(from, from + 8)));
  } else {
    const from = place();
    const length = Math.min(64 << seededBelow(random, 7), image.length - Math.max(at, from));
    edit.bytes(at, Buffer.from(image.subarray(from, from + length)));
  }
  return at;
}

function expectSane(extents: Float64Array, sizeBytes: number): void {
  let end = 0;
  for (let index = 0; index < extents.length; index += 2) {
    const offset = extents[index] ?? Number.NaN;
    const length = extents[index + 1] ?? Number.NaN;
    if (!(offset >= end && length > 0 && offset + length <= sizeBytes)) {
      throw new Error(`extent ${offset}+${length} after ${end} on ${sizeBytes} bytes`);
    }
    end = offset + length;
  }
}

async function parse(probe: Probe | undefined, sizeBytes: number): Promise<keyof FuzzTally> {
  if (probe === undefined) return 'foreign';
  const { facts } = probe;
  for (const bytes of [facts.totalBytes, facts.usedBytes, facts.freeBytes, facts.blockSizeBytes]) {
    if (!Number.isSafeInteger(bytes) || bytes < 0) throw new Error(`facts with ${bytes} bytes`);
  }
  expectSane(await probe.usedExtents(), sizeBytes);
  return 'mapped';
}

/** Largest size that this process ever had. */
function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** Runs the cases; throws at the first that breaks a rule, with its number, so that a seed and a number repeat it. */
export async function fuzzFamily(options: FuzzOptions): Promise<FuzzTally> {
  const { family, image, cases, seed, mostReadBytes = 4 * image.length } = options;
  const places = await structuresOf(options);
  const sizeBefore = peakBytes();
  const tally: FuzzTally = { mapped: 0, refused: 0, damaged: 0, foreign: 0, slowestMs: 0, grownBytes: 0 };
  for (let number = 0; number < cases; number++) {
    const random = seeded(seed * 1_000_003 + number);
    const undo: Undo[] = [];
    const edit: Edit = {
      bytes(at, bytes) {
        const before = Buffer.from(image.subarray(at, at + bytes.length));
        undo.push(() => before.copy(image, at));
        image.set(bytes.subarray(0, before.length), at);
      },
    };
    const touched: number[] = [];
    if (options.craft && random() < CRAFTED_SHARE) touched.push(...options.craft(image, random, edit));
    else {
      const changes = 1 + seededBelow(random, 4);
      for (let change = 0; change < changes; change++) touched.push(scramble(image, random, places, edit));
    }
    if (options.resign && random() < RESIGNED_SHARE) options.resign(image, touched, edit);

    const source = memorySource(image);
    const started = performance.now();
    try {
      tally[await parse(await family.probe(source), image.length)] += 1;
    } catch (error) {
      if (!(error instanceof EngineError) || !EXPECTED_ERRORS.has(error.code)) {
        throw new Error(`case ${number} of seed ${seed}`, { cause: error });
      }
      if (error.code === 'FILESYSTEM_UNSUPPORTED') tally.refused += 1;
      else {
        tally.damaged += 1;
        expect(error.details, `case ${number} of seed ${seed}`).toMatchObject({
          structure: expect.any(String),
          offsetBytes: expect.any(Number),
        });
      }
    } finally {
      for (const step of undo.reverse()) step();
    }
    const elapsed = performance.now() - started;
    tally.slowestMs = Math.max(tally.slowestMs, elapsed);
    if (elapsed > SLOWEST_MS) throw new Error(`case ${number} of seed ${seed} took ${Math.round(elapsed)} ms`);
    if (source.readBytes > mostReadBytes) {
      throw new Error(`case ${number} of seed ${seed} read ${source.readBytes} bytes`);
    }
  }
  tally.grownBytes = peakBytes() - sizeBefore;
  expect(tally.grownBytes, 'growth of the process').toBeLessThan(MOST_GROWTH_BYTES);
  // The soak's figures go into the note of the issue.
  if (process.env.STILLFRAME_FUZZ_CASES !== undefined) {
    console.log(
      `${cases} cases of seed ${seed}: ${JSON.stringify({ ...tally, slowestMs: Math.ceil(tally.slowestMs) })}`,
    );
  }
  return tally;
}

/** Cases for this run: `STILLFRAME_FUZZ_CASES` in all (the soak's 200,000), spread over `images`; few by default. */
export function fuzzCases(images: number): number {
  return Math.ceil(Number(process.env.STILLFRAME_FUZZ_CASES ?? 1500) / images);
}
