import { describe, expect, it } from 'vitest';
import { deviceNumber } from './device-number.ts';
import { isReadOnly, mountOf, parseMountInfo } from './mount-table.ts';

const TABLE = parseMountInfo(
  [
    '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,errors=remount-ro',
    '30 27 8:1 / /mnt/my\\040disk ro,nosuid master:1 - ext4 /dev/sda1 rw',
    '31 27 8:17 /sub /mnt/other rw,noatime shared:2 master:3 - xfs /dev/sdb1 ro,attr2',
    'nonsense',
    '',
  ].join('\n'),
);

describe('mountinfo', () => {
  it('is parsed with escapes and any number of optional fields', () => {
    expect(TABLE.map((entry) => entry.mountPoint)).toEqual(['/', '/mnt/my disk', '/mnt/other']);
    expect(TABLE[2]).toMatchObject({ id: 31, device: '8:17', root: '/sub', fsType: 'xfs', source: '/dev/sdb1' });
  });

  it('a read-only mount of a writable file system keeps nothing still', () => {
    expect(TABLE.map(isReadOnly)).toEqual([false, false, true]);
  });

  it('finds the mount of a path by whole names', () => {
    expect(mountOf('/mnt/my disk/file', TABLE)?.id).toBe(30);
    expect(mountOf('/mnt/other2', TABLE)?.id).toBe(27);
    expect(mountOf('/mnt/other', TABLE)?.id).toBe(31);
  });

  it('device numbers are decoded as makedev(3) encodes them', () => {
    expect(deviceNumber(0x0801)).toBe('8:1');
    expect(deviceNumber(0x10300)).toBe('259:0');
    expect(deviceNumber(0x10000805)).toBe('8:65541');
    expect(deviceNumber(0x100011138870)).toBe('5000:70000');
  });
});
