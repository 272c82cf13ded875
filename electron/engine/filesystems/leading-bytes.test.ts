/**
 * A former file system whose superblock outlived what begins its volume now: labels that parted made, the start of a
 * closed plain dm-crypt volume, boot loaders.
 */
import { createCipheriv, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { expectReadWhole } from '../testing/expect-used-map.ts';
import { requireLoopDevices } from '../testing/machine-limits.ts';
import { memorySource } from '../testing/memory-source.ts';
import { runProgram } from '../testing/run-program.ts';
import { createSparseFile, createTestVolume, makeFileSystem } from '../testing/test-volume.ts';
import { createWorkspace } from '../testing/workspace.ts';
import { readUsedMap } from './used-map.ts';

const MiB = 1024 * 1024;
const SECTOR = 512;
const LOADERS = '/usr/lib/grub/i386-pc';

type Mkfs = [string, ...string[]];
const FORMER: readonly { name: string; mkfs: Mkfs; startBytes: number }[] = [
  { name: 'ext4', mkfs: ['ext4'], startBytes: 1024 },
  { name: 'btrfs', mkfs: ['btrfs', '--mixed'], startBytes: 64 * 1024 },
];

/** Skips, loudly, where a program is missing. */
async function run(context: Pick<TestContext, 'skip'>, program: string, args: readonly string[]): Promise<void> {
  try {
    await runProgram(program, args);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    context.skip(`SKIPPED: this test needs ${program}`);
  }
}

async function formatted(mkfs: Mkfs, mebibytes = 64): Promise<Buffer> {
  await using workspace = await createWorkspace();
  const path = workspace.path('volume');
  await createSparseFile(path, mebibytes * MiB);
  await makeFileSystem(path, mkfs);
  return await readFile(path);
}

async function expectMapped(bytes: Buffer, type: string): Promise<void> {
  const { facts, summary } = await readUsedMap(memorySource(bytes), { gapBytes: 1 });
  expect(summary.warnings).toEqual([]);
  expect(summary.mode).toBe('used');
  expect(facts.type).toBe(type);
}

/** As dm-crypt's aes-xts-plain64 stores these sectors, which begin at byte 0. */
function encrypted(plain: Buffer): Buffer {
  const key = randomBytes(64);
  const sectors: Buffer[] = [];
  for (let at = 0; at < plain.length; at += SECTOR) {
    const tweak = Buffer.alloc(16);
    tweak.writeUIntLE(at / SECTOR, 0, 6);
    const cipher = createCipheriv('aes-256-xts', key, tweak);
    sectors.push(cipher.update(plain.subarray(at, at + SECTOR)), cipher.final());
  }
  return Buffer.concat(sectors);
}

describe.for(FORMER)('a former $name', ({ name, mkfs, startBytes }) => {
  it.for(['amiga', 'atari', 'bsd', 'dvh', 'gpt', 'mac', 'msdos', 'pc98'])('and a label: %s', async (label, context) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await createSparseFile(path, 64 * MiB);
    const kind = ['bsd', 'amiga', 'mac'].includes(label) ? [] : ['primary'];
    await run(context, 'parted', ['-s', path, 'mklabel', label, 'mkpart', ...kind, 'ext2', '8MiB', '40MiB']);
    const labelled = await readFile(path);
    const bytes = await formatted(mkfs);
    // parted clears what it knows by name; other tools write their label and nothing else.
    for (let at = 0; at < startBytes; at += SECTOR) {
      const sector = labelled.subarray(at, at + SECTOR);
      if (sector.some((byte) => byte !== 0)) sector.copy(bytes, at);
    }
    // Amiga's may begin in any of the first 16 sectors.
    if (label === 'amiga') labelled.copy(bytes, 14 * SECTOR, 2 * SECTOR, 3 * SECTOR);
    await expectReadWhole(bytes, new RegExp(`partition table as well as ${name}`));
  });

  it('and a label of a kind that is not known, even with the signature of a boot sector', async () => {
    const bytes = await formatted(mkfs);
    bytes.writeUInt32LE(0x01020304, 100);
    await expectReadWhole(bytes, new RegExp(`begins with something else than ${name}.*whole volume is read`));
    bytes.writeUInt16LE(0xaa55, 510);
    await expectReadWhole(bytes, /begins with something else/);
    bytes.fill(0xeb, 0, 510);
    await expectReadWhole(bytes, /begins with something else/);
  });

  it('and only the last byte before it', async () => {
    const bytes = await formatted(mkfs);
    bytes.writeUInt8(1, startBytes - 1);
    await expectReadWhole(bytes, /begins with something else/);
  });

  it('beneath a closed plain dm-crypt volume that holds an ext4', async () => {
    const bytes = await formatted(mkfs);
    const inner = await formatted(['ext4', '-E', 'nodiscard']);
    const crypt = encrypted(inner.subarray(0, startBytes));
    for (let at = 0; at < startBytes; at += SECTOR) {
      // mke2fs clears the first two sectors; of the others what it wrote is not zero.
      const isWritten = at < 1024 || inner.subarray(at, at + SECTOR).some((byte) => byte !== 0);
      if (isWritten) crypt.copy(bytes, at, at, at + SECTOR);
    }
    await expectReadWhole(bytes, /begins with something else/);
  });

  it('a bad sector before it', async () => {
    const bytes = await formatted(mkfs);
    const { summary } = await readUsedMap(memorySource(bytes, [700]), { gapBytes: 1 });
    expect(summary).toMatchObject({ mode: 'raw', usedBytes: bytes.length });
    expect(summary.warnings.join()).toMatch(/cannot be read .*\(EIO\)/);
  });

  it('is the content where extlinux begins it', async (context) => {
    requireLoopDevices(context);
    await using volume = await createTestVolume({ sizeBytes: 128 * MiB, mkfs });
    {
      await using mount = await volume.mount();
      await mkdir(`${mount.mountPoint}/boot`);
      await run(context, 'extlinux', ['--install', `${mount.mountPoint}/boot`]);
    }
    const bytes = await readFile(volume.file);
    expect(bytes.toString('latin1', 3, 11)).toBe('SYSLINUX');
    await expectMapped(bytes, name);
    bytes.writeUInt8(1, name === 'ext4' ? 600 : startBytes - 1024);
    await expectReadWhole(bytes, /begins with something else/);
  });

  it('is the content where GRUB begins it', async (context) => {
    if (!existsSync(`${LOADERS}/boot.img`)) context.skip('SKIPPED: this test needs grub-pc-bin');
    const bytes = await formatted(mkfs);
    (await readFile(`${LOADERS}/boot.img`)).copy(bytes);
    await expectMapped(bytes, name);
    bytes.writeUInt8(0xff, 600);
    await expectReadWhole(bytes, /begins with something else/);
    if (name !== 'btrfs') return;
    // As it is embedded: a first sector that loads the others.
    const core = await readFile(`${LOADERS}/diskboot.img`);
    expect(core.length).toBe(SECTOR);
    core.copy(bytes, SECTOR);
    bytes.fill(0x90, 2 * SECTOR, 40_000);
    await expectMapped(bytes, name);
  });

  it('is the content where LILO begins it', async () => {
    const bytes = await formatted(mkfs);
    Buffer.from('fa eb 21 01 b4 01 4c 49 4c 4f 18 00'.replaceAll(' ', ''), 'hex').copy(bytes);
    bytes.writeUInt16LE(0xaa55, 510);
    await expectMapped(bytes, name);
    bytes.writeUInt8(1, 512);
    await expectReadWhole(bytes, /begins with something else/);
  });
});

