/** What is done about damaged NTFS structures: named with their place, or read from their copies with a warning. */
import { beforeAll, describe, expect, it } from 'vitest';
import { memorySource } from '../../testing/memory-source.ts';
import { expectDamaged } from '../../testing/ntfs-damage.ts';
import {
  attributeAt,
  bitmapOffset,
  dataAttribute,
  dataOffset,
  editRecord,
  markCluster,
  ntfsLayout,
  recordAt,
  setAttributes,
} from '../../testing/ntfs-image.ts';
import { ntfsImage } from '../../testing/ntfs-oracle.ts';
import { readUsedMap } from '../used-map.ts';
import { countUsed } from './cluster-bitmap.ts';
import { residentStream } from './data-stream.ts';
import { ntfs } from './family.ts';

const MiB = 1024 * 1024;
const CLUSTER = 512;
const DATA = 0x80;

let pristine: Buffer;
beforeAll(async () => {
  pristine = await ntfsImage(4 * MiB, ['-c', String(CLUSTER)]);
});

function changed(change: (image: Buffer) => void): Buffer {
  const image = Buffer.from(pristine);
  change(image);
  return image;
}

/** The map of the undamaged image, with a warning. */
async function expectSameMap(image: Buffer, warning: RegExp, badOffsets: number[] = []): Promise<void> {
  const expected = await readUsedMap(memorySource(pristine), { gapBytes: 1 });
  const map = await readUsedMap(memorySource(image, badOffsets), { gapBytes: 1 });
  expect(map.summary.warnings.join()).toMatch(warning);
  expect(map.summary.mode).toBe('used');
  expect([...map.extents]).toEqual([...expected.extents]);
  expect(map.facts).toEqual(expected.facts);
}

describe('the boot sector', () => {
  const FIELDS: [string, number, number, RegExp][] = [
    ['bytes of a sector', 0x0b, 513, /sector has 513 bytes/],
    ['bytes of a sector', 0x0b, 8192, /sector has 8192 bytes/],
    ['sectors of a cluster', 0x0d, 0, /cluster has 0 bytes/],
    ['sectors of a cluster', 0x0d, 3, /cluster has 1536 bytes/],
    ['sectors of a cluster', 0x0d, 0xf0, /cluster has 33554432 bytes/],
    ['reserved sectors', 0x0e, 1, /empty on NTFS/],
    ['sectors of a FAT', 0x16, 9, /empty on NTFS/],
    ['number of sectors', 0x2e, 0xffff, /number of sectors/],
    ['place of $MFT', 0x30, 0, /place of the master file table/],
    ['place of $MFTMirr', 0x3c, 1, /place of the master file table/],
    ['size of records', 0x40, 0x7f, /size of records/],
    ['size of records', 0x40, 0xe0, /size of records/],
  ];

  it.each(FIELDS)('%s (at %i: %i): the copy is used, with a warning', async (_, at, value, reason) => {
    const image = changed((bytes) => bytes.writeUInt16LE(value, at));
    await expectSameMap(
      image,
      new RegExp(`boot sector is damaged \\(.*${reason.source}.*copy at byte 4193792 was used`),
    );
  });

  it.each(FIELDS)('%s (at %i: %i), and no copy: refused', async (_, at, value, reason) => {
    const image = changed((bytes) => {
      bytes.writeUInt16LE(value, at);
      bytes.fill(0, bytes.length - 512);
    });
    await expectDamaged(image, 'boot sector', 0, reason);
  });

  it('a copy that says it lies elsewhere is a leftover and not believed', async () => {
    const image = changed((bytes) => {
      bytes.writeUInt16LE(513, 0x0b);
      bytes.writeUInt32LE(1000, bytes.length - 512 + 0x28);
    });
    await expectDamaged(image, 'boot sector', 0);
  });

  it('on a bad sector: everything is read', async () => {
    const map = await readUsedMap(memorySource(pristine, [100]), { gapBytes: 1 });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: pristine.length });
  });
});

