/** Swap areas, with mkswap, swaplabel and blkid as judges; above all when a header is not enough to image by. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../base/errors.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { runProgram } from '../../testing/run-program.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { readUsedMap } from '../used-map.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const OPTIONS = { gapBytes: 1 };
const PAGE = 4096;

/** What mkswap makes on a volume of so many bytes that `before` may have prepared. */
async function swapArea(sizeBytes: number, options: string[] = [], before?: Buffer): Promise<Buffer> {
  await using workspace = await createWorkspace();
  const path = workspace.path('volume');
  await createSparseFile(path, sizeBytes);
  if (before !== undefined) await writeFile(path, before);
  await runProgram('mkswap', ['-q', '-L', 'data', ...options, path]);
  return await readFile(path);
}

/** The header of one made with 4 KiB pages as a machine with other pages or the other byte order makes it. */
function asPages(area: Buffer, pageBytes: number, bigEndian = false): Buffer {
  const other = Buffer.alloc(area.length);
  area.copy(other, 1024, 1024, 1068);
  const words = bigEndian ? 'writeUInt32BE' : 'writeUInt32LE';
  other[words](1, 1024);
  other[words](area.length / pageBytes - 1, 1028);
  Buffer.from('SWAPSPACE2').copy(other, pageBytes - 10);
  return other;
}

const read = (bytes: Buffer) => readUsedMap(memorySource(bytes), OPTIONS);

async function expectRaw(bytes: Buffer, sentence: RegExp, type = 'swap'): Promise<void> {
  const { facts, summary } = await read(bytes);
  expect(facts.type).toBe(type);
  expect(summary).toMatchObject({ mode: 'raw', usedBytes: bytes.length });
  expect(summary.warnings.join('\n')).toMatch(sentence);
}

async function expectHeaderOnly(bytes: Buffer, pageBytes = PAGE): Promise<void> {
  const { extents, summary } = await read(bytes);
  expect(summary.warnings).toEqual([]);
  expect(summary.mode).toBe('used');
  expect([...extents]).toEqual([0, pageBytes]);
}

describe('a swap area', () => {
  it('is described as blkid and swaplabel describe it, and its header alone is the same to both', async () => {
    const area = await swapArea(4 * MiB);
    area.fill(0xa5, PAGE);
    const { facts, extents, summary } = await read(area);
    expect(facts).toMatchObject({
      type: 'swap',
      version: '1',
      label: 'data',
      blockSizeBytes: PAGE,
      totalBytes: 4 * MiB,
      usedBytes: PAGE,
      freeBytes: 4 * MiB - PAGE,
      state: 'clean',
    });
    expect(summary.mode).toBe('used');

    await using workspace = await createWorkspace();
    const restored = Buffer.alloc(area.length);
    for (let at = 0; at < extents.length; at += 2) {
      const offset = extents[at] ?? 0;
      area.copy(restored, offset, offset, offset + (extents[at + 1] ?? 0));
    }
    const path = workspace.path('restored');
    await writeFile(path, restored);
    const blkid = await runProgram('blkid', ['-p', '-o', 'export', path]);
    for (const line of ['TYPE=swap', 'VERSION=1', 'LABEL=data', `UUID=${facts.uuid}`]) expect(blkid).toContain(line);
    expect(await runProgram('swaplabel', [path])).toMatch(new RegExp(`LABEL: data\\s+UUID:\\s+${facts.uuid}`));
  });

  it.for([4096, 8192, 16384, 32768, 65536])('with pages of %i bytes, in either byte order', async (pageBytes) => {
    const area = await swapArea(4 * MiB);
    await expectHeaderOnly(asPages(area, pageBytes), pageBytes);
    const other = asPages(area, pageBytes, true);
    await expectHeaderOnly(other, pageBytes);
    await using workspace = await createWorkspace();
    await writeFile(workspace.path('other'), other);
    const blkid = await runProgram('blkid', ['-p', '-o', 'export', workspace.path('other')]);
    expect(blkid).toContain(`UUID=${(await read(other)).facts.uuid}`);
  });

  it('by mkswap for larger pages, over an area of smaller ones and the other way round', async () => {
    const small = await swapArea(4 * MiB);
    await expectHeaderOnly(await swapArea(4 * MiB, ['-p', '16384'], small), 16384);
    await expectHeaderOnly(await swapArea(4 * MiB, [], asPages(small, 65536)));
  });

  it('of a volume that is no multiple of its pages', async () => {
    const area = await swapArea(4 * MiB + 3 * 512);
    const { extents, summary } = await read(area);
    expect(summary.mode).toBe('used');
    expect([...extents]).toEqual([0, PAGE, 4 * MiB, 3 * 512]);
  });

  it('lists bad pages', async () => {
    const area = await swapArea(4 * MiB);
    area.writeUInt32LE(2, 1032);
    area.writeUInt32LE(7, 1536);
    area.writeUInt32LE(9, 1540);
    const { summary } = await read(area);
    expect(summary).toMatchObject({ mode: 'used', usedBytes: PAGE });
    expect(summary.warnings.join()).toMatch(/lists 2 bad pages/);
  });

  it('keeps the note of a hibernation that is over', async () => {
    const area = await swapArea(4 * MiB);
    area.fill(0x77, PAGE - 50, PAGE - 10);
    await expectHeaderOnly(area);
  });
});

