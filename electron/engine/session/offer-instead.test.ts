import { expect, it } from 'vitest';
import { offerInstead } from './offer-instead.ts';

it.each([
  ['crypto_LUKS', 'crypt', '/dev/mapper/home', /only carries \/dev\/mapper\/home\. .*opened volume/],
  ['LVM2_member', 'lvm', '/dev/mapper/vg0-root', /logical volume/],
  ['linux_raid_member', 'raid', '/dev/md0', /assembled array/],
] as const)('%s: what is open on it', (fsType, kind, name, sentence) => {
  expect(offerInstead({ name: '/dev/sdb1', fsType, holders: [{ kind, name }] })).toMatch(sentence);
});

it('says nothing about file systems, closed volumes and other users', () => {
  expect(
    offerInstead({ name: 'x', fsType: 'ext4', holders: [{ kind: 'crypt', name: '/dev/mapper/x' }] }),
  ).toBeUndefined();
  expect(offerInstead({ name: 'x', fsType: 'crypto_LUKS', holders: [] })).toBeUndefined();
  expect(
    offerInstead({ name: 'x', fsType: 'LVM2_member', holders: [{ kind: 'process', name: 'dd' }] }),
  ).toBeUndefined();
});
