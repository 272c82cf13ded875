import { describe, expect, it } from 'vitest';
import {
  EXFAT_IMAGE,
  exfatChanges,
  exfatImage,
  exfatMarkOffset,
  exfatOffset,
  exfatRootEntry,
  markExfat,
  setExfatEntry,
} from '../../testing/exfat-image.ts';
import { expectDamaged, expectReadWhole } from '../../testing/expect-used-map.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { readUsedMap } from '../used-map.ts';
import { exfat } from './family.ts';

const {
  regionBytes: REGION,
  fatOffset: FAT,
  clusters: CLUSTERS,
  bitmap: BITMAP,
  upcaseTable: UPCASE,
  root: ROOT,
  sectorBytes: SECTOR,
} = EXFAT_IMAGE;
const pristine = await exfatImage();

const { setField, changed, expectMapped } = exfatChanges(pristine);

describe('the main boot region', () => {
  it.each([
    ['a flipped bit in the boot code', 200, [1]],
    ['the number of clusters', 92, [0, 0, 0, 0]],
    ['the sector size', 108, [3]],
    ['the cluster size', 109, [40]],
    ['the last extended boot sector', 8 * SECTOR + 3, [9]],
    ['the end of the checksum sector', REGION - 2, [9]],
  ])('damaged by %s: its copy gives the same map, with a warning', async (_, at, bytes) => {
    await expectMapped(changed(at, ...bytes), /main boot region is damaged \(.*\); its copy at byte 6144 was used/);
  });

  it('damaged does not hide that the volume is in use', async () => {
    const image = changed(200, 1);
    image.writeUInt8(2, 106);
    await expectReadWhole(image, /not unmounted cleanly/, false);
  });

  it.each([
    ['signature', 510],
    ['jump', 0],
    ['zeros', 20],
  ])('without its %s cannot say that it was unmounted', async (_, at) => {
    await expectReadWhole(changed(at, 0x77), /not unmounted cleanly/, false);
  });

  it('is no exFAT without its name, whatever the copy says', async () => {
    expect(await exfat.probe(memorySource(changed(3, 0, 0)))).toBeUndefined();
    expect(await exfat.probe(memorySource(Buffer.alloc(100)))).toBeUndefined();
  });

  it.each([
    [72, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], /length is impossible/],
    [80, [23, 0, 0, 0], /FAT lies in the boot regions/],
    [84, [63, 0, 0, 0], /FAT is too short/],
    [84, [65, 0, 0, 0], /clusters lie in the FAT/],
    [92, [0xa1, 0x1f, 0, 0], /more clusters than fit/],
    [92, [0xff, 0xff, 0xff, 0xff], /number of clusters is impossible/],
    [96, [1, 0, 0, 0], /root directory cluster is impossible/],
    [96, [0xa2, 0x1f, 0, 0], /root directory cluster is impossible/],
    [110, [3], /number of FATs/],
    [108, [13], /sector size/],
    [109, [17], /cluster size/],
  ] as const)('field at %i set to %s in both regions: damaged', async (at, bytes, reason) => {
    await expectDamaged(setField(at, ...bytes), 'main boot region', 0, reason);
  });
});

