/** One volume for each format that is known by its marks and has no small mkfs of its own, and what blkid says of it. */
import {
  BITLOCKER_GUID,
  big32,
  bitLocker,
  coreStorage,
  ddf,
  FINDER_UUID,
  GFS1,
  hex,
  hfsPlusHeader,
  hfsWrapper,
  KiB,
  little32,
  lvm2,
  MiB,
  md1,
  stratis,
  UUID,
  ufs,
  uuid,
  volumeWith,
  zfsVolume,
} from './hand-made-headers.ts';

/** What a hand-made volume holds, in blkid's words. */
export interface HandMade {
  name: string;
  type: string;
  label?: string;
  uuid?: string;
  version?: string;
  volume: () => Buffer;
  /** What blkid may not tell: the one of Debian 12 (2.38) is too old, or a newer one wants more than is made here. */
  notInBlkid?: 'type' | 'uuid';
}

/** One volume for each format, and for each variant that is told apart by other fields. */
export const HAND_MADE: readonly HandMade[] = [
  {
    name: 'md 0.90',
    type: 'linux_raid_member',
    uuid: '00112233-44556677-8899aabb-ccddeeff'
      .replaceAll('-', '')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    version: '0.90.0',
    volume: () =>
      volumeWith(
        2 * MiB,
        [2 * MiB - 64 * KiB, little32(0xa92b4efc, 0, 90, 0, 0, 0x00112233)],
        [2 * MiB - 64 * KiB + 52, little32(0x44556677, 0x8899aabb, 0xccddeeff)],
      ),
  },
  {
    name: 'md 0.90 of a big-endian machine',
    type: 'linux_raid_member',
    uuid: UUID,
    version: '0.90.0',
    volume: () =>
      volumeWith(
        2 * MiB,
        [2 * MiB - 64 * KiB, big32(0xa92b4efc, 0, 90, 0, 0, 0x00112233)],
        [2 * MiB - 64 * KiB + 52, big32(0x44556677, 0x8899aabb, 0xccddeeff)],
      ),
  },
  ...(
    [
      ['1.0', 2 * MiB - 8192],
      ['1.1', 0],
      ['1.2', 4096],
    ] as const
  ).map(
    ([version, at]): HandMade => ({
      name: `md ${version}`,
      type: 'linux_raid_member',
      label: 'host:data',
      uuid: UUID,
      version,
      volume: () => md1(2 * MiB, at),
    }),
  ),
  {
    name: 'Intel RAID',
    type: 'isw_raid_member',
    version: '1.3.00',
    volume: () => volumeWith(2 * MiB, [2 * MiB - 1024, 'Intel Raid ISM Cfg Sig. 1.3.00']),
  },
  { name: 'DDF', type: 'ddf_raid_member', uuid: 'Vendor  id12345678901234', version: '01.02.00', volume: ddf },
  {
    name: 'DRBD 8.4',
    type: 'drbd',
    uuid: '1122334455667788',
    version: 'v08',
    volume: () =>
      volumeWith(
        2 * MiB,
        [2 * MiB - 4096 + 40, hex('1122334455667788')],
        [2 * MiB - 4096 + 60, big32(0x8374026b)],
        [2 * MiB - 4096 + 80, big32(4096)],
      ),
  },
  {
    name: 'DRBD 9',
    type: 'drbd',
    uuid: '1122334455667788',
    version: 'v09',
    volume: () =>
      volumeWith(
        2 * MiB,
        [2 * MiB - 4096 + 48, hex('1122334455667788')],
        [2 * MiB - 4096 + 60, big32(0x8374026d)],
        [2 * MiB - 4096 + 80, big32(4096)],
      ),
  },
  {
    name: 'LVM2',
    type: 'LVM2_member',
    uuid: 'abcdef-ghij-klmn-opqr-stuv-wxyz-012345',
    version: 'LVM2 001',
    volume: lvm2,
  },
  {
    name: 'LVM1',
    type: 'LVM1_member',
    uuid: 'abcdef-ghij-klmn-opqr-stuv-wxyz-012345',
    volume: () => volumeWith(2 * MiB, [0, 'HM\x01\x00'], [8, little32(1024)], [44, 'abcdefghijklmnopqrstuvwxyz012345']),
  },
  {
    name: 'bcache',
    type: 'bcache',
    label: 'data',
    uuid: UUID,
    version: '1',
    volume: () =>
      volumeWith(
        2 * MiB,
        [4104, little32(8, 0, 1)],
        [4120, hex('c68573f64e1a45ca8265f57f48ba6d81')],
        [4136, uuid],
        [4168, 'data'],
      ),
    // Since 2.39 it wants a right CRC-64.
    notInBlkid: 'type',
  },
  ...['c68573f64e1a45ca8265f57f48ba6d81', 'c68573f666ce90a9d96a60cf803df7ef'].map(
    (magic): HandMade => ({
      name: `bcachefs with ${magic.slice(8, 12)}`,
      type: 'bcachefs',
      label: 'data',
      uuid: UUID,
      version: '1.7',
      volume: () =>
        volumeWith(2 * MiB, [4112, hex('0704')], [4120, hex(magic)], [4152, uuid], [4168, 'data'], [4200, little32(8)]),
      notInBlkid: 'type',
    }),
  ),
  { name: 'dm-integrity', type: 'DM_integrity', version: '4', volume: () => volumeWith(2 * MiB, [0, 'integrt\0\x04']) },
  { name: 'VDO', type: 'vdo', volume: () => volumeWith(2 * MiB, [0, 'dmvdo001']), notInBlkid: 'type' },
  { name: 'Stratis', type: 'stratis', uuid: UUID, volume: stratis },
  {
    name: 'VMFS extent',
    type: 'VMFS_volume_member',
    uuid: '5f3c1234-12345678-abcd-0123456789ab',
    version: '5',
    volume: () =>
      volumeWith(4 * MiB, [MiB, little32(0xc001d00d, 5)], [MiB + 532, '5f3c1234-12345678-abcd-0123456789ab']),
  },
  {
    name: 'BlueStore',
    type: 'ceph_bluestore',
    volume: () => volumeWith(2 * MiB, [0, 'bluestore block device\n']),
  },
  { name: 'Oracle ASM', type: 'oracleasm', label: 'DATA01', volume: () => volumeWith(2 * MiB, [32, 'ORCLDISKDATA01']) },
  {
    name: 'ZFS',
    type: 'zfs_member',
    label: 'tank',
    uuid: '1234567890123456789',
    version: '5000',
    volume: () => zfsVolume(),
  },
  {
    name: 'LUKS2 with 512 bytes',
    type: 'crypto_LUKS',
    label: 'secret',
    uuid: UUID,
    version: '2',
    volume: () => volumeWith(2 * MiB, [0, 'LUKS\xba\xbe\x00\x02'], [24, 'secret'], [168, UUID]),
  },
  {
    name: 'BitLocker',
    type: 'BitLocker',
    uuid: UUID,
    version: '2',
    notInBlkid: 'uuid',
    volume: () => bitLocker('\xeb\x58\x90-FVE-FS-', 160, 176, BITLOCKER_GUID),
  },
  {
    name: 'BitLocker of Vista',
    type: 'BitLocker',
    volume: () => volumeWith(2 * MiB, [0, '\xeb\x52\x90-FVE-FS-']),
  },
  {
    name: 'BitLocker To Go',
    type: 'BitLocker',
    uuid: UUID,
    version: '2',
    notInBlkid: 'uuid',
    volume: () => bitLocker('\xeb\x58\x90MSWIN4.1', 424, 440, BITLOCKER_GUID),
  },
  { name: 'FileVault 2', type: 'cs_fvault2', uuid: UUID, version: '1', volume: coreStorage, notInBlkid: 'type' },
  {
    name: 'ReFS',
    type: 'ReFS',
    version: '3.4',
    volume: () => volumeWith(2 * MiB, [3, 'ReFS'], [16, 'FSRS'], [40, hex('0304')]),
  },
  ...([0, 8 * KiB, 64 * KiB, 256 * KiB] as const).map(
    (at, index): HandMade => ({
      name: `UFS${index % 2 === 0 ? 2 : 1} at ${at}`,
      type: 'ufs',
      uuid: '5f3c00001234abcd',
      label: index % 2 === 0 ? 'data' : '',
      version: index % 2 === 0 ? '2' : '1',
      volume: () => ufs(at, index > 1, index % 2 === 0),
    }),
  ),
  {
    name: 'VxFS',
    type: 'vxfs',
    version: '4',
    volume: () => volumeWith(2 * MiB, [KiB, little32(0xa501fcf5, 4)]),
  },
  {
    name: 'VxFS of HP-UX',
    type: 'vxfs',
    version: '6',
    volume: () => volumeWith(2 * MiB, [8 * KiB, little32(0xa501fcf5, 6).swap32()]),
    // 2.38 knows the other place only.
    notInBlkid: 'type',
  },
  {
    name: 'HFS+',
    type: 'hfsplus',
    uuid: FINDER_UUID,
    version: '4',
    volume: () => volumeWith(2 * MiB, [KiB, hfsPlusHeader('H+')]),
  },
  {
    name: 'HFSX',
    type: 'hfsplus',
    uuid: FINDER_UUID,
    version: '5',
    volume: () => volumeWith(2 * MiB, [KiB, hfsPlusHeader('HX')]),
  },
  { name: 'HFS+ inside HFS', type: 'hfsplus', uuid: FINDER_UUID, version: '4', volume: hfsWrapper },
  {
    name: 'APFS',
    type: 'apfs',
    uuid: UUID,
    volume: () => volumeWith(2 * MiB, [24, hex('01000080')], [32, 'NXSB'], [36, little32(4096, 512)], [72, uuid]),
    // Since 2.39 it wants a right Fletcher sum.
    notInBlkid: 'type',
  },
  {
    name: 'ReiserFS 3.5',
    type: 'reiserfs',
    version: '3.5',
    volume: () =>
      volumeWith(2 * MiB, [8 * KiB, little32(500, 1, 1, 18)], [8 * KiB + 44, hex('0010')], [8 * KiB + 52, 'ReIsErFs']),
  },
  {
    name: 'Reiser4',
    type: 'reiser4',
    label: 'data',
    uuid: UUID,
    version: '4',
    volume: () =>
      volumeWith(
        2 * MiB,
        [64 * KiB, 'ReIsEr4'],
        [64 * KiB + 19, hex('10')],
        [64 * KiB + 20, uuid],
        [64 * KiB + 36, 'data'],
      ),
  },
  {
    name: 'old SquashFS',
    type: 'squashfs3',
    version: '3.1',
    volume: () => volumeWith(2 * MiB, [0, 'sqsh'], [28, hex('0003 0001')]),
  },
  {
    name: 'first GFS',
    type: 'gfs',
    label: 'c:data',
    volume: () => volumeWith(33 * MiB, [64 * KiB, GFS1], [64 * KiB + 160, 'c:data']),
  },
  {
    name: 'VMFS',
    type: 'VMFS',
    label: 'datastore1',
    uuid: '33221100-77665544-9988-aabbccddeeff',
    version: '14',
    volume: () =>
      volumeWith(
        4 * MiB,
        [2 * MiB, little32(0x2fabf15e)],
        [2 * MiB + 8, hex('0e')],
        [2 * MiB + 9, uuid],
        [2 * MiB + 29, 'datastore1'],
      ),
  },
  {
    name: 'HPFS',
    type: 'hpfs',
    label: 'data',
    uuid: '3322-1100',
    version: '2',
    volume: () =>
      volumeWith(
        2 * MiB,
        [38, hex('28 00112233')],
        [43, 'data       HPFS    '],
        [510, hex('55aa')],
        [8192, little32(0xf995e849, 0xfa53e9c5, 2)],
        [8704, little32(0xf9911849, 0xfa5229c5)],
      ),
  },
  ...[512, 0].flatMap((at) =>
    [little32, big32].map(
      (word): HandMade => ({
        name: `BeFS at ${at}, ${word === big32 ? 'big' : 'little'}-endian`,
        type: 'befs',
        label: 'data',
        version: word === big32 ? 'big-endian' : 'little-endian',
        volume: () =>
          volumeWith(
            2 * MiB,
            [at, 'data'],
            [at + 32, word(0x42465331, 0x42494745, 2048, 11)],
            [at + 68, word(0xdd121031)],
            [at + 112, word(0x15b6830e)],
          ),
        // It looks for the identifier in the root directory, which is not there.
        notInBlkid: 'type',
      }),
    ),
  ),
  {
    name: 'NSS',
    type: 'nss',
    uuid: UUID,
    version: '3.07',
    volume: () => volumeWith(2 * MiB, [4096, 'SPB5'], [4096 + 8, hex('0300 0700')], [4096 + 348, uuid]),
  },
  {
    name: 'QNX6',
    type: 'qnx6',
    volume: () => volumeWith(2 * MiB, [8192, little32(0x68191122)]),
    notInBlkid: 'type',
  },
  {
    name: 'store of a snapshot',
    type: 'DM_snapshot_cow',
    volume: () => volumeWith(2 * MiB, [0, 'SnAp'], [4, little32(1, 1, 8)]),
  },
];
