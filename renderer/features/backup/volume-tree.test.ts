import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Volume } from '#contract';
import {
  groupVolumes,
  selectableNames,
  type VolumeGroup,
  volumeTitle,
  whyNotSelectable,
  writableMounts,
} from './volume-tree.ts';

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

const here = { isOffline: () => false, isExcluded: () => false };
const names = ({ rows }: VolumeGroup) => rows.map(({ volume: each }) => each.name);

it('puts volumes below their disk, the rest under a heading, and files last', () => {
  const groups = groupVolumes(
    [
      volume('/srv/a.img', { kind: 'file' }),
      volume('/dev/sda', { kind: 'disk' }),
      volume('/dev/sda1', { parent: '/dev/sda' }),
      volume('/dev/mapper/vg0-home', { kind: 'lv', parent: '/dev/sda' }),
      volume('/dev/loop3', { kind: 'loop' }),
    ],
    here,
  );
  expect(groups.map((group) => [group.key, names(group)])).toEqual([
    ['/dev/sda', ['/dev/sda1', '/dev/mapper/vg0-home']],
    ['loose', ['/dev/loop3']],
    ['files', ['/srv/a.img']],
  ]);
});

it('loses no volume, even when its disk is not listed', () => {
  const groups = groupVolumes(
    [volume('/dev/sdz9', { parent: '/dev/sdz' }), volume('/dev/sdb', { kind: 'disk' })],
    here,
  );
  expect(groups.flatMap(names).sort()).toEqual(['/dev/sdb', '/dev/sdz9']);
});

it('always offers the image files', () => {
  expect(groupVolumes([], here).map((group) => group.key)).toEqual(['files']);
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

it('puts logical volumes under what they stand on, however deep', () => {
  const [disk] = groupVolumes(
    [
      volume('/dev/sda', { kind: 'disk' }),
      volume('/dev/sda1', { parent: '/dev/sda' }),
      volume('/dev/sda2', { parent: '/dev/sda', fsType: 'crypto_LUKS' }),
      volume('/dev/mapper/crypt', { kind: 'crypt', parent: '/dev/sda2', fsType: 'LVM2_member' }),
      volume('/dev/mapper/vg0-home', { kind: 'lv', parent: '/dev/mapper/crypt' }),
    ],
    here,
  );
  expect(disk?.rows.map(({ volume: { name }, level, carries }) => [name, level, carries])).toEqual([
    ['/dev/sda1', 2, false],
    ['/dev/sda2', 2, true],
    ['/dev/mapper/crypt', 3, true],
    ['/dev/mapper/vg0-home', 4, false],
  ]);
  expect(selectableNames(disk?.rows ?? [])).toEqual(['/dev/sda1', '/dev/mapper/vg0-home']);
});

it('selects neither what is offline or excluded nor what cannot be read along with the others', () => {
  const [files] = groupVolumes(
    [
      volume('/a.img', { kind: 'file' }),
      volume('/b.img', { kind: 'file' }),
      volume('/c.img', { kind: 'file', readable: false }),
      volume('/d.img', { kind: 'file' }),
    ],
    { isOffline: (name) => name === '/b.img', isExcluded: (name) => name === '/d.img' },
  );
  expect(selectableNames(files?.rows ?? [])).toEqual(['/a.img']);
});

it('lists every volume once, whatever the parents claim', () => {
  const name = fc.constantFrom('/dev/a', '/dev/b', '/dev/c', '/dev/d', '/dev/e');
  const one = fc.record({ name, parent: fc.option(name, { nil: undefined }), disk: fc.boolean() });
  fc.assert(
    fc.property(fc.uniqueArray(one, { selector: (each) => each.name }), (made) => {
      const volumes = made.map(({ name: own, parent, disk }) =>
        volume(own, { kind: disk ? 'disk' : 'partition', ...(parent === undefined ? {} : { parent }) }),
      );
      const groups = groupVolumes(volumes, here);
      const listed = groups.flatMap((group) => [...(group.disk ? [group.disk.name] : []), ...names(group)]);
      expect(listed.sort()).toEqual(made.map((each) => each.name).sort());
    }),
  );
});
