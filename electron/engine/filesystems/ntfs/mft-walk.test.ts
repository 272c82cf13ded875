/** Volumes whose journal says nothing: the whole table must agree with the bitmap, or everything is read. */
import { open, readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { requireFuse } from '../../testing/machine-limits.ts';
import { memorySource } from '../../testing/memory-source.ts';
import {
  attributeAt,
  bitmapOffset,
  dataAttribute,
  dataOffset,
  editRecord,
  ntfsLayout,
  recordAt,
  restartPage,
  setAttributes,
} from '../../testing/ntfs-image.ts';
import { mountNtfs, ntfsImage } from '../../testing/ntfs-oracle.ts';
import { createSparseFile, makeFileSystem } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { openFileSource } from '../source.ts';
import { readUsedMap, type UsedMap } from '../used-map.ts';
import { findGeometry } from './boot-sector.ts';
import { openBitmap } from './cluster-bitmap.ts';
import { Mft } from './mft.ts';
import { whyFilesAreUnmarked } from './mft-walk.ts';

const MiB = 1024 * 1024;

let pristine: Buffer;
beforeAll(async () => {
  pristine = await ntfsImage(4 * MiB, ['-c', '512']);
});

async function mapOf(image: Buffer, estimate = false): Promise<UsedMap> {
  return await readUsedMap(memorySource(image), { gapBytes: 1, estimate });
}

/** Read whole, and why; a plan makes an estimate of it. */
async function expectWhole(image: Buffer, reason: RegExp): Promise<void> {
  const map = await mapOf(image);
  expect(map.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
  expect(map.summary.warnings.join('\n')).toMatch(reason);
  expect((await mapOf(image, true)).summary.mode).toBe('used');
}

function changed(change: (image: Buffer) => void): Buffer {
  const image = Buffer.from(pristine);
  change(image);
  return image;
}

describe('an emptied journal, as ntfs-3g leaves it even while it writes', () => {
  /** A copy of a mounted volume whose bitmap was read before the files were made, and the rest afterwards. */
  async function tornCopy(context: Pick<TestContext, 'skip'>): Promise<{ torn: Buffer; whole: Buffer }> {
    requireFuse(context);
    await using workspace = await createWorkspace();
    const path = workspace.path('image');
    await writeFile(path, pristine);
    await using mount = await mountNtfs(path, workspace.path('mount'));
    const write = async (bytes: number) => {
      for (let index = 0; index < 20; index++) {
        await writeFile(`${mount.mountPoint}/file-${index}`, Buffer.alloc(bytes, index + 1));
      }
    };
    await write(10);
    const early = await readFile(path);
    await write(20_000);
    const whole = await readFile(path);
    const torn = Buffer.from(whole);
    const at = bitmapOffset(torn);
    early.copy(torn, at, at, at + Math.ceil(ntfsLayout(torn).clusterCount / 8));
    return { torn, whole };
  }

  it('a copy that was taken meanwhile is read whole, although nothing marks it', async (context) => {
    const { torn, whole } = await tornCopy(context);
    expect((await mapOf(whole)).summary.mode).toBe('used');
    expect((await mapOf(torn)).facts.state).toBe('clean');
    await expectWhole(torn, /\$LogFile\) is empty, and file record \d+ has cluster \d+, which \$Bitmap calls free/);
  });

  it('a journal that Windows closed vouches for the bitmap, and the table is not walked', async (context) => {
    const { torn } = await tornCopy(context);
    restartPage({ lsn: 5 }).copy(torn, dataOffset(torn, 2));
    restartPage({ lsn: 6 }).copy(torn, dataOffset(torn, 2) + 4096);
    expect((await mapOf(torn)).summary.mode).toBe('used');
  });

  it.for([
    ['a record that was not written completely', (record: Buffer) => record.writeUInt16LE(7, 510), /is damaged/],
    ['a record that chkdsk marked', (record: Buffer) => record.write('BAAD'), /is damaged/],
  ] as const)('%s', async ([, change, reason]) => {
    const image = changed((bytes) => change(bytes.subarray(recordAt(bytes, 9))));
    await expectWhole(image, reason);
  });

  it('runs that overlap, and more clusters than the volume has', async () => {
    const { clusterCount } = ntfsLayout(pristine);
    const image = changed((bytes) => {
      bytes.fill(0xff, bitmapOffset(bytes), bitmapOffset(bytes) + Math.ceil(clusterCount / 8));
      const runs = Array.from({ length: 4 }, () => ({ lcn: 0, clusters: Math.floor(clusterCount / 3) }));
      editRecord(bytes, 9, (record) => setAttributes(record, attributeAt(record, 0x30), [dataAttribute(runs, {})]));
    });
    await expectWhole(image, /more clusters than the volume/);
  });

  it('a bad sector under a record of a file', async () => {
    const { summary } = await readUsedMap(memorySource(pristine, [recordAt(pristine, 9) + 100]), { gapBytes: 1 });
    expect(summary).toMatchObject({ mode: 'raw', usedBytes: pristine.length });
    expect(summary.warnings.join()).toMatch(/cannot be read .*\(EIO\)/);
  });

  it('a volume with more runs than are kept in memory: the table is read again for the rest', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('image');
    await createSparseFile(path, 10 * 1024 * MiB);
    await makeFileSystem(path, ['ntfs', '-c', '512']);
    await using source = await openFileSource(path);
    const geometry = await findGeometry(source, [], undefined);
    if (geometry === undefined) throw new Error('not NTFS');
    const mft = new Mft(source, geometry, []);
    await mft.open(undefined);
    const bitmap = await openBitmap(mft, geometry.clusterCount, undefined);
    expect(await whyFilesAreUnmarked(mft, bitmap, geometry, undefined, 1)).toBeUndefined();

    // The mirror lies in the middle of the volume, behind the first piece of the bitmap.
    const at = bitmap.placeOf(geometry.mftMirrorLcn >> 3);
    await using file = await open(path, 'r+');
    await file.write(Buffer.alloc(1), 0, 1, at);
    const why = await whyFilesAreUnmarked(mft, bitmap, geometry, undefined, 1);
    expect(why).toMatch(/^file record 1 \(\$MFTMirr\) has cluster \d+, which \$Bitmap calls free$/);
    expect(await whyFilesAreUnmarked(mft, bitmap, geometry, undefined)).toBe(why);
  });
});
