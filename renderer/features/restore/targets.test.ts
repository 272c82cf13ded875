import { describe, expect, it } from 'vitest';
import { imageOf, volumeNamed } from '../../stores/canned-engine.ts';
import { isInUse, orderTargets, stripAfter, stripBefore, widestStrip } from './targets.ts';

const GIB = 1024 ** 3;
const image = imageOf('/dev/original', 'a', '2026-11-21T00:00:00Z');
const mounted = { mounts: [{ mountPoint: '/x', readOnly: false, options: 'rw', fsType: 'ext4' }] };

describe('targets', () => {
  const volumes = [
    volumeNamed('/dev/vda', { system: true, sizeBytes: 64 * GIB }),
    volumeNamed('/dev/small', { sizeBytes: 1024 }),
    volumeNamed('/dev/large', { sizeBytes: 4 * GIB }),
    volumeNamed('/dev/mounted', mounted),
    volumeNamed('/dev/b10'),
    volumeNamed('/dev/b9'),
    volumeNamed('/dev/locked', { writable: false }),
    volumeNamed('/dev/sr0', { kind: 'rom' }),
    volumeNamed('/dev/sdz', { sizeBytes: 0 }),
    volumeNamed('/dev/original'),
  ];
  const names = (order: Parameters<typeof orderTargets>[2]) =>
    orderTargets(volumes, image, order).map((volume) => volume.name.slice(5));

  it('those that fit come first, and no empty drives at all', () => {
    const fitting = ['original', 'b9', 'b10', 'large'];
    expect(names('fitness')).toEqual([...fitting, 'mounted', 'locked', 'small', 'vda']);
  });

  it('by name and by size', () => {
    expect(names('name')).toEqual(['b9', 'b10', 'large', 'locked', 'mounted', 'original', 'small', 'vda']);
    expect(names('size').slice(0, 2)).toEqual(['vda', 'large']);
    expect(names('size').at(-1)).toBe('small');
  });

  it('an original that is mounted is no better than others that are', () => {
    const inUse = [volumeNamed('/dev/original', mounted), volumeNamed('/dev/free')];
    expect(orderTargets(inUse, image).map((volume) => volume.name)).toEqual(['/dev/free', '/dev/original']);
  });

  it('a disk is in use where one of its partitions is', () => {
    const disk = volumeNamed('/dev/sdb', { kind: 'disk' });
    const crypt = volumeNamed('/dev/mapper/c', { parent: '/dev/sdb1', ...mounted });
    const partition = volumeNamed('/dev/sdb1', { parent: '/dev/sdb' });
    expect(isInUse(disk, [disk, partition, crypt])).toBe(true);
    expect(isInUse(disk, [disk, partition])).toBe(false);
  });
});

describe('strips', () => {
  it('are drawn to one scale', () => {
    const target = volumeNamed('/dev/a', { sizeBytes: 4 * GIB, usedBytes: GIB });
    expect(stripBefore(target, 8 * GIB)).toEqual({ whole: 0.5, cut: false, used: 0.125, rest: 0 });
    expect(stripAfter(target, image, 8 * GIB)).toEqual({ whole: 0.5, cut: false, used: 0.0625, rest: 0.375 });
  });

  it('of what is much larger than the image are cut off, so that the image stays visible', () => {
    const disk = volumeNamed('/dev/sda', { sizeBytes: 2000 * GIB });
    const widest = widestStrip([disk], image.imageSize);
    expect(widest).toBe(4 * GIB);
    expect(stripAfter(disk, image, widest)).toEqual({ whole: 1, cut: true, used: 0.125, rest: 0.75 });
    expect(widestStrip([volumeNamed('/dev/a', { sizeBytes: 2 * GIB })], GIB)).toBe(2 * GIB);
    expect(widestStrip([], GIB)).toBe(GIB);
  });

  it('never leave the strip', () => {
    const tiny = volumeNamed('/dev/a', { sizeBytes: 1024 });
    expect(stripAfter(tiny, image, 8 * GIB)).toMatchObject({ rest: 0, used: tiny.sizeBytes / (8 * GIB) });
    expect(stripBefore({ sizeBytes: 0 }, 0)).toEqual({ whole: 0, cut: false, used: 0, rest: 0 });
  });
});
