/** What makes an NTFS map a guess: flags, versions, the journal, hibernation. Then the volume is read whole. */
import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { age } from '../../testing/aging.ts';
import { requireFuse } from '../../testing/machine-limits.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { attributeAt, dataOffset, editRecord, type RestartPage, restartPage } from '../../testing/ntfs-image.ts';
import { mountNtfs, type NtfsVerdict, ntfsImage, ntfsVerdict } from '../../testing/ntfs-oracle.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { readUsedMap, readUsedMapOf, type UsedMap } from '../used-map.ts';
import { ntfs } from './family.ts';

const MiB = 1024 * 1024;

let pristine: Buffer;
beforeAll(async () => {
  pristine = await ntfsImage(4 * MiB, ['-c', '512', '-L', 'Daten']);
});

async function mapOf(image: Buffer, estimate = false): Promise<UsedMap> {
  return await readUsedMap(memorySource(image), { gapBytes: 1, estimate });
}

/** Read whole, and why. With `waived` a plan makes an estimate of it. */
async function expectWhole(image: Buffer, reason: RegExp, waived: boolean): Promise<void> {
  const map = await mapOf(image);
  expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
  expect(map.summary.warnings.join('\n')).toMatch(reason);
  const plan = await mapOf(image, true);
  expect(plan.summary.mode).toBe(waived ? 'used' : 'raw');
}

function changed(change: (image: Buffer) => void): Buffer {
  const image = Buffer.from(pristine);
  change(image);
  return image;
}

/** Sets bytes of `$VOLUME_INFORMATION` in the record of `$Volume` and in its copy. */
function withInformation(set: (value: Buffer) => void): Buffer {
  return changed((image) =>
    editRecord(image, 3, (record) => {
      const at = attributeAt(record, 0x70);
      set(record.subarray(at + record.readUInt16LE(at + 20)));
    }),
  );
}

const withFlags = (flags: number) => withInformation((value) => value.writeUInt16LE(flags, 10));

