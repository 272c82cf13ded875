import { expect, it } from 'vitest';
import { IMAGES, VOLUMES } from '../../dev/fixture-data.ts';
import { orderTargets } from './targets.ts';

it('lists the original first, then what is large enough, and no empty drives', () => {
  const image = IMAGES.find((each) => each.volume === '/dev/loop7');
  if (!image) throw new Error('no image');
  const [first, ...rest] = VOLUMES;
  if (!first) throw new Error('no volume');
  const ordered = orderTargets([{ ...first, name: '/dev/sr0', sizeBytes: 0 }, first, ...rest], image);
  expect(ordered[0]?.name).toBe('/dev/loop7');
  expect(ordered.map((volume) => volume.name)).not.toContain('/dev/sr0');
  expect(ordered.slice(-2).map((volume) => volume.name)).toEqual(['/dev/loop8', '/dev/nvme0n1p1']);
});
