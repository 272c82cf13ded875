/** Contents known by name: made by their own mkfs or by hand, and judged by blkid. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { volumeWith, zfsVolume } from '../testing/hand-made-headers.ts';
import { HAND_MADE } from '../testing/hand-made-marks.ts';
import { memorySource } from '../testing/memory-source.ts';
import { runProgram } from '../testing/run-program.ts';
import { createSparseFile, makeFileSystem } from '../testing/test-volume.ts';
import { createWorkspace } from '../testing/workspace.ts';
import { readUsedMap, readUsedMapOf, type UsedMap } from './used-map.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const OPTIONS = { gapBytes: 1 };

/** What blkid says of a file: TYPE, LABEL, UUID, VERSION, …; nothing where it knows nothing. */
async function blkid(path: string): Promise<Map<string, string>> {
  const lines = await runProgram('blkid', ['-p', '-o', 'export', path]).catch(() => '');
  const pairs = lines
    .split('\n')
    .map((line) => [line.split('=', 1)[0] ?? '', line.slice(line.indexOf('=') + 1)] as const);
  return new Map(pairs.map(([key, value]) => [key, value.replaceAll('\\', '')]));
}

function expectAgreement({ facts, extents, summary }: UsedMap, judged: Map<string, string>): void {
  expect(facts.type).toBe(judged.get('TYPE'));
  expect(facts.uuid).toBe(judged.get('UUID') ?? '');
  expect(facts.label).toBe(judged.get('LABEL') ?? '');
  if (judged.has('VERSION')) expect(facts.version).toBe(judged.get('VERSION'));
  expect(summary.mode).toBe('raw');
  expect([...extents]).toEqual([0, facts.totalBytes]);
  expect(summary.warnings.join()).toMatch(/^[A-Z].*: so the whole volume is read \([\d.]+ \w+\)[^:]*\.$/);
}

/** Runs a mkfs; a test whose program is not here is skipped, and says so. */
async function make(context: Pick<TestContext, 'skip'>, program: string, args: readonly string[]): Promise<void> {
  try {
    await runProgram(program, args);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) throw error;
    context.skip(`SKIPPED: this test needs ${program}`);
  }
}