describe('volume flags', () => {
  it('none: facts and a map', async () => {
    const map = await mapOf(pristine);
    expect(map.summary).toMatchObject({ mode: 'used', warnings: [] });
    expect(map.facts).toMatchObject({ type: 'ntfs', version: '3.1', label: 'Daten', features: [], state: 'clean' });
  });

  it('dirty', async () => {
    const image = withFlags(0x0001);
    await expectWhole(image, /marked as dirty \(run chkdsk.*whole volume is read \(4\.00 MiB instead of/, true);
    expect((await mapOf(image)).facts).toMatchObject({ state: 'dirty', features: ['DIRTY'] });
  });

  it('a check that was not finished', async () => {
    await expectWhole(withFlags(0x4000), /chkdsk was begun and not finished/, true);
  });

  it('those that say nothing about the bitmap', async () => {
    const map = await mapOf(withFlags(0x803e));
    expect(map.summary).toMatchObject({ mode: 'used', warnings: [] });
    expect(map.facts.features).toEqual([
      'RESIZE_LOG',
      'UPG_ON_MOUNT',
      'MOUNTED_NT4',
      'DEL_USN',
      'REPAIR_OBJID',
      'MOD_BY_CHKDSK',
    ]);
  });

  it.each([6, 8, 9, 10, 11, 12, 13])('unknown bit %i, in a plan too', async (bit) => {
    await expectWhole(withFlags(1 << bit), new RegExp(`not known here: VOLUME_FLAG_${bit}\\.`), false);
  });
});

describe('versions', () => {
  it.each([
    [1, 2],
    [3, 0],
    [3, 1],
  ])('%i.%i is known', async (major, minor) => {
    const map = await mapOf(withInformation((value) => value.set([major, minor], 8)));
    expect(map.summary.mode).toBe('used');
    expect(map.facts.version).toBe(`${major}.${minor}`);
  });

  it.each([
    [1, 1],
    [2, 0],
    [3, 2],
    [4, 0],
  ])('%i.%i is not', async (major, minor) => {
    const image = withInformation((value) => value.set([major, minor], 8));
    await expectWhole(image, new RegExp(`Version ${major}\\.${minor} of NTFS is not known here`), false);
  });
});

describe('the journal', () => {
  const withPages = (first: RestartPage, second?: RestartPage | Buffer) =>
    changed((image) => {
      const at = dataOffset(image, 2);
      restartPage(first).copy(image, at);
      if (second) (Buffer.isBuffer(second) ? second : restartPage(second)).copy(image, at + 4096);
    });

  it.each<[string, RestartPage, RestartPage?]>([
    ['closed', { lsn: 10 }, { lsn: 9 }],
    ['only the first page', { lsn: 10 }],
    ['open but clean', { lsn: 10, inUse: true, clean: true }, { lsn: 9, inUse: true }],
    ['the second page is newer and closed', { lsn: 10, inUse: true }, { lsn: 11 }],
    ['checked by chkdsk', { magic: 'CHKD', lsn: 10 }, { magic: 'CHKD', lsn: 9 }],
    ['checked by chkdsk, not protected', { magic: 'CHKD', lsn: 10, bare: true }],
  ])('%s: clean', async (_, first, second) => {
    expect(await ntfsVerdict(withPages(first, second))).toBe('mounts');
    const map = await mapOf(withPages(first, second));
    expect(map.summary).toMatchObject({ mode: 'used', warnings: [] });
    expect(map.facts.state).toBe('clean');
  });

  /** Where the first page is damaged ntfs-3g takes the second; we do not, because the first may have been the newer. */
  it.each<[string, NtfsVerdict, RegExp, RestartPage, (RestartPage | Buffer)?]>([
    ['open', 'unclean', /holds changes that were not written.*shut it down fully/, { lsn: 10, inUse: true }],
    ['the second page is newer and open', 'unclean', /holds changes/, { lsn: 10 }, { lsn: 11, inUse: true }],
    ['fast start-up', 'hibernated', /keeps metadata of the volume in memory.*powercfg \/h off/, { lsn: 9, version: 2 }],
    [
      'the second page is damaged',
      'unclean',
      /cannot be understood/,
      { lsn: 10 },
      restartPage({ lsn: 11 }).fill(0, 510, 512),
    ],
    ['the first page is damaged', 'mounts', /cannot be understood/, { lsn: 10, bare: true }, { lsn: 11 }],
  ])('%s: read whole', async (_, verdict, reason, first, second) => {
    const image = withPages(first, second);
    expect(await ntfsVerdict(image)).toBe(verdict);
    await expectWhole(image, reason, true);
    expect((await mapOf(image)).facts.state).toBe('dirty');
  });

  it.each([0, 512, 4096, 65536])('something unknown at byte %i: read whole', async (at) => {
    const image = changed((bytes) => bytes.fill(0x41, dataOffset(bytes, 2) + at, dataOffset(bytes, 2) + at + 512));
    await expectWhole(image, /cannot be understood/, true);
  });

  it.each<[string, number, number]>([
    ['an unknown version', 28, 3],
    ['an impossible page size', 16, 1000],
    ['a restart area outside the page', 24, 4096],
    ['a client that is not there', 60, 5],
  ])('%s: read whole', async (_, field, value) => {
    const image = changed((bytes) => {
      const page = restartPage({ lsn: 10 });
      page.writeUInt16LE(value, field);
      page.copy(bytes, dataOffset(bytes, 2));
    });
    await expectWhole(image, /cannot be understood/, true);
  });
});

describe('hibernation', () => {
  const MARK = 'mark-of-the-test';
  // Neighbours in the order of the index, and letters whose place in it is not that of their code.
  const NAMES = [
    'h\u0131berfil.sys',
    'hiberfil.\u017fys',
    'hiberfil',
    'hiberfil.sys2',
    '\u6587\u4ef6',
    '_h',
    'h',
    'Z',
    'z',
  ];
  const MANY = [...NAMES, ...Array.from({ length: 60 }, (_, index) => `\u00e4h-hiber-${index}-with-a-long-name`)];
  let asleep: Buffer;
  beforeAll(async () => {
    const content = Buffer.alloc(5000);
    content.write(`hibr${MARK}`);
    asleep = await ntfsImage(4 * MiB, ['-c', '512'], [...MANY, 'hiberfil.sys'], content);
  });

  /** Other first bytes in every file. */
  function withMark(mark: string): Buffer {
    const image = Buffer.from(asleep);
    for (let at = image.indexOf(MARK); at >= 0; at = image.indexOf(MARK, at + 1)) image.write(mark, at - 4, 'latin1');
    return image;
  }

  it.each(['hibr', 'HIBR'])('%s: read whole', async (mark) => {
    expect(await ntfsVerdict(withMark(mark))).toBe('hibernated');
    await expectWhole(withMark(mark), /Windows is hibernated, fast start-up included \(.*powercfg \/h off/, true);
    expect((await mapOf(withMark(mark))).facts.state).toBe('dirty');
  });

  it('in other letters, as Windows finds it too', async () => {
    const image = await ntfsImage(4 * MiB, ['-c', '512'], [...MANY, 'HiberFil.SYS'], Buffer.alloc(5000, 'hibr'));
    await expectWhole(image, /Windows is hibernated/, true);
  });

  it.each(['RSTR', 'link', 'xxxx'])('%s, which is not known to be harmless: read whole', async (mark) => {
    await expectWhole(withMark(mark), /does not say that Windows was shut down/, true);
  });

  it.each(['\0\0\0\0', 'wake', 'WAKE'])('%j: awake', async (mark) => {
    expect(await ntfsVerdict(withMark(mark))).toBe('mounts');
    const map = await mapOf(withMark(mark));
    expect(map.summary).toMatchObject({ mode: 'used', warnings: [] });
  });

  it('a file that is too short belongs to a Windows elsewhere: read whole', async () => {
    const image = await ntfsImage(4 * MiB, ['-c', '512'], ['hiberfil.sys'], Buffer.alloc(100));
    await expectWhole(image, /does not say that Windows was shut down/, true);
  });

  it('no such file among many', async () => {
    const map = await mapOf(await ntfsImage(4 * MiB, ['-c', '512'], MANY));
    expect(map.summary).toMatchObject({ mode: 'used', warnings: [] });
  });
});

describe('sizes', () => {
  it('a file system longer than its volume', async () => {
    const image = pristine.subarray(0, 3 * MiB);
    await expectWhole(image, /says it is 4\.00 MiB long, but the volume has only 3\.00 MiB/, false);
  });

  it('a volume that lacks only the copy of the boot sector has a map', async () => {
    const map = await mapOf(pristine.subarray(0, 4 * MiB - 512));
    expect(map.summary.mode).toBe('used');
    expect(map.summary.usedBytes).toBe(map.facts.usedBytes);
  });

  it('a volume longer than the file system: all that lies behind it is read', async () => {
    const map = await mapOf(Buffer.concat([pristine, Buffer.alloc(2 * MiB)]));
    expect(map.summary.usedBytes).toBe(map.facts.usedBytes + 512 + 2 * MiB);
    const [offset = 0, length = 0] = map.extents.slice(-2);
    expect(offset + length).toBe(6 * MiB);
    expect(map.summary.warnings.join()).toMatch(/ends 2\.00 MiB before the volume/);
  });
});

describe('a plan of a mounted volume', () => {
  it('is an estimate', async (context) => {
    requireFuse(context);
    await using workspace = await createWorkspace();
    const image = workspace.path('image');
    await writeFile(image, pristine);
    await using mount = await mountNtfs(image, workspace.path('mount'));
    await age(mount.mountPoint, { seed: 4, operations: 200, largestFileBytes: 16_384 });
    const plan = await readUsedMapOf(image, { gapBytes: 1, estimate: true });
    expect(plan.summary.mode).toBe('used');
    expect(plan.summary.usedBytes).toBeGreaterThanOrEqual(plan.facts.usedBytes);
  });
});

describe('shadow copies', () => {
  function withHeader(catalog: bigint): Buffer {
    return changed((image) => {
      image.write('6b87083876c1484eb7ae04046e6cc752', 0x1e00, 'hex');
      image.writeUInt32LE(1, 0x1e00 + 16);
      image.writeUInt32LE(1, 0x1e00 + 20);
      image.writeBigUInt64LE(0x1e00n, 0x1e00 + 24);
      image.writeBigUInt64LE(catalog, 0x1e00 + 48);
    });
  }

  it('are said to be not kept whole', async () => {
    const map = await mapOf(withHeader(0x40000n));
    expect(map.summary.mode).toBe('used');
    expect(map.summary.warnings.join()).toMatch(/^The volume has shadow copies .*not kept whole.*imagegapsize 0\)\.$/);
  });

  it('of which there is none, or which are imaged with everything else, are not worth a word', async () => {
    expect((await mapOf(withHeader(0n))).summary.warnings).toEqual([]);
    const whole = await readUsedMap(memorySource(withHeader(0x40000n)), { gapBytes: 0 });
    expect(whole.summary).toMatchObject({ mode: 'raw', warnings: [] });
  });
});

describe('a partition table in the boot sector', () => {
  const TABLES: [string, (image: Buffer) => void][] = [
    ['MBR', (image) => image.set([0x80, 0, 0, 0, 0x83, 0, 0, 0, 64, 0, 0, 0, 0, 8, 0, 0], 446)],
    ['GPT', (image) => image.write('EFI PART', 512, 'latin1')],
    ['GPT, large sectors', (image) => image.write('EFI PART', 4096, 'latin1')],
  ];
  it.each(TABLES)('%s: fdisk keeps the boot code, so either may be a leftover', async (_, write) => {
    await expectWhole(changed(write), /partition table as well as ntfs/, false);
  });

  it('the text of Windows where the entries would be', async () => {
    const text = '\r\nA disk read error occurred\0\r\nBOOTMGR is compressed\0\r\nPress Ctrl+Alt+Del';
    expect((await mapOf(changed((image) => image.write(text, 440, 'latin1')))).summary.mode).toBe('used');
  });
});

describe('volumes of others', () => {
  it.each(['EXFAT   ', '-FVE-FS-', 'ReFS\0\0\0\0', 'MSDOS5.0'])('%j is not NTFS', async (name) => {
    const image = changed((bytes) => bytes.write(name, 3, 'latin1'));
    expect(await ntfs.probe(memorySource(image))).toBeUndefined();
  });
});
