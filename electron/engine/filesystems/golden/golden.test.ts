/**
 * Small images of every parsed family, made once by the families' own mkfs and kept compressed beside what was found in
 * them. They hold the parsers still: any change of what is found shows here, on machines without any mkfs too.
 *
 * `STILLFRAME_GOLDEN=make vitest run golden` makes those that are missing again (root, loop devices); look at the
 * difference before you commit it.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { mergeGaps } from '../../base/extents.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { runProgram } from '../../testing/run-program.ts';
import { attachLoop, createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { editFiles } from '../../testing/volume-files.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { readUsedMap, type UsedMap } from '../used-map.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const FOLDER = import.meta.dirname;
const MOST_IMAGE_BYTES = 256 * KiB;

interface Golden {
  name: string;
  type: string;
  options: string[];
  sizeBytes: number;
  /** Nothing can be written into it here. */
  empty?: boolean;
}

const GOLDENS: Golden[] = [
  { name: 'ext2-1k', type: 'ext2', options: ['-b', '1024', '-L', 'golden'], sizeBytes: 4 * MiB },
  { name: 'ext4-4k', type: 'ext4', options: ['-b', '4096', '-L', 'golden'], sizeBytes: 16 * MiB },
  { name: 'xfs-v5', type: 'xfs', options: ['--unsupported', '-L', 'golden'], sizeBytes: 20 * MiB },
  {
    name: 'xfs-v4-512',
    type: 'xfs',
    options: ['--unsupported', '-m', 'crc=0', '-b', 'size=512'],
    sizeBytes: 20 * MiB,
    empty: true,
  },
  { name: 'btrfs-mixed', type: 'btrfs', options: ['--mixed', '-L', 'golden'], sizeBytes: 24 * MiB },
  { name: 'btrfs-dup', type: 'btrfs', options: ['-L', 'golden'], sizeBytes: 128 * MiB },
  { name: 'ntfs-4k', type: 'ntfs', options: ['-L', 'golden'], sizeBytes: 8 * MiB },
  { name: 'ntfs-512', type: 'ntfs', options: ['-c', '512'], sizeBytes: 4 * MiB },
  { name: 'fat12', type: 'vfat', options: ['-F', '12', '-n', 'GOLDEN'], sizeBytes: 1440 * KiB },
  { name: 'fat16', type: 'vfat', options: ['-F', '16', '-n', 'GOLDEN'], sizeBytes: 16 * MiB },
  { name: 'fat32', type: 'vfat', options: ['-F', '32', '-s', '1', '-n', 'GOLDEN'], sizeBytes: 40 * MiB },
  { name: 'exfat', type: 'exfat', options: ['-L', 'golden'], sizeBytes: 8 * MiB },
  { name: 'swap', type: 'swap', options: ['-L', 'golden'], sizeBytes: MiB, empty: true },
];

const imagePath = ({ name }: Golden): string => join(FOLDER, `${name}.img.zst`);
const foundPath = ({ name }: Golden): string => join(FOLDER, `${name}.json`);

/** What is kept of a map. */
function described(map: UsedMap) {
  const { mode, warnings, usedBytes, extentCount } = map.summary;
  const extents: string[] = [];
  for (let at = 0; at < map.extents.length; at += 2) extents.push(`${map.extents[at]}+${map.extents[at + 1]}`);
  return { facts: map.facts, mode, warnings, usedBytes, extentCount, extents };
}

const FILES = Array.from({ length: 24 }, (_, index) => `text-${index}.txt`);

/** Text of a few sizes, so that the image stays small. */
async function writeTexts(folder: string): Promise<void> {
  await mkdir(join(folder, 'texts'));
  for (const [index, name] of FILES.entries()) {
    await writeFile(join(folder, 'texts', name), `line ${index}\n`.repeat(200 + 97 * index));
  }
}

/** Deletes every third file, so that free space has holes. */
async function deleteSome(type: string, device: string): Promise<void> {
  const doomed = FILES.filter((_, index) => index % 3 === 0);
  if (type === 'vfat') {
    await runProgram('mdel', ['-i', device, ...doomed.map((name) => `::/texts/${name}`)]);
    return;
  }
  await editFiles(type, device, async (folder) => {
    for (const name of doomed) await rm(join(folder, 'texts', name));
  });
}

async function makeGolden(golden: Golden): Promise<void> {
  await using workspace = await createWorkspace();
  const path = workspace.path('image');
  await createSparseFile(path, golden.sizeBytes);
  await makeFileSystem(path, [golden.type, ...golden.options]);
  if (golden.empty !== true) {
    await using loop = await attachLoop(path);
    await editFiles(golden.type, loop.device, writeTexts);
    await deleteSome(golden.type, loop.device);
  }
  const image = await readFile(path);
  await writeFile(imagePath(golden), zstdCompressSync(image, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }));
  const map = await readUsedMap(memorySource(image), { gapBytes: 1 });
  await writeFile(foundPath(golden), `${JSON.stringify(described(map), null, 2)}\n`);
}

describe('golden images', () => {
  for (const golden of GOLDENS) {
    it(golden.name, { timeout: 60_000 }, async () => {
      if (process.env.STILLFRAME_GOLDEN === 'make' && !existsSync(imagePath(golden))) await makeGolden(golden);
      const compressed = await readFile(imagePath(golden));
      expect(compressed.length).toBeLessThan(MOST_IMAGE_BYTES);
      const source = memorySource(zstdDecompressSync(compressed));
      const map = await readUsedMap(source, { gapBytes: 1 });
      expect(described(map)).toEqual(JSON.parse(await readFile(foundPath(golden), 'utf8')));
      expect(map.facts.type).toBe(golden.type);

      // imagegapsize: a gap of exactly the size is sent, a longer one is skipped; 0 sends everything.
      const gaps = new Set<number>([512, 4 * KiB, 32 * KiB, MiB, golden.sizeBytes]);
      if (map.summary.largestGap) {
        gaps.add(map.summary.largestGap.lengthBytes);
        gaps.add(map.summary.largestGap.lengthBytes - 1);
      }
      for (const gapBytes of gaps) {
        const wider = await readUsedMap(source, { gapBytes });
        expect([...wider.extents]).toEqual([...mergeGaps(map.extents, gapBytes, golden.sizeBytes)]);
        expect(wider.summary.usedBytes + wider.summary.skippedBytes).toBe(golden.sizeBytes);
        for (let at = 2; at < wider.extents.length; at += 2) {
          const end = (wider.extents[at - 2] ?? 0) + (wider.extents[at - 1] ?? 0);
          expect((wider.extents[at] ?? 0) - end).toBeGreaterThan(gapBytes);
        }
        // The unused tail is never sent.
        expect(wider.extents.at(-1)).toBe(
          (map.extents.at(-2) ?? 0) + (map.extents.at(-1) ?? 0) - (wider.extents.at(-2) ?? 0),
        );
      }
      const whole = await readUsedMap(source, { gapBytes: 0 });
      expect([...whole.extents]).toEqual([0, golden.sizeBytes]);
    });
  }
});