describe('what a former file system does not hide', () => {
  it('a damaged superblock behind a foreign start', async () => {
    const bytes = await formatted(['btrfs', '--mixed']);
    bytes.writeUInt8(1, 5000);
    bytes.writeUInt8(bytes.readUInt8(64 * 1024 + 300) ^ 1, 64 * 1024 + 300);
    await expectReadWhole(bytes, /more than one content \(btrfs, something unknown before it\)/);
  });

  it('the label of an Atari disk, which leaves the start of an XFS without checksums in place', async (context) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await createSparseFile(path, 64 * MiB);
    await run(context, 'parted', ['-s', path, 'mklabel', 'atari', 'mkpart', 'primary', '8MiB', '40MiB']);
    const label = (await readFile(path)).subarray(446, 512);
    const bytes = await formatted(['xfs', '--unsupported', '-m', 'crc=0']);
    await expectMapped(bytes, 'xfs');
    label.copy(bytes, 446);
    // Its parser may find that the rest of its sector is not zero; either way nothing is left out.
    await expectReadWhole(bytes, /partition table/);
  });

  it.for([
    ['ext4', 1024],
    ['ext4', 4096],
    ['btrfs', 4096],
  ] as const)('a hash device of dm-verity made on %s, hash blocks of %i bytes', async ([type, block], context) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    const data = workspace.path('data');
    await writeFile(path, await formatted(type === 'btrfs' ? ['btrfs', '--mixed'] : [type]));
    await createSparseFile(data, 16 * MiB);
    await run(context, 'veritysetup', ['format', `--hash-block-size=${block}`, data, path]);
    const bytes = await readFile(path);
    const { facts, summary } = await readUsedMap(memorySource(bytes), { gapBytes: 1 });
    expect(facts.type).toBe('DM_verity_hash');
    expect(summary).toMatchObject({ mode: 'raw', usedBytes: bytes.length });
    expect(summary.warnings.join()).toMatch(/^A dm-verity hash device holds the checksums of another device/);
  });

  it('the store of a device-mapper snapshot on a former ext4', async () => {
    const bytes = await formatted(['ext4']);
    Buffer.from('536e4170010000000100000008000000', 'hex').copy(bytes);
    const { facts, summary } = await readUsedMap(memorySource(bytes), { gapBytes: 1 });
    expect(facts.type).toBe('DM_snapshot_cow');
    expect(summary).toMatchObject({ mode: 'raw', usedBytes: bytes.length });
  });
});