/** Where VOLUME stands, the path comes; TREE: a folder with a file in it, KEY: a file with a password. */
const MADE: readonly [type: string, mebibytes: number, ...command: [string, ...string[]]][] = [
  ['f2fs', 64, 'mkfs.f2fs', '-q', '-l', 'data', 'VOLUME'],
  ['nilfs2', 160, 'mkfs.nilfs2', '-q', '-L', 'data', 'VOLUME'],
  ['reiserfs', 40, 'mkreiserfs', '-q', '-f', '-f', '-l', 'data', 'VOLUME'],
  ['reiserfs', 40, 'mkreiserfs', '-q', '-f', '-f', '--format', '3.5', 'VOLUME'],
  ['jfs', 32, 'mkfs.jfs', '-q', '-L', 'data', 'VOLUME'],
  ['udf', 16, 'mkudffs', '-l', 'data', '-b', '512', 'VOLUME'],
  ['udf', 16, 'mkudffs', '-l', 'data', '-b', '2048', 'VOLUME'],
  ['udf', 16, 'mkudffs', '-l', 'data', '-b', '4096', 'VOLUME'],
  ['udf', 16, 'mkudffs', '-l', 'data', '-r', '1.50', '--vsid', 'no-digits-at-all', 'VOLUME'],
  ['udf', 16, 'mkudffs', '-l', 'data', '--vsid', '01234567xyz', 'VOLUME'],
  ['apfs', 600, 'mkapfs', 'VOLUME'],
  ['hfs', 10, 'hformat', '-l', 'data', 'VOLUME'],
  [
    'crypto_LUKS',
    32,
    'cryptsetup',
    '-q',
    'luksFormat',
    '--type',
    'luks1',
    '--pbkdf-force-iterations',
    '1000',
    'VOLUME',
    'KEY',
  ],
  [
    'crypto_LUKS',
    32,
    'cryptsetup',
    '-q',
    'luksFormat',
    '--label',
    'data',
    '--pbkdf',
    'pbkdf2',
    '--pbkdf-force-iterations',
    '1000',
    'VOLUME',
    'KEY',
  ],
  ['squashfs', 0, 'mksquashfs', 'TREE', 'VOLUME', '-quiet', '-no-progress', '-noappend'],
  ['erofs', 0, 'mkfs.erofs', 'VOLUME', 'TREE'],
  ['cramfs', 0, 'mkfs.cramfs', '-n', 'data', 'TREE', 'VOLUME'],
  ['cramfs', 0, 'mkfs.cramfs', '-N', 'big', 'TREE', 'VOLUME'],
  ['romfs', 0, 'genromfs', '-a', '4096', '-V', 'data', '-d', 'TREE', '-f', 'VOLUME'],
  ['bfs', 4, 'mkfs.bfs', 'VOLUME'],
  ['minix', 16, 'mkfs.minix', '-1', '-n', '14', 'VOLUME'],
  ['minix', 16, 'mkfs.minix', '-1', 'VOLUME'],
  ['minix', 16, 'mkfs.minix', '-2', '-n', '14', 'VOLUME'],
  ['minix', 16, 'mkfs.minix', '-2', 'VOLUME'],
  ['minix', 16, 'mkfs.minix', '-3', 'VOLUME'],
  ['iso9660', 0, 'genisoimage', '-quiet', '-V', 'DATA', '-o', 'VOLUME', 'TREE'],
  ['iso9660', 0, 'genisoimage', '-quiet', '-J', '-V', 'mixedCase_andLongerThanSixteen', '-o', 'VOLUME', 'TREE'],
  ['udf', 0, 'genisoimage', '-quiet', '-udf', '-V', 'DATA', '-o', 'VOLUME', 'TREE'],
  ['ocfs2', 64, 'mkfs.ocfs2', '-q', '-F', '-x', '-M', 'local', '-L', 'data', '-N', '1', 'VOLUME'],
  ['gfs2', 64, 'mkfs.gfs2', '-q', '-O', '-p', 'lock_nolock', '-t', 'c:data', '-J', '8', 'VOLUME'],
  ['bcache', 16, 'make-bcache', '-B', 'VOLUME'],
  ['bcache', 64, 'make-bcache', '-C', 'VOLUME'],
];

interface Made {
  type: string;
  mebibytes: number;
  command: readonly string[];
}

const ROWS: Made[] = MADE.map(([type, mebibytes, ...command]) => ({ type, mebibytes, command }));

describe('what their own mkfs made is named as blkid names it', () => {
  it.for(ROWS)('$type: $command', async ({ type, mebibytes, command }, context) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    const places = new Map([
      ['VOLUME', path],
      ['TREE', workspace.path('tree')],
      ['KEY', workspace.path('key')],
    ]);
    await mkdir(workspace.path('tree'));
    await writeFile(workspace.path('tree/A long file name'), 'content');
    await writeFile(workspace.path('key'), 'password');
    if (mebibytes > 0) await createSparseFile(path, mebibytes * MiB);
    const [program = '', ...args] = command.map((word) => places.get(word) ?? word);
    await make(context, program, args);
    const judged = await blkid(path);
    expect(judged.get('TYPE')).toBe(type);
    expectAgreement(await readUsedMapOf(path, OPTIONS), judged);
  });

  it('a name of F2FS in UTF-16', async (context) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await createSparseFile(path, 64 * MiB);
    await make(context, 'mkfs.f2fs', ['-q', '-l', 'Dätén', path]);
    expect((await readUsedMapOf(path, OPTIONS)).facts.label).toBe('Dätén');
  });
});

