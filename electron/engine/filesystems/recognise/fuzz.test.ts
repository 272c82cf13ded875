/**
 * Mutated marks: only typed errors, bounded reads. A recognised content has no map, so its whole volume stands for one.
 * `STILLFRAME_FUZZ_CASES` as for every family.
 */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { wholeVolume } from '../../base/extents.ts';
import { type Edit, fuzzCases, fuzzFamily } from '../../testing/fuzz-family.ts';
import { volumeWith, zfsVolume } from '../../testing/hand-made-headers.ts';
import { HAND_MADE } from '../../testing/hand-made-marks.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { runProgram } from '../../testing/run-program.ts';
import { seeded, seededBelow, seededBytes } from '../../testing/seeded.ts';
import { createSparseFile } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { cachedSource } from '../cached-source.ts';
import { recognisedContainers, recognisedFileSystems, recognisedLast } from '../recognise.ts';
import type { ByteSource, FileSystemFamily, Probe } from '../types.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** All rows in the registry's order; a recognised content maps to its whole volume. */
const everything: Pick<FileSystemFamily, 'probe'> = {
  async probe(source: ByteSource): Promise<Probe | undefined> {
    for (const family of [recognisedContainers, recognisedFileSystems]) {
      const probe = await family.probe(source);
      if (probe !== undefined) return { ...probe, usedExtents: async () => wholeVolume(source.sizeBytes) };
    }
    for (const family of recognisedLast) {
      const probe = await family.probe(source);
      if (probe !== undefined) return probe;
    }
    return undefined;
  },
};

/** A disc with both formats' descriptors, and a UDF sequence that claims four billion blocks. */
function hostileDisc(): Buffer {
  const volume = volumeWith(2 * MiB, [32769, 'BEA01'], [34817, 'NSR03'], [36865, 'TEA01']);
  volume.writeUInt16LE(2, 256 * 2048);
  volume.writeUInt32LE(256, 256 * 2048 + 12);
  volume.writeUInt32LE(0xffffffff, 256 * 2048 + 16);
  volume.writeUInt32LE(300, 256 * 2048 + 20);
  for (let block = 300; block < 900; block++) {
    volume.writeUInt16LE(block % 2 === 0 ? 1 : 6, block * 2048);
    volume.writeUInt32LE(block, block * 2048 + 12);
  }
  return volume;
}

const IMAGES: { name: string; image: () => Buffer }[] = [
  ...HAND_MADE.filter(({ type }) => ['BitLocker', 'linux_raid_member', 'hfsplus', 'bcachefs'].includes(type))
    .filter((_, index) => index % 2 === 0)
    .map(({ name, volume }) => ({ name, image: volume })),
  { name: 'a ZFS label', image: () => zfsVolume().subarray(0, MiB) },
  { name: 'a hostile disc', image: hostileDisc },
];

/** The start of another content over this one, so that the volume is several things at once, and noise in headers. */
function craft(image: Buffer, random: () => number, edit: Edit): readonly number[] {
  const made = HAND_MADE[seededBelow(random, HAND_MADE.length)];
  const other = SMALL_MARKS.get(made?.name ?? '') ?? Buffer.alloc(0);
  edit.bytes(0, other.subarray(0, Math.min(other.length, image.length)));
  const at = Math.min(1024 + seededBelow(random, 4) * 4096, image.length - 16);
  edit.bytes(at, seededBytes(random, 16));
  return [at];
}

/** The first 72 KiB of each, where most marks lie. */
const SMALL_MARKS = new Map(HAND_MADE.map(({ name, volume }) => [name, volume().subarray(0, 72 * KiB)]));

describe('mutated marks', () => {
  it.for(IMAGES.map((row, index) => ({ ...row, seed: 7000 + index })))('$name', async ({ image, seed }) => {
    const cases = fuzzCases(IMAGES.length + 2);
    const tally = await fuzzFamily({ family: everything, image: image(), cases, seed, craft });
    expect(tally.mapped).toBeGreaterThan(0);
  });

  it.for([4096, 65536])('swap with pages of %i bytes', async (pageBytes) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('swap');
    await createSparseFile(path, MiB);
    await runProgram('mkswap', ['-q', '-p', `${pageBytes}`, path]);
    const image = await readFile(path);
    const cases = fuzzCases(IMAGES.length + 2);
    const tally = await fuzzFamily({ family: everything, image, cases, seed: pageBytes, craft: craftSwap });
    expect(tally.mapped).toBeGreaterThan(0);
    expect(tally.refused).toBeGreaterThan(0);
  });

  it('noise of any size', async () => {
    const random = seeded(99);
    const noise = seededBytes(random, 300 * KiB);
    for (let round = 0; round < 300; round++) {
      const source = memorySource(noise.subarray(0, seededBelow(random, noise.length)));
      await everything.probe(source);
      expect(source.readBytes).toBeLessThan(4 * noise.length);
    }
  });

  it('a look at a volume costs a dozen reads', async () => {
    let reads = 0;
    const bytes = memorySource(Buffer.alloc(64 * MiB));
    const counted: ByteSource = {
      sizeBytes: bytes.sizeBytes,
      read: (offset, length) => {
        reads += 1;
        return bytes.read(offset, length);
      },
    };
    await everything.probe(cachedSource(counted));
    expect(reads).toBeLessThanOrEqual(12);
  });
});

/** Fields of the header with the values that matter. */
function craftSwap(_image: Buffer, random: () => number, edit: Edit): readonly number[] {
  const at = [1024, 1028, 1032, 1536, 1540][seededBelow(random, 5)] ?? 1024;
  const word = Buffer.alloc(4);
  word.writeUInt32LE([0, 1, 2, 255, 256, 637, 638, 0xffffffff][seededBelow(random, 8)] ?? 0);
  edit.bytes(at, word);
  return [at];
}