describe('records of $MFT', () => {
  it.each([
    [0, '$MFT'],
    [2, '$LogFile'],
  ])('record %i is read from the mirror, with a warning', async (number, name) => {
    const at = recordAt(pristine, number);
    const warning = new RegExp(`file record ${number} \\(\\${name}\\) .*copy in \\$MFTMirr at byte \\d+ was used`);
    await expectSameMap(
      changed((image) => image.write('BAAD', at, 'latin1')),
      warning,
    );
    await expectSameMap(
      changed((image) => image.fill(0, at, at + 1024)),
      warning,
    );
    await expectSameMap(
      changed((image) => image.writeUInt8(image.readUInt8(at + 511) ^ 1, at + 511)),
      warning,
    );
  });

  it.each([0, 2])('record %i on a bad sector is read from the mirror, with a warning', async (number) => {
    const source = memorySource(pristine, [recordAt(pristine, number) + 5]);
    const probe = await ntfs.probe(source);
    expect(probe?.warnings.join()).toMatch(/cannot be read .*\(EIO\)\. Its copy in \$MFTMirr at byte \d+ was used/);
    const expected = await readUsedMap(memorySource(pristine), { gapBytes: 1 });
    expect([...((await probe?.usedExtents()) ?? [])]).toEqual([...expected.extents]);
  });

  it('record of $Volume is read from the mirror, but its flags are not believed', async () => {
    const image = changed((bytes) => bytes.write('BAAD', recordAt(bytes, 3), 'latin1'));
    const map = await readUsedMap(memorySource(image), { gapBytes: 1 });
    expect(map.facts).toMatchObject({ type: 'ntfs', version: '3.1', state: 'dirty' });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
    expect(map.summary.warnings.join()).toMatch(/\$MFTMirr at byte \d+ was used.*its copy may not know/);
    const plan = await readUsedMap(memorySource(image), { gapBytes: 1, estimate: true });
    expect(plan.summary.mode).toBe('used');
  });

  it('record of $Bitmap on a bad sector: everything is read', async () => {
    const map = await readUsedMap(memorySource(pristine, [recordAt(pristine, 6) + 5]), { gapBytes: 1 });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: pristine.length });
    expect(map.summary.warnings.join()).toMatch(/cannot be read .*\(EIO\).*whole volume/);
  });

  it.each([
    [0, '$MFT'],
    [2, '$LogFile'],
    [3, '$Volume'],
  ])('record %i and its copy: refused', async (number, name) => {
    const at = recordAt(pristine, number);
    const image = changed((bytes) => {
      bytes.write('BAAD', at, 'latin1');
      bytes.write('BAAD', ntfsLayout(bytes).mirrorOffset + number * 1024, 'latin1');
    });
    await expectDamaged(image, `file record ${number} (${name})`, at, /does not begin with FILE/);
  });

  const BITMAP = 'file record 6 ($Bitmap)';

  it.each<[string, RegExp, (image: Buffer, at: number) => void]>([
    ['magic', /does not begin with FILE/, (image, at) => image.write('BAAD', at, 'latin1')],
    ['torn', /not written completely/, (image, at) => image.writeUInt16LE(0x1234, at + 1022)],
    ['array outside', /update sequence array/, (image, at) => image.writeUInt16LE(600, at + 4)],
    ['not in use', /not in use/, (image, at) => image.writeUInt16LE(0, at + 22)],
    ['another number', /another record/, (image, at) => image.writeUInt32LE(7, at + 44)],
    ['another base', /belongs to another file/, (image, at) => image.writeUInt32LE(9, at + 32)],
    ['size', /size is impossible/, (image, at) => image.writeUInt32LE(4096, at + 24)],
    ['start of attributes', /impossible place/, (image, at) => image.writeUInt16LE(2000, at + 20)],
    ['no end', /no end/, (image, at) => image.writeUInt32LE(64, at + 24)],
  ])('record of $Bitmap: %s', async (_, reason, change) => {
    const at = recordAt(pristine, 6);
    await expectDamaged(
      changed((image) => change(image, at)),
      BITMAP,
      at,
      reason,
    );
  });

  it.each<[string, RegExp, (attribute: Buffer) => void]>([
    ['length', /impossible length/, (data) => data.writeUInt32LE(7, 4)],
    ['form', /neither resident/, (data) => data.writeUInt8(2, 8)],
    ['name', /name of an attribute/, (data) => data.writeUInt8(200, 9)],
    ['runs outside', /runs of an attribute lie outside/, (data) => data.writeUInt16LE(900, 32)],
    ['compressed', /compressed, encrypted or sparse/, (data) => data.writeUInt16LE(1, 12)],
    ['encrypted', /compressed, encrypted or sparse/, (data) => data.writeUInt16LE(0x4000, 12)],
    ['sparse', /compressed, encrypted or sparse/, (data) => data.writeUInt16LE(0x8000, 12)],
    ['first cluster', /do not follow|range of clusters/, (data) => data.writeUInt32LE(1, 16)],
    ['last cluster', /another number of clusters/, (data) => data.writeUInt32LE(9, 24)],
    ['allocated size', /not as long as it says/, (data) => data.writeUInt32LE(CLUSTER, 40)],
    ['size', /sizes of an attribute/, (data) => data.writeUInt32LE(10_000_000, 48)],
    ['size of 64 bits', /sizes of an attribute/, (data) => data.fill(0xff, 48, 56)],
    ['too short', /too short for the volume/, (data) => data.writeUInt32LE(CLUSTER, 48)],
    ['written size', /sizes of an attribute/, (data) => data.writeUInt32LE(10_000_000, 56)],
    ['not written', /too short for the volume/, (data) => data.writeUInt32LE(CLUSTER, 56)],
    ['no runs', /not as long as it says/, (data) => data.fill(0, 24, 28).writeUInt8(0, 64)],
    ['hole', /has holes/, (data) => data.fill(0, 66).writeUInt8(data.readUInt8(64) & 0xf, 64)],
    ['run of no length', /run has an impossible length/, (data) => data.writeUInt8(0, 65)],
    ['run of negative length', /run has an impossible length/, (data) => data.writeUInt8(0x80, 65)],
    ['impossible run', /list of runs/, (data) => data.writeUInt8(0xff, 64)],
    ['named', /where the bitmap lies|name of an attribute/, (data) => data.fill(1, 9, 10)],
  ])('$DATA of $Bitmap: %s', async (_, reason, change) => {
    const image = changed((bytes) =>
      editRecord(bytes, 6, (record) => {
        const at = attributeAt(record, DATA);
        change(record.subarray(at, at + record.readUInt32LE(at + 4)));
      }),
    );
    await expectDamagedSizes(image, reason);
  });

  /** The smaller sizes only show when the larger ones agree. */
  async function expectDamagedSizes(image: Buffer, reason: RegExp): Promise<void> {
    editRecord(image, 6, (record) => {
      const at = attributeAt(record, DATA);
      if (record.readUInt32LE(at + 48) === CLUSTER) record.writeUInt32LE(CLUSTER, at + 56);
    });
    await expectDamaged(image, BITMAP, recordAt(image, 6), reason);
  }

  it.each<[string, RegExp, { lcn: number; clusters: number }[]]>([
    ['outside', /outside the file system/, [{ lcn: 8190, clusters: 2 }]],
    ['before the volume', /outside the file system/, [{ lcn: -5, clusters: 2 }]],
    ['overlapping', /overlap/, [7000, 7001].map((lcn) => ({ lcn, clusters: 2 }))],
  ])('runs of $Bitmap: %s', async (_, reason, runs) => {
    const allocated = runs.reduce((sum, run) => sum + run.clusters, 0) * CLUSTER;
    const image = changed((bytes) =>
      editRecord(bytes, 6, (record) =>
        setAttributes(record, attributeAt(record, DATA), [dataAttribute(runs, { allocated, data: 1024 })]),
      ),
    );
    await expectDamaged(image, BITMAP, recordAt(image, 6), reason);
  });

  it('the table begins elsewhere than the boot sector says', async () => {
    const image = changed((bytes) =>
      editRecord(bytes, 0, (record) => {
        const at = attributeAt(record, DATA);
        const pairs = at + record.readUInt16LE(at + 32);
        const header = record.readUInt8(pairs);
        record.writeUInt8(record.readUInt8(pairs + 1 + (header & 0xf)) + 1, pairs + 1 + (header & 0xf));
      }),
    );
    await expectDamaged(image, 'file record 0 ($MFT)', recordAt(image, 0), /another place/);
  });
});

