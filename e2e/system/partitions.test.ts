/** A lost partition table is made again from what the image of one of its partitions says; sfdisk and sgdisk judge. */
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ImageDetails, Volume } from '#contract';
import { run, Stand } from './stand.ts';
import { MIB, sparseFile } from './volumes.ts';

const DISK_BYTES = 128 * MIB;
const SECTOR = 512;

interface Made {
  name: string;
  script: string;
  /** Number, start and size in sectors: what the kernel is told. */
  partitions: [number: number, start: number, sectors: number][];
  /** Sectors that hold the table, besides the first and the last MiB. */
  records: number[];
  /** The partition that is imaged. */
  imaged: number;
}

const TABLES: Made[] = [
  {
    name: 'a GPT',
    script: [
      'label: gpt',
      'label-id: 1B9A23F4-0D2C-4A7B-8C2E-9F1A0B3C4D5E',
      '1 : start=2048, size=65536, name="Gro\\xc3\\x9fe \\x22Platte\\x22", attrs="LegacyBIOSBootable GUID:60,63"',
      '3 : start=67584, size=32768, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F',
      '2 : start=131072, size=65536, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, name="b"',
      '',
    ].join('\n'),
    partitions: [
      [1, 2048, 65_536],
      [2, 131_072, 65_536],
      [3, 67_584, 32_768],
    ],
    records: [],
    imaged: 1,
  },
  {
    name: 'an MBR with logical partitions',
    script: [
      'label: dos',
      'label-id: 0x1a2b3c4d',
      '1 : start=2048, size=16384, type=7, bootable',
      '2 : start=20480, size=200000, type=f',
      '5 : start=22528, size=65536, type=83',
      '6 : start=98304, size=65536, type=82',
      '',
    ].join('\n'),
    partitions: [
      [1, 2048, 16_384],
      [5, 22_528, 65_536],
      [6, 98_304, 65_536],
    ],
    records: [20_480, 96_256],
    imaged: 5,
  },
];

/** Overwrites bytes of the disk with zeros. */
async function zero(disk: string, offset: number, length: number): Promise<void> {
  await using file = await open(disk, 'r+');
  await file.write(Buffer.alloc(length), 0, length, offset);
  await file.sync();
}

async function sfdisk(stand: Stand, disk: string, script: string): Promise<void> {
  const path = join(stand.folder, 'table.sfdisk');
  await writeFile(path, script);
  const options = '--quiet --no-reread --no-tell-kernel --wipe never --wipe-partitions never';
  await run('bash', ['-c', `sfdisk ${options} ${disk} < ${path}`]);
}

test.each(TABLES)('$name is lost and made again', async ({ script, partitions, records, imaged }) => {
  await using stand = await Stand.create();
  const disk = await stand.attach(await sparseFile(join(stand.folder, 'disk.img'), DISK_BYTES));
  await sfdisk(stand, disk, script);
  for (const [number, start, sectors] of partitions) {
    await run('addpart', [disk, String(number), String(start), String(sectors)]);
    stand.defer(() => run('delpart', [disk, String(number)], { accept: [0, 1] }));
    await run('mkfs.ext4', ['-q', '-F', '-L', `volume-${number}`, `${disk}p${number}`]);
  }
  const before = (await run('sfdisk', ['--dump', disk])).stdout;

  await stand.ok('init');
  const device = `${disk}p${imaged}`;
  await stand.backup(device);
  const { images } = (await stand.ok('query', 'image', device, '-detail')) as unknown as { images: ImageDetails[] };
  const partition = images[0]?.manifest?.volume.partition;
  const wanted = partitions.find(([number]) => number === imaged);
  expect(partition).toMatchObject({ number: imaged, startBytes: (wanted?.[1] ?? 0) * SECTOR });
  const { volumes } = (await stand.ok('query', 'volume', disk)) as unknown as { volumes: Volume[] };
  const shown = volumes[0]?.partitionTable;
  expect(shown?.problems).toEqual([]);
  expect(shown?.entries.filter(({ role }) => role !== 'extended').map(({ device: each }) => each)).toEqual(
    partitions.map(([number]) => `${disk}p${number}`),
  );

  await zero(disk, 0, MIB);
  await zero(disk, DISK_BYTES - MIB, MIB);
  for (const record of records) await zero(disk, record * SECTOR, SECTOR);
  await run('sfdisk', ['--dump', disk], { accept: [1] });

  await sfdisk(stand, disk, images[0]?.partitionScript ?? '');
  expect((await run('sfdisk', ['--dump', disk])).stdout).toBe(before);
  if (partition?.disk.scheme === 'gpt') {
    expect((await run('sgdisk', ['--verify', disk])).stdout).toContain('No problems found');
  } else {
    expect((await run('sfdisk', ['--verify', disk])).stdout).toContain('No errors detected');
  }
  for (const [number] of partitions) await run('e2fsck', ['-fn', `${disk}p${number}`]);
});
