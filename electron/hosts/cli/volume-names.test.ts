import { describe, expect, test } from 'vitest';
import type { Volume } from '#contract';
import { expandVolumes, isPattern, volumeMatcher } from './volume-names.ts';

function volume(name: string, facts: Partial<Volume> = {}): Volume {
  return {
    name,
    kind: 'partition',
    sizeBytes: 1024,
    logicalSectorBytes: 512,
    physicalSectorBytes: 512,
    fsType: 'ext4',
    label: '',
    uuid: '',
    partUuid: '',
    model: '',
    serial: '',
    transport: '',
    removable: false,
    readOnly: false,
    system: false,
    mounts: [],
    holders: [],
    readable: true,
    writable: true,
    needs: '',
    ...facts,
  };
}

const mount = (mountPoint: string) => ({ mountPoint, readOnly: false, options: '', fsType: 'ext4' });
const VOLUMES = [
  volume('/dev/sda', { kind: 'disk', fsType: '' }),
  volume('/dev/sda1', { parent: '/dev/sda', mounts: [mount('/home'), mount('/srv/home')] }),
  volume('/dev/sda2', { parent: '/dev/sda', fsType: 'swap' }),
  volume('/dev/sda3', { parent: '/dev/sda', fsType: 'crypto_LUKS' }),
  volume('/dev/mapper/secret', { kind: 'crypt', parent: '/dev/sda3', mounts: [mount('/home2')] }),
  volume('/dev/sr0', { kind: 'rom', fsType: 'iso9660' }),
  volume('/images/odd*name.img', { kind: 'file' }),
  volume('/images/oddest name.img', { kind: 'file' }),
];

describe('expandVolumes', () => {
  test.each([
    [['/dev/sda1'], ['/dev/sda1']],
    [['nowhere'], ['nowhere']],
    [['/dev/sda?'], ['/dev/sda1']],
    [['/dev/*'], ['/dev/sda1']],
    [['/home*'], ['/dev/sda1', '/dev/mapper/secret']],
    [
      ['/home*', '/dev/sda*'],
      ['/dev/sda1', '/dev/mapper/secret'],
    ],
    [
      ['/dev/sda2', '/dev/sd*'],
      ['/dev/sda2', '/dev/sda1'],
    ],
    // A name that looks like a pattern.
    [['/images/odd*name.img'], ['/images/odd*name.img']],
    [['/images/odd*.img'], ['/images/odd*name.img', '/images/oddest name.img']],
    // Named twice stays twice: the command says so.
    [
      ['/dev/sda1', '/dev/sda1'],
      ['/dev/sda1', '/dev/sda1'],
    ],
  ])('%j are %j', (typed, names) => {
    expect(expandVolumes(typed, VOLUMES)).toEqual({ names, unmatched: [] });
  });

  test('a pattern that matches nothing is told', () => {
    expect(expandVolumes(['/dev/nvme*', '/dev/sda1'], VOLUMES)).toEqual({
      names: ['/dev/sda1'],
      unmatched: ['/dev/nvme*'],
    });
  });
});

test('a matcher takes names, patterns, and paths from where one is', () => {
  expect(volumeMatcher(undefined)('/dev/sda')).toBe(true);
  expect(volumeMatcher('disk.img')(`${process.cwd()}/disk.img`)).toBe(true);
  expect(volumeMatcher('*.img')(`${process.cwd()}/disk.img`)).toBe(true);
  expect(volumeMatcher('*.img')(`${process.cwd()}/folder/disk.img`)).toBe(false);
  expect(volumeMatcher('/a[1]?')('/a[1]b')).toBe(true);
  expect(volumeMatcher('/a[1]?')('/a1b')).toBe(false);
  expect(isPattern('/a[1]')).toBe(false);
});