describe('damage is named with its place', () => {
  it.each([
    ['leads outside', CLUSTERS + 2, /leads to 8098, which is no cluster/],
    ['leads to a free entry', 0, /leads to 0/],
    ['leads to a bad cluster', 0xfffffff7, /which is no cluster/],
    ['comes back', ROOT, /comes back to itself/],
  ])('the root directory’s chain %s', async (_, value, reason) => {
    await expectDamaged(setExfatEntry(Buffer.from(pristine), ROOT, value), 'root directory', FAT + ROOT * 4, reason);
  });

  it.each([
    ['root directory', ROOT],
    ['allocation bitmap', BITMAP + 1],
    ['up-case table', UPCASE + 7],
  ])('a cluster of the %s that the bitmap calls free', async (structure, cluster) => {
    const image = markExfat(Buffer.from(pristine), cluster, false);
    const at = exfatMarkOffset(cluster);
    await expectDamaged(image, 'allocation bitmap', at, new RegExp(`Cluster ${cluster} of the ${structure} is not`));
    expect((await readUsedMap(memorySource(image), { gapBytes: 1, estimate: true })).summary.mode).toBe('used');
  });

  it('a bitmap that is missing, short, outside, doubled, or whose chain ends early', async () => {
    const entry = exfatRootEntry(pristine, 0x81);
    await expectDamaged(changed(entry, 1), 'allocation bitmap', exfatOffset(ROOT), /is missing/);
    await expectDamaged(changed(entry + 24, 0xf3, 3), 'allocation bitmap', entry, /has 1011 bytes for 8096 clusters/);
    await expectDamaged(changed(entry + 20, 0xa1, 0x1f), 'allocation bitmap', entry, /outside the volume/);
    await expectDamaged(changed(entry + 20, 1), 'allocation bitmap', entry, /outside the volume/);
    await expectDamaged(changed(entry + 1, 1), 'allocation bitmap', entry, /second FAT/);
    const twice = Buffer.from(pristine);
    twice.copyWithin(exfatRootEntry(pristine, 0x82) + 32, entry, entry + 32);
    await expectDamaged(twice, 'allocation bitmap', exfatRootEntry(pristine, 0x82) + 32, /second FAT/);
    const early = setExfatEntry(Buffer.from(pristine), BITMAP, 0xffffffff);
    await expectDamaged(early, 'allocation bitmap', entry, /ends after 1 of 2/);
    // Longer is allowed: what follows stands for no cluster.
    await expectMapped(changed(entry + 24, 0xff, 3));
  });

  it('an up-case table that is missing, doubled, too long or elsewhere', async () => {
    const entry = exfatRootEntry(pristine, 0x82);
    await expectDamaged(changed(entry, 2), 'up-case table', exfatOffset(ROOT), /is missing/);
    await expectDamaged(changed(entry + 24, 0, 0, 0, 1), 'up-case table', entry, /has 16777216 bytes/);
    await expectDamaged(changed(entry + 20, 0), 'up-case table', FAT, /no cluster/);
    const twice = Buffer.from(pristine);
    twice.copyWithin(entry + 32, entry, entry + 32);
    await expectDamaged(twice, 'up-case table', entry + 32, /more than one/);
  });

  /** A file with these clusters in the root directory; `flags` 3: in one piece, 1: by the FAT. */
  function withFile(flags: number, cluster: number, lengthBytes: number): { image: Buffer; at: number } {
    const image = Buffer.from(pristine);
    const at = exfatRootEntry(pristine, 0x82) + 64;
    image.writeUInt8(0x85, at - 32);
    image.writeUInt8(0xc0, at);
    image.writeUInt8(flags, at + 1);
    image.writeUInt32LE(cluster, at + 20);
    image.writeUInt32LE(lengthBytes, at + 24);
    return { image, at };
  }

  it('a file of the root directory whose clusters the bitmap calls free', async () => {
    const { image } = withFile(1, 300, 2000);
    const at = exfatMarkOffset;
    await expectDamaged(image, 'allocation bitmap', at(300), /Cluster 300 of a file in the root directory is not/);
    const map = await readUsedMap(memorySource(markExfat(image, 300, true)), { gapBytes: 1 });
    expect(map.summary.mode).toBe('used');
    const inOnePiece = markExfat(withFile(3, 300, 2000).image, 300, true);
    await expectDamaged(inOnePiece, 'allocation bitmap', at(303), /Cluster 303 of a file/);
  });

  it('a file of the root directory that lies outside', async () => {
    const { image, at } = withFile(3, CLUSTERS - 1, 2000);
    await expectDamaged(image, 'root directory', at, /has cluster 8098, which is no cluster/);
    await expectMapped(withFile(1, 0, 0).image);
    await expectMapped(withFile(0, 300, 2000).image);
  });

  it('two structures in one cluster', async () => {
    const image = changed(exfatRootEntry(pristine, 0x82) + 20, BITMAP);
    await expectDamaged(image, 'up-case table', exfatOffset(BITMAP), /Cluster 2 is shared by the allocation bitmap/);
  });
});

describe('what cannot be read off the medium', () => {
  it.each([
    ['FAT', FAT + 4, /FAT cannot be read/],
    ['root directory', exfatOffset(ROOT) + 9, /root directory cannot be read/],
    ['bitmap', exfatOffset(BITMAP) + 600, /allocation bitmap cannot be read/],
  ])('the %s', async (_, at, reason) => {
    const probe = await exfat.probe(memorySource(pristine, [at]));
    expect(probe?.facts).toMatchObject({ type: 'exfat', state: 'clean' });
    await expect(probe?.usedExtents()).rejects.toMatchObject({
      code: 'FILESYSTEM_DAMAGED',
      details: { unreadable: true, reason: expect.stringMatching(reason) },
    });
  });

  it('a bad sector in the backup boot region does not matter', async () => {
    const probe = await exfat.probe(memorySource(pristine, [REGION]));
    expect((await probe?.usedExtents())?.length).toBe(2);
  });
});

it('a cancelled task ends the reading', async () => {
  const stop = new AbortController();
  const probe = await exfat.probe(memorySource(pristine), stop.signal);
  stop.abort();
  await expect(exfat.probe(memorySource(pristine), stop.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(probe?.usedExtents(stop.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
});
