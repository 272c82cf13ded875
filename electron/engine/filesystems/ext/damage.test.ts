/** What is done about ext file systems that are damaged, dirty or strange: never a map that leaves out used blocks. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../base/errors.ts';
import { differences, toBlockMap } from '../../testing/block-map.ts';
import { dumpe2fsMap } from '../../testing/ext-oracle.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { runProgram } from '../../testing/run-program.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { crc32c } from '../crc32c.ts';
import type { ByteSource } from '../types.ts';
import { readUsedMap } from '../used-map.ts';

const MiB = 1024 * 1024;
const SUPERBLOCK = 1024;

/** The bytes of a fresh file system. */
async function imageOf(mebibytes: number, type: string, ...options: string[]): Promise<Buffer> {
  await using workspace = await createWorkspace();
  const path = workspace.path('image');
  await createSparseFile(path, mebibytes * MiB);
  await makeFileSystem(path, [type, ...options]);
  return await readFile(path);
}

/** Makes the superblock's checksum right again. */
function sign(image: Buffer): Buffer {
  const sum = crc32c(0xffffffff, image.subarray(SUPERBLOCK, SUPERBLOCK + 0x3fc));
  image.writeUInt32LE(sum, SUPERBLOCK + 0x3fc);
  return image;
}

function setFeature(image: Buffer, word: 'compat' | 'incompat' | 'roCompat', bits: number): Buffer {
  const at = SUPERBLOCK + { compat: 0x5c, incompat: 0x60, roCompat: 0x64 }[word];
  image.writeUInt32LE((image.readUInt32LE(at) | bits) >>> 0, at);
  return sign(image);
}

async function errorOf(source: ByteSource): Promise<EngineError> {
  const error: unknown = await readUsedMap(source, { gapBytes: 1 }).catch((thrown: unknown) => thrown);
  if (error instanceof EngineError) return error;
  throw new Error(`expected an EngineError, got ${String(error)}`);
}

async function expectRaw(image: Buffer, warning?: RegExp): Promise<void> {
  const map = await readUsedMap(memorySource(image), { gapBytes: 1 });
  expect(map.summary.mode).toBe('raw');
  expect([...map.extents]).toEqual([0, image.length]);
  expect(map.facts.totalBytes).toBeGreaterThan(0);
  if (warning) expect(map.summary.warnings.join('\n')).toMatch(warning);
  else expect(map.facts.type).toBe('raw');
}

describe('file systems whose map would be a guess are read whole', () => {
  it('needs_recovery: dirty, with what it costs', async () => {
    const image = setFeature(await imageOf(32, 'ext4'), 'incompat', 0x4);
    await expectRaw(image, /journal holds changes .* whole volume is read \(32\.0 MiB instead of about [\d.]+ \w+\)/);
    const map = await readUsedMap(memorySource(image), { gapBytes: 1 });
    expect(map.facts).toMatchObject({ type: 'ext4', state: 'dirty' });
    expect(map.facts.features).toContain('needs_recovery');
  });

  it('needs_recovery in a plan: an estimate', async () => {
    const image = setFeature(await imageOf(32, 'ext4'), 'incompat', 0x4);
    const map = await readUsedMap(memorySource(image), { gapBytes: 1, estimate: true });
    expect(map.summary.mode).toBe('used');
    expect(map.summary.usedBytes).toBe(map.facts.usedBytes);
  });

  it('ext2 that was not unmounted', async () => {
    const image = await imageOf(16, 'ext2');
    image.writeUInt16LE(0, SUPERBLOCK + 0x3a);
    await expectRaw(image, /in use or was not unmounted cleanly/);
  });

  it('errors noted', async () => {
    const image = await imageOf(16, 'ext4');
    image.writeUInt16LE(3, SUPERBLOCK + 0x3a);
    await expectRaw(sign(image), /marked as having errors/);
  });

  it.each([
    ['incompat', 30, /FEATURE_I30/],
    ['roCompat', 29, /FEATURE_R29/],
    ['compat', 28, /FEATURE_C28/],
    ['roCompat', 14, /shared_blocks/],
  ] as const)('unknown or strange feature: %s bit %i', async (word, bit, named) => {
    await expectRaw(setFeature(await imageOf(16, 'ext4'), word, 1 << bit), named);
  });

  it('an external journal', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('journal');
    await createSparseFile(path, 32 * MiB);
    await runProgram('mke2fs', ['-q', '-F', '-O', 'journal_dev', '-b', '4096', '-L', 'log', path]);
    const image = await readFile(path);
    await expectRaw(image, /external journal/);
    const map = await readUsedMap(memorySource(image), { gapBytes: 1 });
    expect(map.facts).toMatchObject({ type: 'jbd', label: 'log' });
  });

  it('a file system larger than its volume', async () => {
    await expectRaw((await imageOf(32, 'ext4')).subarray(0, 24 * MiB), /volume has only 24\.0 MiB/);
  });

  it('nothing at all', async () => {
    await expectRaw(Buffer.alloc(3 * MiB));
    await expectRaw(Buffer.alloc(100));
  });

  it('imagegapsize 0', async () => {
    const image = await imageOf(16, 'ext4');
    const map = await readUsedMap(memorySource(image), { gapBytes: 0 });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
  });
});