describe('what is made by hand is named as blkid names it', () => {
  it.for(HAND_MADE)('$name', async ({ type, label = '', uuid = '', version, volume, notInBlkid }) => {
    const bytes = volume();
    const map = await readUsedMap(memorySource(bytes), OPTIONS);
    expect(map.facts).toMatchObject({ type, label, uuid, ...(version === undefined ? {} : { version }) });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: bytes.length });
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await writeFile(path, bytes);
    const judged = await blkid(path);
    if (notInBlkid === 'uuid' && !judged.has('UUID')) judged.set('UUID', uuid);
    if (notInBlkid !== 'type') expectAgreement(map, judged);
    else if (judged.has('TYPE')) expect(judged.get('TYPE')).toBe(type);
  });
});

describe('volumes with two answers', () => {
  async function formatted(mebibytes: number, ...mkfs: [string, ...string[]]): Promise<Buffer> {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await createSparseFile(path, mebibytes * MiB);
    await makeFileSystem(path, mkfs);
    return await readFile(path);
  }

  const typeOf = async (bytes: Buffer) => (await readUsedMap(memorySource(bytes), OPTIONS)).facts.type;

  it.for([
    ['linux_raid_member', 16 * MiB - 8192, 'fc4e2ba9'],
    ['isw_raid_member', 16 * MiB - 1024, Buffer.from('Intel Raid ISM Cfg Sig. 1.0').toString('hex')],
    ['drbd', 16 * MiB - 4096 + 60, '8374026b'],
  ] as const)('a %s whose data starts with a file system is not read as that', async ([type, at, mark]) => {
    const bytes = await formatted(16, 'ext4');
    expect(await typeOf(bytes)).toBe('ext4');
    Buffer.from(mark, 'hex').copy(bytes, at);
    expect(await typeOf(bytes)).toBe(type);
  });

  it('an old ext4 beneath a file system that left its superblock in place is not read instead', async () => {
    const bytes = await formatted(64, 'ext4');
    const later = zfsVolume();
    for (let at = 0; at < later.length; at += KiB) {
      if (later.subarray(at, at + KiB).some((byte) => byte !== 0)) later.copy(bytes, at, at, at + KiB);
    }
    expect(await typeOf(bytes)).toBe('zfs_member');
  });

  it('nor beneath one that begins further behind', async () => {
    const bytes = await formatted(16, 'ext4');
    bytes.writeUInt32LE(0x19540119, 64 * KiB + 1372);
    const { facts, summary } = await readUsedMap(memorySource(bytes), OPTIONS);
    expect(facts.type).not.toBe('ext4');
    expect(summary).toMatchObject({ mode: 'raw', usedBytes: bytes.length });
  });

  it('a ZFS label without its list is known by its uberblocks', async () => {
    expect(await typeOf(zfsVolume(false))).toBe('zfs_member');
  });

  it('a BitLocker To Go volume is more than the FAT it starts with', async () => {
    const bytes = await formatted(64, 'vfat', '-F', '32');
    Buffer.from('3bd66749292ed84a8399f6a339e3d001', 'hex').copy(bytes, 424);
    expect(await typeOf(bytes)).toBe('BitLocker');
  });

  it('LUKS2 whose first header is gone', async (context) => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await createSparseFile(path, 32 * MiB);
    await writeFile(workspace.path('key'), 'password');
    const fast = ['--pbkdf', 'pbkdf2', '--pbkdf-force-iterations', '1000'];
    await make(context, 'cryptsetup', ['-q', 'luksFormat', '--label', 'data', ...fast, path, workspace.path('key')]);
    const bytes = await readFile(path);
    const { uuid } = (await readUsedMap(memorySource(bytes), OPTIONS)).facts;
    bytes.fill(0, 0, 4096);
    const { facts, summary } = await readUsedMap(memorySource(bytes), OPTIONS);
    expect(facts).toMatchObject({ type: 'crypto_LUKS', version: '2', label: 'data', uuid });
    expect(summary.warnings.join()).toMatch(/first header .* is gone/);
  });
});

