import { expect, it } from 'vitest';
import { imageOf, volumeNamed } from '../../stores/canned-engine.ts';
import { orderTargets } from './targets.ts';

it('lists the original first, then what is large enough, and no empty drives', () => {
  const volumes = [
    volumeNamed('/dev/small', { sizeBytes: 1024 }),
    volumeNamed('/dev/b'),
    volumeNamed('/dev/a'),
    volumeNamed('/dev/sr0', { kind: 'rom' }),
    volumeNamed('/dev/sdz', { sizeBytes: 0 }),
    volumeNamed('/dev/original'),
  ];
  const ordered = orderTargets(volumes, imageOf('/dev/original', 'a', '2026-11-21T00:00:00Z'));
  expect(ordered.map((volume) => volume.name)).toEqual(['/dev/original', '/dev/a', '/dev/b', '/dev/small']);
});