describe('the cluster bitmap', () => {
  it.each<[string, (image: Buffer) => number]>([
    ['$Boot', () => 3],
    ['$MFT', (image) => recordAt(image, 20) / CLUSTER],
    ['$MFTMirr', (image) => ntfsLayout(image).mirrorOffset / CLUSTER],
    ['$LogFile', (image) => dataOffset(image, 2) / CLUSTER + 100],
    ['$Bitmap', (image) => bitmapOffset(image) / CLUSTER],
  ])('calls a cluster of %s free', async (structure, clusterOf) => {
    const cluster = clusterOf(pristine);
    const at = bitmapOffset(pristine);
    const image = changed((bytes) => markCluster(bytes, at, cluster, false));
    const reason = new RegExp(`cluster ${cluster} is free, but it belongs to \\${structure}\\.`);
    await expectDamaged(image, '$Bitmap', at + Math.floor(cluster / 8), reason);
    const plan = await readUsedMap(memorySource(image), { gapBytes: 1, estimate: true });
    const whole = await readUsedMap(memorySource(pristine), { gapBytes: 1 });
    expect([...plan.extents]).toEqual([...whole.extents]);
  });

  it('is all zeros', async () => {
    const at = bitmapOffset(pristine);
    await expectDamaged(
      changed((image) => image.fill(0, at, at + 1024)),
      '$Bitmap',
      at,
      /belongs to \$Boot/,
    );
  });

  it('ends while clusters are still wanted', async () => {
    const at = bitmapOffset(pristine);
    const image = changed((bytes) => bytes.fill(0, at + 1, at + 1024));
    await expectDamaged(image, '$Bitmap', at + 1, /belongs to \$Boot/);
  });

  it('lies where another file is', async () => {
    const image = changed((bytes) => {
      const lcn = dataOffset(bytes, 2) / CLUSTER;
      const data = dataAttribute([{ lcn, clusters: 2 }], { allocated: 2 * CLUSTER, data: 1024 });
      editRecord(bytes, 6, (record) => setAttributes(record, attributeAt(record, DATA), [data]));
    });
    await expectDamaged(image, '$Bitmap', dataOffset(pristine, 2), /\$LogFile and \$Bitmap both claim cluster/);
  });

  it('on a bad sector: everything is read, and the facts are still known', async () => {
    const map = await readUsedMap(memorySource(pristine, [bitmapOffset(pristine) + 70]), { gapBytes: 1 });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: pristine.length });
    expect(map.summary.warnings.join()).toMatch(/\$Bitmap cannot be read .*\(EIO\).*whole volume/);
    expect(map.facts).toMatchObject({ type: 'ntfs', version: '3.1', state: 'errors', freeBytes: 0 });
  });

  it('of many terabytes is counted by samples, for showing', async () => {
    const pieces = 40;
    const bytes = Buffer.alloc(pieces * MiB, 0x0f);
    const bitmap = residentStream('$Bitmap', bytes, 0);
    expect(await countUsed(bitmap, bytes.length * 8, undefined)).toBe(bytes.length * 4);
    bytes.fill(0xff, 0, 10 * MiB);
    const estimated = await countUsed(bitmap, bytes.length * 8, undefined);
    expect(Math.abs(estimated - (bytes.length * 4 + 10 * MiB * 4))).toBeLessThan(2 * MiB * 8);
  });
});

describe('ends', () => {
  it('a cancelled probe', async () => {
    const aborted = AbortSignal.abort();
    await expect(ntfs.probe(memorySource(pristine), aborted)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('a volume of nothing', async () => {
    expect(await ntfs.probe(memorySource(Buffer.alloc(100)))).toBeUndefined();
    expect(await ntfs.probe(memorySource(Buffer.alloc(100_000)))).toBeUndefined();
  });

  it('a volume of only a boot sector', async () => {
    const map = await readUsedMap(memorySource(pristine.subarray(0, 512)), { gapBytes: 1 });
    expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: 512 });
  });
});