describe('the tail after the file system', () => {
  it.for([
    ['short', 4096, /^$/],
    ['long', 2 * MiB, /ends 2\.00 MiB before the volume does; what lies behind it .* is read as well/],
  ] as const)('is read, and told about when long: %s', async ([, tail, sentence]) => {
    const image = await imageOf(16, 'ext4');
    const map = await readUsedMap(memorySource(Buffer.concat([image, Buffer.alloc(tail)])), { gapBytes: 1 });
    const [offset = 0, length = 0] = map.extents.slice(-2);
    expect(offset).toBeLessThanOrEqual(image.length);
    expect(offset + length).toBe(image.length + tail);
    expect(map.summary.usedBytes).toBe(map.facts.usedBytes + tail);
    expect(map.summary.warnings.join()).toMatch(sentence);
  });

  it('with the hash tree of dm-verity behind an ext4, as AVB makes it: all of it is read', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await createSparseFile(path, 300 * MiB);
    await runProgram('mke2fs', ['-q', '-F', '-t', 'ext4', path, '256M']);
    const tree = ['--data-blocks', `${(256 * MiB) / 4096}`, '--hash-offset', `${256 * MiB}`];
    await runProgram('veritysetup', ['format', ...tree, path, path]);
    const bytes = await readFile(path);
    expect(bytes.subarray(258 * MiB, 258 * MiB + 4096).some((byte) => byte !== 0)).toBe(true);
    const { extents, summary, facts } = await readUsedMap(memorySource(bytes), { gapBytes: 1 });
    expect(facts.type).toBe('ext4');
    expect(summary.mode).toBe('used');
    const [offset = 0, length = 0] = extents.slice(-2);
    expect(offset).toBeLessThanOrEqual(256 * MiB);
    expect(offset + length).toBe(300 * MiB);
  });
});

