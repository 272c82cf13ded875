/** Damaged, strange and hostile tables: problems in the result, never an exception; boot sectors are no tables. */
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PartitionTable } from '#contract';
import type { ByteSource } from '../../filesystems/types.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { emptyDisk, MIB, sfdiskImage } from '../../testing/partition-tables.ts';
import { makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { readPartitionTable } from './partition-table.ts';

const SECTOR = 512;
const SIZE = 8 * MIB;
const LAST = SIZE - SECTOR;

const GPT = 'label: gpt\n1 : start=2048, size=2048, name="one"\n2 : start=8192, size=2048, name="two"\n';
const MBR = [
  'label: dos',
  'label-id: 0x1a2b3c4d',
  '1 : start=2048, size=2048, type=83',
  '2 : start=6144, size=8192, type=5',
  '5 : start=8192, size=1024, type=83',
  '6 : start=12288, size=1024, type=82',
  '',
].join('\n');

let gpt: Buffer;
let mbr: Buffer;

beforeAll(async () => {
  await using workspace = await createWorkspace();
  gpt = await readFile(await sfdiskImage(workspace, GPT, { sizeBytes: SIZE, name: 'gpt' }));
  mbr = await readFile(await sfdiskImage(workspace, MBR, { sizeBytes: SIZE, name: 'mbr' }));
});

function read(image: Buffer | ByteSource, bare = true, sectorBytes = SECTOR): Promise<PartitionTable | undefined> {
  const source = Buffer.isBuffer(image) ? memorySource(image) : image;
  return readPartitionTable(source, { sectorBytes, bare });
}

/** The image with changed bytes. */
function changed(image: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(image);
  change(copy);
  return copy;
}

/** Makes both checksums of a header right again. */
function sign(image: Buffer, headerAt: number): void {
  const entriesAt = Number(image.readBigUInt64LE(headerAt + 72)) * SECTOR;
  const bytes = image.readUInt32LE(headerAt + 80) * image.readUInt32LE(headerAt + 84);
  image.writeUInt32LE(crc32(image.subarray(entriesAt, entriesAt + bytes)), headerAt + 88);
  image.writeUInt32LE(0, headerAt + 16);
  image.writeUInt32LE(crc32(image.subarray(headerAt, headerAt + 92)), headerAt + 16);
}

const numbers = (table: PartitionTable | undefined) => table?.entries.map(({ number }) => number);

describe('a damaged GPT', () => {
  it('is read from its backup', async () => {
    const damages: [string, (image: Buffer) => void][] = [
      ['its checksum is wrong', (image) => image.writeUInt8(0xff, SECTOR + 60)],
      ['the checksum of its entries is wrong', (image) => image.writeUInt8(0xff, 2 * SECTOR + 100)],
      ['its size is impossible', (image) => image.writeUInt32LE(0xffffffff, SECTOR + 12)],
      ['is missing', (image) => image.fill(0, SECTOR, 34 * SECTOR)],
      ['is missing', (image) => image.fill(0, 0, 34 * SECTOR)],
    ];
    for (const [reason, damage] of damages) {
      const table = await read(changed(gpt, damage));
      expect(numbers(table), reason).toEqual([1, 2]);
      expect(table?.problems[0]).toContain(reason);
      expect(table?.problems[0]).toContain('what is shown is its backup at the end');
    }
    const badSector = await read(memorySource(gpt, [SECTOR + 8]));
    expect(badSector?.entries).toHaveLength(2);
    expect(badSector?.problems[0]).toContain('it cannot be read');
    const firstSector = await read(memorySource(gpt, [0]));
    expect(firstSector?.entries).toHaveLength(2);
    expect(firstSector?.problems[0]).toBe('The first sector of the disk cannot be read.');
  });

  it('without a usable copy is a table without entries', async () => {
    const both = changed(gpt, (image) => {
      image.writeUInt8(0xff, SECTOR + 60);
      image.writeUInt8(0xff, LAST + 60);
    });
    const table = await read(both);
    expect(table).toMatchObject({ scheme: 'gpt', diskId: '', entries: [] });
    expect(table?.problems[0]).toContain('Both copies of the partition table are damaged');
    const gone = await read(changed(gpt, (image) => image.fill(0, SECTOR)));
    expect(gone?.problems).toEqual(['The disk says that it has a GPT, but neither the table nor its backup is there.']);
  });

  it('says what is wrong with the backup', async () => {
    const problemsOf = async (damage: (image: Buffer) => void) => (await read(changed(gpt, damage)))?.problems;
    expect(await problemsOf((image) => image.fill(0, LAST))).toEqual([
      'The backup of the partition table at the end of the disk is missing.',
    ]);
    expect(await problemsOf((image) => image.writeUInt8(0xff, LAST + 60))).toEqual([
      'The backup of the partition table at the end of the disk is damaged (its checksum is wrong).',
    ]);
    const other = await problemsOf((image) => {
      image.write('x', LAST - 32 * SECTOR + 56);
      sign(image, LAST);
    });
    expect(other).toEqual([
      'The backup of the partition table at the end of the disk says something else than the table.',
    ]);
    const grown = await read(Buffer.concat([gpt, Buffer.alloc(MIB)]));
    expect(grown?.problems).toEqual([
      'The disk is larger than when its table was made: the backup of the table is not at its end.',
    ]);
    const cut = await read(gpt.subarray(0, 6 * MIB));
    expect(cut?.problems).toEqual(['The table was made for a larger disk, so its backup at the end is missing.']);
  });

  it('is told from leftovers under a file system', async () => {
    const without = changed(gpt, (image) => image.fill(0, 0, SECTOR));
    expect(await read(without, false)).toBeUndefined();
    expect((await read(without))?.problems[0]).toContain('The protective MBR');
    expect(
      await read(
        changed(gpt, (image) => image.fill(0, 0, 34 * SECTOR)),
        false,
      ),
    ).toBeUndefined();
  });

  it('for other sectors than the disk has says so', async () => {
    const table = await read(gpt, true, 4096);
    expect(numbers(table)).toEqual([1, 2]);
    expect(table?.sectorBytes).toBe(SECTOR);
    expect(table?.problems.at(-1)).toContain('made for sectors of 512 bytes, but the disk has sectors of 4096 bytes');
  });

  it('with strange entries says what is strange', async () => {
    const problemsOf = async (edit: (image: Buffer) => void) => {
      const table = await read(
        changed(gpt, (image) => {
          edit(image);
          sign(image, SECTOR);
          image.fill(0, LAST);
        }),
      );
      return table?.problems.slice(1);
    };
    const entry = (slot: number) => 2 * SECTOR + slot * 128;
    expect(await problemsOf((image) => image.writeBigUInt64LE(2n ** 63n, entry(0) + 40))).toEqual([
      'Partition 1 has an impossible place, so it is not shown.',
    ]);
    expect(await problemsOf((image) => image.writeBigUInt64LE(100n, entry(0) + 40))).toEqual([
      'Partition 1 has an impossible place, so it is not shown.',
    ]);
    expect(await problemsOf((image) => image.writeBigUInt64LE(9000n, entry(0) + 40))).toEqual([
      'Partitions 1 and 2 overlap.',
    ]);
    expect(await problemsOf((image) => image.writeBigUInt64LE(2n ** 40n, entry(1) + 40))).toEqual([
      'Partition 2 reaches beyond the space that the disk has for partitions.',
    ]);
    expect(await problemsOf((image) => image.writeBigUInt64LE(1n, entry(0) + 32))).toEqual([
      'Partition 1 lies over the partition table itself.',
    ]);
    expect(await problemsOf((image) => image.copy(image, entry(1) + 16, entry(0) + 16, entry(0) + 32))).toEqual([
      'Partition 2 has the same PARTUUID as another one.',
    ]);
  });

  it('cannot make the list of problems long, nor memory full', async () => {
    const hostile = changed(gpt, (image) => {
      for (let slot = 0; slot < 128; slot++) image.copy(image, 2 * SECTOR + slot * 128, 2 * SECTOR, 2 * SECTOR + 128);
      sign(image, SECTOR);
    });
    const table = await read(hostile);
    expect(table?.entries).toHaveLength(128);
    expect(table?.problems).toHaveLength(17);
    expect(table?.problems.at(-1)).toMatch(/^The table has \d+ more problems\.$/);
    for (const count of [0, 0xffffffff, 8193]) {
      const absurd = changed(gpt, (image) => {
        image.writeUInt32LE(count, SECTOR + 80);
        image.writeUInt32LE(0, SECTOR + 16);
        image.writeUInt32LE(crc32(image.subarray(SECTOR, SECTOR + 92)), SECTOR + 16);
      });
      expect((await read(absurd))?.problems[0]).toContain('the number of its entries is impossible');
    }
  });
});

describe('an MBR', () => {
  const EBR = 6144 * SECTOR;
  const link = (image: Buffer, at: number, lba: number) => image.writeUInt32LE(lba, at + 446 + 16 + 8);

  it('is read with its logical partitions', async () => {
    const table = await read(mbr);
    expect(table).toMatchObject({ scheme: 'mbr', diskId: '0x1a2b3c4d', problems: [] });
    expect(table?.entries.map(({ number, role, partUuid }) => [number, role, partUuid])).toEqual([
      [1, 'primary', '1a2b3c4d-01'],
      [2, 'extended', '1a2b3c4d-02'],
      [5, 'logical', '1a2b3c4d-05'],
      [6, 'logical', '1a2b3c4d-06'],
    ]);
  });

  it('whose chain goes in a circle ends', async () => {
    const table = await read(changed(mbr, (image) => link(image, EBR, 0)));
    expect(numbers(table)).toEqual([1, 2, 5]);
    expect(table?.problems).toEqual([
      'The chain of logical partitions comes back to sector 6144, so it was followed only once.',
    ]);
  });

  it('whose chain leaves the disk, is unreadable or broken is shown as far as it goes', async () => {
    const outside = await read(changed(mbr, (image) => link(image, EBR, 0xfffffff0)));
    expect(outside?.problems[0]).toContain('cannot be read, so logical partitions may be missing');
    const unreadable = await read(memorySource(mbr, [EBR + 1]));
    expect(numbers(unreadable)).toEqual([1, 2]);
    const broken = await read(changed(mbr, (image) => image.fill(0xaa, EBR, EBR + SECTOR)));
    expect(broken?.problems).toEqual([
      'There is no extended boot record at sector 6144: logical partitions may be missing.',
    ]);
    const fresh = await read(changed(mbr, (image) => image.fill(0, EBR, EBR + SECTOR)));
    expect(fresh?.problems).toEqual([]);
  });

  it('whose chain is endlessly long is cut', async () => {
    const records = 600;
    const long = changed(mbr, (image) => {
      image.writeUInt32LE(records * 4, 446 + 16 + 12);
      for (let record = 0; record < records; record++) {
        const at = EBR + record * 2 * SECTOR;
        image.fill(0, at, at + SECTOR);
        image.writeUInt8(0x83, at + 450);
        image.writeUInt32LE(1, at + 454);
        image.writeUInt32LE(1, at + 458);
        image.writeUInt8(0x05, at + 466);
        image.writeUInt32LE((record + 1) * 2, at + 470);
        image.writeUInt32LE(2, at + 474);
        image.writeUInt16LE(0xaa55, at + 510);
      }
    });
    const table = await read(long);
    expect(table?.entries.at(-1)?.number).toBe(255);
    expect(table?.problems).toContain('The disk has more than 255 partitions; the others are not shown.');
  });

  it('with overlapping and misplaced entries says so', async () => {
    const overlap = await read(changed(mbr, (image) => image.writeUInt32LE(6000, 446 + 12)));
    expect(overlap?.problems).toEqual(['Partitions 1 and 2 overlap.']);
    const beyond = await read(changed(mbr, (image) => image.writeUInt32LE(0xffffffff, 446 + 12)));
    expect(beyond?.problems[0]).toBe('Partition 1 reaches beyond the space that the disk has for partitions.');
    const loose = await read(changed(mbr, (image) => image.writeUInt32LE(7000, EBR + 446 + 12)));
    expect(loose?.problems[0]).toBe('Logical partition 5 is not inside the extended partition.');
  });

  it('wins over a GPT that it does not protect', async () => {
    const both = changed(gpt, (image) => mbr.copy(image, 0, 0, SECTOR));
    const table = await read(both);
    expect(table).toMatchObject({ scheme: 'mbr' });
    expect(table?.problems).toContain(
      'The disk also has a GPT, but its MBR is not a protective one; what is shown is the MBR.',
    );
  });

  it('is not what ends in 55 AA by chance', async () => {
    const noise = changed(Buffer.alloc(SIZE, 0x5a), (image) => image.writeUInt16LE(0xaa55, 510));
    expect(await read(noise)).toBeUndefined();
    const empty = changed(Buffer.alloc(SIZE), (image) => image.writeUInt16LE(0xaa55, 510));
    expect(await read(empty)).toBeUndefined();
    expect(await read(Buffer.alloc(100))).toBeUndefined();
    expect(await read(Buffer.alloc(SIZE))).toBeUndefined();
  });
});

describe('what is no damage of a table', () => {
  it('a cancelled look and a device that is gone are errors', async () => {
    const options = { sectorBytes: SECTOR, bare: true };
    const cancelled = readPartitionTable(memorySource(gpt), options, AbortSignal.abort());
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    const gone: ByteSource = {
      sizeBytes: SIZE,
      read: () => Promise.reject(Object.assign(new Error('ENXIO'), { code: 'ENXIO' })),
    };
    await expect(readPartitionTable(gone, options)).rejects.toMatchObject({ code: 'VOLUME_VANISHED' });
  });

  it('a protective entry elsewhere is told, as the kernel does not follow it', async () => {
    const table = await read(changed(gpt, (image) => image.writeUInt32LE(2, 446 + 8)));
    expect(numbers(table)).toEqual([1, 2]);
    expect(table?.problems).toEqual([
      'The protective MBR does not start where the table does, so the kernel does not see the table.',
    ]);
  });
});

describe('boot sectors of file systems', { timeout: 60_000 }, () => {
  it.each([
    ['vfat', '-F', '12'],
    ['vfat', '-F', '16'],
    ['vfat', '-F', '32'],
    ['vfat', '--mbr=yes'],
    ['ntfs'],
    ['exfat'],
    ['ext4'],
    ['xfs', '-m', 'crc=1'],
  ] as const)('%s %s %s is no table', async (...mkfs) => {
    await using workspace = await createWorkspace();
    const path = await emptyDisk(workspace, 'volume.img', mkfs[0] === 'xfs' ? 320 * MIB : 64 * MIB);
    await makeFileSystem(path, mkfs);
    const image = await readFile(path);
    expect(await read(image, false)).toBeUndefined();
    expect(await read(image, true)).toBeUndefined();
  });

  it('a FAT’s parameters that a partitioned disk kept do not hide its table', async () => {
    await using workspace = await createWorkspace();
    const path = await emptyDisk(workspace, 'volume.img', SIZE);
    await makeFileSystem(path, ['vfat']);
    const kept = (await readFile(path)).subarray(0, 62);
    expect(
      numbers(
        await read(
          changed(mbr, (image) => kept.copy(image, 0)),
          false,
        ),
      ),
    ).toEqual([1, 2, 5, 6]);
    expect(
      numbers(
        await read(
          changed(gpt, (image) => kept.copy(image, 0)),
          false,
        ),
      ),
    ).toEqual([1, 2]);
  });
});
