/** Mutated tables: the parser ends in time, in bounds, without an exception, and with sane entries. */
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { partitionTableSchema } from '#contract';
import { fuzzCases } from '../../testing/fuzz-family.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { MIB, sfdiskImage } from '../../testing/partition-tables.ts';
import { seeded, seededBelow } from '../../testing/seeded.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { readPartitionTable } from './partition-table.ts';
import { sfdiskScript } from './sfdisk-script.ts';

const SECTOR = 512;
const SIZE = 4 * MIB;
const LAST = SIZE - SECTOR;
const SLOWEST_MS = 1000;
const MOST_PROBLEMS = 24;
const INTERESTING = [0, 1, 2, 33, 34, 0x7f, 0x80, 0xee, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const SEEDS: readonly [name: string, script: string][] = [
  [
    'gpt',
    `label: gpt\n${range(12)
      .map((i) => `${i + 1} : start=${2048 + i * 256}, size=128`)
      .join('\n')}\n`,
  ],
  [
    'mbr',
    `label: dos\n1 : start=2048, size=6000, type=5\n2 : start=8100, size=20, type=83\n${range(6)
      .map((i) => `${i + 5} : start=${2049 + i * 900}, size=100, type=83`)
      .join('\n')}\n`,
  ],
];

/** Places that hold structures: boot records, headers, entries, the chain. */
const PLACES: readonly [start: number, length: number][] = [
  [0, SECTOR],
  [446, 66],
  [SECTOR, 92],
  [2 * SECTOR, 12 * 128],
  [LAST, 92],
  [LAST - 32 * SECTOR, 12 * 128],
  ...range(7).map((i): [number, number] => [(i === 0 ? 2048 : 2048 + i * 900) * SECTOR + 446, 66]),
];

function scramble(image: Buffer, random: () => number, write: (at: number, bytes: Uint8Array) => void): void {
  const [start, length] = PLACES[seededBelow(random, PLACES.length)] ?? [0, SECTOR];
  const at = Math.min(start + seededBelow(random, length), SIZE - 8);
  const field = Buffer.from(image.subarray(at, at + 8));
  const kind = random();
  if (kind < 0.25) write(at, Buffer.of(field.readUInt8(0) ^ (1 << seededBelow(random, 8))));
  else if (kind < 0.35) write(at, Buffer.alloc(8, random() < 0.5 ? 0xff : 0));
  else if (kind < 0.7) {
    field.writeUInt32LE(INTERESTING[seededBelow(random, INTERESTING.length)] ?? 0);
    write(at, field.subarray(0, 4));
  } else if (kind < 0.9) {
    const [from, span] = PLACES[seededBelow(random, PLACES.length)] ?? [0, SECTOR];
    write(start, Buffer.from(image.subarray(from, from + Math.min(span, SIZE - start))));
  } else {
    const row = Math.max(16, at & ~15);
    write(row, Buffer.from(image.subarray(row - 16, row)));
  }
}

/** Makes the checksums of a header right where its fields allow it. */
function resign(image: Buffer, at: number, write: (at: number, bytes: Uint8Array) => void): void {
  if (image.toString('latin1', at, at + 8) !== 'EFI PART') return;
  const from = Number(image.readBigUInt64LE(at + 72)) * SECTOR;
  const length = image.readUInt32LE(at + 80) * image.readUInt32LE(at + 84);
  const checksum = Buffer.alloc(4);
  if (length <= MIB && from + length <= SIZE) {
    checksum.writeUInt32LE(crc32(image.subarray(from, from + length)));
    write(at + 88, checksum);
  }
  const headerBytes = Math.min(image.readUInt32LE(at + 12), SECTOR);
  write(at + 16, Buffer.alloc(4));
  checksum.writeUInt32LE(crc32(image.subarray(at, at + headerBytes)));
  write(at + 16, checksum);
}

async function expectSane(image: Buffer, bare: boolean): Promise<'none' | 'empty' | 'entries'> {
  const source = memorySource(image);
  const table = await readPartitionTable(source, { sectorBytes: SECTOR, bare });
  if (source.readBytes > 4 * MIB) throw new Error(`read ${source.readBytes} bytes`);
  if (table === undefined) return 'none';
  partitionTableSchema.parse(table);
  if (table.problems.length > MOST_PROBLEMS) throw new Error(`${table.problems.length} problems`);
  const numbers = table.entries.map(({ number }) => number);
  if (new Set(numbers).size !== numbers.length) throw new Error(`numbers ${numbers}`);
  for (const { sizeBytes, startBytes } of table.entries) {
    if (!Number.isSafeInteger(startBytes + sizeBytes) || sizeBytes <= 0) throw new Error(`${startBytes}+${sizeBytes}`);
  }
  const [first, ...others] = table.entries;
  if (first === undefined) return 'empty';
  sfdiskScript({ ...first, disk: table, others });
  return 'entries';
}

describe('mutated partition tables', { timeout: 900_000 }, () => {
  it.each(SEEDS)('%s', async (name, script) => {
    await using workspace = await createWorkspace();
    const image = await readFile(await sfdiskImage(workspace, script, { sizeBytes: SIZE }));
    const tally = { none: 0, empty: 0, entries: 0, slowestMs: 0 };
    for (let number = 0; number < fuzzCases(SEEDS.length); number++) {
      const random = seeded(number + 7_000_003);
      const undo: (() => void)[] = [];
      const write = (at: number, bytes: Uint8Array): void => {
        const before = Buffer.from(image.subarray(at, at + bytes.length));
        undo.push(() => before.copy(image, at));
        image.set(bytes.subarray(0, before.length), at);
      };
      for (let change = 1 + seededBelow(random, 4); change > 0; change--) scramble(image, random, write);
      if (random() < 0.85) for (const at of [SECTOR, LAST]) resign(image, at, write);
      const started = performance.now();
      try {
        tally[await expectSane(image, random() < 0.7)] += 1;
      } catch (error) {
        throw new Error(`case ${number} of ${name}`, { cause: error });
      } finally {
        for (const step of undo.reverse()) step();
      }
      const elapsed = performance.now() - started;
      tally.slowestMs = Math.max(tally.slowestMs, elapsed);
      if (elapsed > SLOWEST_MS) throw new Error(`case ${number} of ${name} took ${Math.round(elapsed)} ms`);
    }
    if (process.env.STILLFRAME_FUZZ_CASES !== undefined) process.stdout.write(`${name} ${JSON.stringify(tally)}\n`);
    expect(tally.entries).toBeGreaterThan(0);
  });
});
