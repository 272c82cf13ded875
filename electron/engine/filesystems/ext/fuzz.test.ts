/**
 * Mutated superblocks, descriptors and bitmaps: only typed errors, sane extents, bounded reads and time. The number of
 * cases is `STILLFRAME_FUZZ_CASES` (default 1500), spread over the images.
 */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../base/errors.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { seeded, seededBelow } from '../../testing/seeded.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { crc32c } from '../crc32c.ts';
import { readUsedMap } from '../used-map.ts';

const MiB = 1024 * 1024;
const CASES = Number(process.env.STILLFRAME_FUZZ_CASES ?? 1500);
const INTERESTING = [0, 1, 7, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

const IMAGES: [string, ...string[]][] = [
  ['ext2', '-b', '1024'],
  ['ext4', '-b', '1024'],
  ['ext4', '-b', '4096', '-O', '^metadata_csum'],
  ['ext4', '-b', '1024', '-O', '^metadata_csum,meta_bg,^resize_inode'],
  ['ext4', '-b', '1024', '-O', '^metadata_csum,bigalloc'],
];

/** Places worth changing: superblock fields, descriptors, the start of the bitmaps. */
function mutate(image: Buffer, random: () => number): () => void {
  const undo: (() => void)[] = [];
  const changes = 1 + seededBelow(random, 4);
  for (let change = 0; change < changes; change++) {
    const region = seededBelow(random, 3);
    const [start, length] = region === 0 ? [1024, 1020] : region === 1 ? [2048, 8192] : [10240, MiB];
    const at = start + Math.min(seededBelow(random, length), length - 4);
    const before = image.readUInt32LE(at);
    undo.push(() => image.writeUInt32LE(before, at));
    const value = INTERESTING[seededBelow(random, INTERESTING.length)] ?? 0;
    if (random() < 0.3) image.writeUInt8((before ^ (1 << seededBelow(random, 8))) & 0xff, at);
    else if (random() < 0.5) image.writeUInt32LE(value, at);
    else image.writeUInt16LE(value & 0xffff, at);
  }
  // A right checksum lets the change through to the code behind it.
  const sumAt = 1024 + 0x3fc;
  const sum = image.readUInt32LE(sumAt);
  undo.push(() => image.writeUInt32LE(sum, sumAt));
  if (random() < 0.8) image.writeUInt32LE(crc32c(0xffffffff, image.subarray(1024, sumAt)), sumAt);
  return () => {
    for (const step of undo.reverse()) step();
  };
}

describe('mutated ext file systems', () => {
  it.each(IMAGES.map((mkfs, index) => ({ name: mkfs.join(' '), mkfs, index })))(
    '$name',
    { timeout: 120_000 },
    async ({ mkfs, index }) => {
      await using workspace = await createWorkspace();
      const path = workspace.path('image');
      await createSparseFile(path, 20 * MiB);
      await makeFileSystem(path, mkfs);
      const image = await readFile(path);
      const pristine = Buffer.from(image);
      const random = seeded(1000 + index);
      for (let round = 0; round < Math.ceil(CASES / IMAGES.length); round++) {
        const restore = mutate(image, random);
        const source = memorySource(image);
        const started = performance.now();
        try {
          const { extents } = await readUsedMap(source, { gapBytes: 1, allowRaw: random() < 0.3 });
          let end = 0;
          for (let at = 0; at < extents.length; at += 2) {
            const offset = extents[at] ?? -1;
            const length = extents[at + 1] ?? -1;
            if (offset < end || length <= 0 || offset + length > image.length) {
              throw new Error(`round ${round}: bad extent ${offset} ${length}`);
            }
            end = offset + length;
          }
        } catch (error) {
          if (!(error instanceof EngineError) || error.code !== 'FILESYSTEM_DAMAGED') throw error;
          expect(error.details.structure).toBeTypeOf('string');
          expect(error.details.offsetBytes).toBeTypeOf('number');
        }
        expect(source.readBytes).toBeLessThan(4 * image.length);
        expect(performance.now() - started).toBeLessThan(5000);
        restore();
      }
      expect(image.equals(pristine)).toBe(true);
    },
  );
});