describe('a swap area by which nothing may be left out', () => {
  it.for(['S1SUSPEND', 'S2SUSPEND', 'ULSUSPEND', 'LINHIB0001'])('%s: a hibernated system', async (mark) => {
    const area = await swapArea(4 * MiB);
    area.fill(0, PAGE - 10, PAGE).write(mark, PAGE - 10);
    await expectRaw(area, /memory of a hibernated system.*whole volume is read \(4\.00 MiB\)\.$/, 'swsuspend');
    await using workspace = await createWorkspace();
    await writeFile(workspace.path('area'), area);
    const blkid = await runProgram('blkid', ['-p', '-o', 'export', workspace.path('area')]);
    const { facts } = await read(area);
    expect(facts).toMatchObject({ label: 'data', version: mark.toLowerCase() });
    for (const line of ['TYPE=swsuspend', `UUID=${facts.uuid}`, `VERSION=${facts.version}`]) {
      expect(blkid).toContain(line);
    }
  });

  it('TuxOnIce', async () => {
    const area = await swapArea(4 * MiB);
    Buffer.from('edc302e99856e50c', 'hex').copy(area);
    await expectRaw(area, /hibernated system/, 'swsuspend');
  });

  it('version 0', async () => {
    const area = Buffer.alloc(4 * MiB);
    area.write('SWAP-SPACE', PAGE - 10);
    await expectRaw(area, /version 0/);
  });

  it('longer than its volume', async () => {
    await expectRaw((await swapArea(4 * MiB)).subarray(0, 3 * MiB), /volume has only 3\.00 MiB/);
  });

  it('shorter than its volume', async () => {
    const area = Buffer.concat([await swapArea(4 * MiB), Buffer.alloc(PAGE)]);
    await expectRaw(area, /ends at byte 4194304, and what lies behind it may be somebody's.*Run mkswap again/);
  });

  it('a disk that was swap once and was partitioned since', async () => {
    const area = await swapArea(4 * MiB);
    area.writeUInt8(0x83, 446 + 4);
    area.writeUInt16BE(0x55aa, 510);
    await expectRaw(area, /first page holds more than the header/);
  });

  it('a disk whose partition table mkswap overwrote: the copy at its end is still there', async () => {
    const area = await swapArea(4 * MiB);
    area.write('EFI PART', 4 * MiB - 512);
    await expectRaw(area, /ends with the copy of a partition table/);
  });

  it.for([
    ['padding', 1100],
    ['behind the list of bad pages', 2000],
  ] as const)('%s in use', async ([, at]) => {
    const area = await swapArea(4 * MiB);
    area.writeUInt8(1, at);
    await expectRaw(area, /first page holds more/);
  });

  it.for([
    ['too many', 638],
    ['behind the end', 1],
  ] as const)('bad pages: %s', async ([, count]) => {
    const area = await swapArea(4 * MiB);
    area.writeUInt32LE(count, 1032);
    if (count === 1) area.writeUInt32LE(1024, 1536);
    const thrown: unknown = await read(area).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(EngineError);
    expect(thrown).toMatchObject({
      code: 'FILESYSTEM_DAMAGED',
      details: { structure: 'swap header', offsetBytes: 1536 },
    });
    const raw = await readUsedMap(memorySource(area), { ...OPTIONS, allowRaw: true });
    expect(raw.summary).toMatchObject({ mode: 'raw', usedBytes: area.length });
  });

  it('no header behind the signature: what another mkfs left', async () => {
    const area = await swapArea(4 * MiB);
    area.fill(0, 1024, 1536);
    await expectRaw(area, /^$/, 'raw');
  });

  it('a bad sector', async () => {
    const area = await swapArea(4 * MiB);
    const { summary } = await readUsedMap(memorySource(area, [1500]), OPTIONS);
    expect(summary).toMatchObject({ mode: 'raw', usedBytes: area.length });
    expect(summary.warnings.join()).toMatch(/cannot be read .*\(EIO\)/);
  });
});

describe('a swap area and another content', () => {
  /** `mkfs` on a volume that was a swap area with large pages, whose signature it may leave in place. */
  async function over(mkfs: [string, ...string[]]): Promise<Buffer> {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await writeFile(path, asPages(await swapArea(64 * MiB), 65536));
    await makeFileSystem(path, mkfs);
    return await readFile(path);
  }

  it.for([['ext4'], ['ext2', '-b', '1024'], ['jfs']] as [string, ...string[]][])('%s over swap', async (mkfs) => {
    expect((await read(await over(mkfs))).facts.type).toBe(mkfs[0]);
  });

  it.for([
    [['ext4'], 300],
    [['ext4', '-b', '1024'], 64],
    [['ext2', '-b', '2048'], 300],
    [['btrfs'], 128],
    [['xfs', '--unsupported'], 64],
    [['xfs'], 300],
    [['ntfs'], 64],
    [['exfat'], 64],
    [['vfat', '-F', '32', '-s', '1'], 64],
  ] as [[string, ...string[]], number][])('swap by mistake over %s is imaged whole', async ([mkfs, mebibytes]) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await createSparseFile(path, mebibytes * MiB);
    await makeFileSystem(path, mkfs);
    await runProgram('mkswap', ['-q', '-f', path]);
    await expectRaw(
      await readFile(path),
      /a file system was found \(\w+, by its copy at byte \d+\).*by mistake.*clear it once/,
    );
  });

  it('a file system larger than the area is none that mkswap was run on', async () => {
    const before = Buffer.alloc(320 * MiB);
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await writeFile(path, before);
    await makeFileSystem(path, ['ext4']);
    const larger = await readFile(path);
    await expectHeaderOnly(await swapArea(200 * MiB, [], larger.subarray(0, 200 * MiB)));
  });

  it('a bad sector at a place where a copy could be hides nothing else', async () => {
    const area = await swapArea(200 * MiB);
    const { summary } = await readUsedMap(memorySource(area, [64 * MiB, 128 * MiB]), OPTIONS);
    expect(summary).toMatchObject({ mode: 'used', usedBytes: PAGE });
  });

  it('swap at the start of what carries a mark further behind is imaged whole', async () => {
    const area = await swapArea(4 * MiB);
    area.writeUInt32LE(0x19540119, 65536 + 1372);
    await expectRaw(area, /UFS/, 'ufs');
    const member = await swapArea(4 * MiB);
    member.write('fc4e2ba9', 4 * MiB - 8192, 'hex');
    await expectRaw(member, /RAID/, 'linux_raid_member');
  });
});
