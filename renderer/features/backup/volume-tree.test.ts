import { expect, it } from 'vitest';
import type { Volume } from '#contract';
import { groupVolumes, volumeTitle, whyNotSelectable, writableMounts } from './volume-tree.ts';

function volume(name: string, facts: Partial<Volume> = {}): Volume {
  return {
    name,
    kind: 'partition',
    sizeBytes: 1024 ** 3,
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

it('puts volumes below their disk, the rest under a heading, and files last', () => {
  const groups = groupVolumes([
    volume('/srv/a.img', { kind: 'file' }),
    volume('/dev/sda', { kind: 'disk' }),
    volume('/dev/sda1', { parent: '/dev/sda' }),
    volume('/dev/mapper/vg0-home', { kind: 'lv', parent: '/dev/sda' }),
    volume('/dev/loop3', { kind: 'loop' }),
  ]);
  expect(groups.map((group) => [group.key, group.volumes.map((each) => each.name)])).toEqual([
    ['/dev/sda', ['/dev/sda1', '/dev/mapper/vg0-home']],
    ['loose', ['/dev/loop3']],
    ['files', ['/srv/a.img']],
  ]);
});

it('loses no volume, even when its disk is not listed', () => {
  const groups = groupVolumes([volume('/dev/sdz9', { parent: '/dev/sdz' }), volume('/dev/sdb', { kind: 'disk' })]);
  expect(groups.flatMap((group) => group.volumes.map((each) => each.name)).sort()).toEqual(['/dev/sdb', '/dev/sdz9']);
});

it('always offers the image files', () => {
  expect(groupVolumes([]).map((group) => group.key)).toEqual(['files']);
});

it('names volumes by label, files by their name', () => {
  expect(volumeTitle(volume('/dev/sda1', { label: 'home' }))).toBe('home');
  expect(volumeTitle(volume('/dev/mapper/vg0-home'))).toBe('vg0-home');
  expect(volumeTitle(volume('/srv/x/disk.img', { kind: 'file', label: 'inner' }))).toBe('disk.img');
});

it('says why a volume cannot be chosen', () => {
  expect(whyNotSelectable(volume('/dev/sda1'))).toBe('');
  expect(whyNotSelectable(volume('/dev/sda1', { readable: false, needs: 'Needs root.' }))).toBe('Needs root.');
  expect(whyNotSelectable(volume('/dev/sr0', { sizeBytes: 0 }))).toBe('There is no medium in it.');
});

it('lists the mounts that a static backup touches', () => {
  const mount = { mountPoint: '/home', readOnly: false, options: 'rw', fsType: 'ext4' };
  expect(
    writableMounts([volume('/dev/sda1', { mounts: [mount, { ...mount, mountPoint: '/x', readOnly: true }] })]),
  ).toEqual(['/home']);
});