describe('damage is named with its place', () => {
  it('descriptor checksum', async () => {
    const image = await imageOf(64, 'ext4', '-b', '4096');
    image.writeUInt8(image.readUInt8(4096 + 0xc) ^ 1, 4096 + 0xc);
    const error = await errorOf(memorySource(image));
    expect(error.code).toBe('FILESYSTEM_DAMAGED');
    expect(error.details).toMatchObject({ structure: 'descriptor of block group 0', offsetBytes: 4096 });
  });

  it('bitmap checksum, and raw when the person allows it', async () => {
    const image = await imageOf(64, 'ext4', '-b', '4096');
    const bitmap = image.readUInt32LE(4096) * 4096;
    image.writeUInt8(image.readUInt8(bitmap + 3) ^ 0x10, bitmap + 3);
    const error = await errorOf(memorySource(image));
    expect(error.details).toMatchObject({ structure: 'block bitmap of block group 0', offsetBytes: bitmap });
    const raw = await readUsedMap(memorySource(image), { gapBytes: 1, allowRaw: true });
    expect(raw.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
    expect(raw.summary.warnings.join()).toMatch(/damaged, so the whole volume is read/);
  });

  it('a bitmap without checksum that lost a used block: the free count tells', async () => {
    const image = await imageOf(64, 'ext2', '-b', '4096');
    const bitmap = image.readUInt32LE(4096) * 4096;
    image.writeUInt8(0xfe, bitmap);
    const error = await errorOf(memorySource(image));
    expect(error.details).toMatchObject({ structure: 'block bitmap of block group 0', offsetBytes: bitmap });
  });

  it('a bitmap outside the file system', async () => {
    const image = await imageOf(64, 'ext2', '-b', '4096');
    image.writeUInt32LE(0x7fffffff, 4096);
    expect((await errorOf(memorySource(image))).details).toMatchObject({ offsetBytes: 4096 });
  });

  it('a bitmap on a bad sector: everything is read, as nothing is lost by it', async () => {
    const image = await imageOf(64, 'ext4', '-b', '4096');
    const bitmap = image.readUInt32LE(4096) * 4096;
    const map = await readUsedMap(memorySource(image, [bitmap + 100]), { gapBytes: 1 });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
    expect(map.summary.warnings.join()).toMatch(/block bitmap of block group 0 cannot be read .*\(EIO\).*whole volume/);
  });
});

describe('a damaged first superblock', () => {
  it.each([
    ['ext4', '-b', '4096'],
    ['ext4', '-b', '1024'],
    ['ext3', '-b', '2048'],
    ['ext4', '-b', '1024', '-O', 'bigalloc'],
    ['ext4', '-O', 'sparse_super2,^resize_inode'],
    ['ext4', '-O', 'meta_bg,^resize_inode'],
  ])('%s %s %s %s %s: a copy gives the same map, with a warning', { timeout: 30_000 }, async (type, ...options) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('image');
    await createSparseFile(path, 300 * MiB);
    await makeFileSystem(path, [type, ...options.filter((word) => typeof word === 'string')]);
    const content = workspace.path('content');
    await writeFile(content, Buffer.alloc(3 * MiB, 7));
    await runProgram('debugfs', ['-w', '-R', `write ${content} file`, path]);
    const theirs = await dumpe2fsMap(path);
    const image = await readFile(path);
    image.writeUInt32LE(0xdeadbeef, SUPERBLOCK + 0x20);
    const map = await readUsedMap(memorySource(image), { gapBytes: 1 });
    expect(map.summary.warnings.join()).toMatch(/first superblock is damaged .*the copy at byte \d+ was used/);
    expect(map.summary.mode).toBe('used');
    const { blockSizeBytes } = map.facts;
    expect(differences(toBlockMap(map.extents, blockSizeBytes, theirs.length), theirs)).toEqual([]);
  });

  it.for([
    ['gone', 0, 0],
    ['gone, and something else begins the volume', 0x5a, 0x5a],
    ['damaged, and something else begins the volume', 0x5a, undefined],
  ] as const)('%s: its copies are shown and give no map', async ([, start, superblock]) => {
    const image = await imageOf(300, 'ext4', '-b', '4096', '-L', 'data');
    image.fill(start, 0, SUPERBLOCK);
    if (superblock === undefined) image.writeUInt32LE(0xdeadbeef, SUPERBLOCK + 0x20);
    else image.fill(superblock, SUPERBLOCK, 2 * SUPERBLOCK);
    const { facts, summary } = await readUsedMap(memorySource(image), { gapBytes: 1 });
    expect(facts).toMatchObject({ type: 'ext4', label: 'data' });
    expect(summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
    expect(summary.warnings.join()).toMatch(/only a copy at byte 134217728 .*e2fsck -b 32768 -B 4096.*whole volume/);
  });

  it('with a journal that waits for replay is read whole', async () => {
    const image = await imageOf(300, 'ext4', '-b', '4096');
    const journal = image.indexOf(Buffer.from('c03b3998', 'hex'));
    expect(journal).toBeGreaterThan(0);
    image.writeUInt32BE(1, journal + 0x1c);
    image.writeUInt32LE(0xdeadbeef, SUPERBLOCK + 0x20);
    await expectRaw(image, /journal holds changes/);
  });

  it('without journal is read whole: nothing else says that it was unmounted', async () => {
    const image = await imageOf(300, 'ext4', '-b', '4096', '-O', '^has_journal');
    image.writeUInt32LE(0xdeadbeef, SUPERBLOCK + 0x20);
    await expectRaw(image, /not unmounted cleanly/);
  });

  it('without any copy is reported', async () => {
    const image = await imageOf(16, 'ext4', '-b', '4096');
    image.writeUInt32LE(0xdeadbeef, SUPERBLOCK + 0x20);
    const error = await errorOf(memorySource(image));
    expect(error.code).toBe('FILESYSTEM_DAMAGED');
    expect(error.details).toMatchObject({ structure: 'superblock', offsetBytes: 1024 });
  });

  it('old copies on a volume that was overwritten from its start are no find', async () => {
    const image = await imageOf(300, 'ext4', '-b', '4096');
    image.fill(0x5a, 0, MiB);
    await expectRaw(image);
  });
});