describe('marks that are too short to be believed alone', () => {
  it.for([
    ['HM of LVM1', 0, '484d0100'],
    ['BD of HFS', 1024, '4244'],
    ['H+ of HFS+', 1024, '482b0004'],
    ['3434 of NILFS2', 1030, '34340004'],
    ['CS of Core Storage', 88, '435301000000'],
    ['CD001 of an ISO file that lies there', 32768, '014344303031'],
    ['JFS1 without sizes', 32768, '4a465331'],
    ['EROFS with impossible blocks', 1024, 'e2e1f5e0'],
    ['GFS of a format nobody made', 65536, '01161970'],
  ] as const)('%s', async ([, at, mark]) => {
    const bytes = volumeWith(2 * MiB, [at, Buffer.from(mark, 'hex')]);
    expect((await readUsedMap(memorySource(bytes), OPTIONS)).facts.type).toBe('raw');
  });

  it('an ISO file at the very place where a disc has its descriptors', async (context) => {
    await using workspace = await createWorkspace();
    await make(context, 'genisoimage', ['-quiet', '-o', workspace.path('iso'), dirname(import.meta.filename)]);
    const iso = await readFile(workspace.path('iso'));
    const bytes = Buffer.concat([Buffer.alloc(2048, 7), iso]);
    iso.copy(bytes, 32768, 32768, 40960);
    expect((await readUsedMap(memorySource(bytes), OPTIONS)).facts.type).toBe('raw');
  });
});

describe('what people are told', () => {
  const warningsOf = async (bytes: Buffer) =>
    (await readUsedMap(memorySource(bytes), OPTIONS)).summary.warnings.join('\n');

  it.for([
    [
      'LUKS2 with 512 bytes',
      /image will be as large as the volume\. .*\(cryptsetup open DEVICE NAME\), then back up \/dev\/mapper\/NAME instead\.$/,
    ],
    ['BitLocker', /--type bitlk DEVICE NAME/],
    ['LVM2', /\(2\.00 MiB\)\. Back up the logical volumes \(\/dev\/VG\/LV\) instead, of which only what is in use/],
    ['md 1.2', /the assembled array \(\/dev\/mdN\)/],
    ['ZFS', /zpool export POOL/],
    [
      'UFS2 at 0',
      /^Which blocks UFS .* cannot be told here: so .* \(2\.00 MiB\), free space and deleted files included\.$/,
    ],
  ] as const)('%s', async ([name, sentence]) => {
    const made = HAND_MADE.find((one) => one.name === name);
    expect(await warningsOf(made?.volume() ?? Buffer.alloc(0))).toMatch(sentence);
  });

  it('JFS that was not unmounted is dirty', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('volume');
    await createSparseFile(path, 16 * MiB);
    await makeFileSystem(path, ['jfs']);
    const bytes = await readFile(path);
    expect((await readUsedMap(memorySource(bytes), OPTIONS)).facts).toMatchObject({ type: 'jfs', state: 'clean' });
    bytes.writeUInt32LE(1, 32768 + 40);
    expect((await readUsedMap(memorySource(bytes), OPTIONS)).facts).toMatchObject({ type: 'jfs', state: 'dirty' });
  });
});

describe('bad sectors', () => {
  it('a mark that cannot be read means the whole volume, with a warning', async () => {
    const bytes = volumeWith(2 * MiB);
    const { summary } = await readUsedMap(memorySource(bytes, [4096]), OPTIONS);
    expect(summary).toMatchObject({ mode: 'raw', usedBytes: bytes.length });
    expect(summary.warnings.join()).toMatch(/mark of a known content cannot be read .*\(EIO\).*whole volume is read/);
  });

  it.for([0, 1, 511, 512, 4095, 4096, 8191, 65535, 65536, 300_000])('a volume of %i bytes', async (sizeBytes) => {
    const bytes = Buffer.alloc(sizeBytes);
    expect((await readUsedMap(memorySource(bytes), OPTIONS)).facts.type).toBe('raw');
  });
});
