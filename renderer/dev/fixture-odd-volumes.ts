/** Volumes in the states that are seldom met: too large, encrypted, busy, excluded by a rule; and a great many of them. */
import type { Volume } from '#contract';
import { ARCHIVE_TABLE } from './fixture-partitions.ts';

const GIB = 1024 ** 3;
const ARCHIVE = { parent: '/dev/sdf', model: 'Seagate IronWolf 8TB', serial: 'ZR5A0X', transport: 'sata' };

/** `blank` with what is its own. */
export function oddVolumes(blank: Volume): Volume[] {
  return [
    {
      ...blank,
      name: '/dev/sdf',
      kind: 'disk',
      sizeBytes: 8001563222016,
      model: ARCHIVE.model,
      serial: ARCHIVE.serial,
      transport: ARCHIVE.transport,
      partitionTable: ARCHIVE_TABLE,
    },
    {
      ...blank,
      ...ARCHIVE,
      name: '/dev/sdf1',
      sizeBytes: 4096 * GIB,
      fsType: 'xfs',
      label: 'media',
      uuid: '2f6c1c7e-0a9d-4a48-9b4e-7b1f0a3d5c11',
      partUuid: '0b5a8a1c-53a5-4f5e-9a0c-000000000001',
      usedBytes: 3174 * GIB,
    },
    {
      ...blank,
      ...ARCHIVE,
      name: '/dev/sdf2',
      sizeBytes: 500 * GIB,
      fsType: 'crypto_LUKS',
      uuid: '8a1f2f5b-4c3d-4a2e-8f10-3c5b6d7e8f90',
    },
    {
      ...blank,
      ...ARCHIVE,
      name: '/dev/sdf3',
      sizeBytes: 800 * GIB,
      fsType: 'crypto_LUKS',
      holders: [{ kind: 'crypt', name: '/dev/mapper/private' }],
    },
    {
      ...blank,
      ...ARCHIVE,
      parent: '/dev/sdf3',
      name: '/dev/mapper/private',
      kind: 'crypt',
      sizeBytes: 799 * GIB,
      fsType: 'ext4',
      label: 'private',
      usedBytes: 93 * GIB,
      holders: [
        { kind: 'process', name: 'qemu-system-x86_64', pid: 18_231 },
        { kind: 'loop', name: '/dev/loop3' },
      ],
    },
    { ...blank, name: '/srv/machines/build.tmp.img', kind: 'file', sizeBytes: 60 * GIB, fsType: 'ext4' },
  ];
}

/** Forty logical volumes of one group. */
export function manyVolumes(blank: Volume): Volume[] {
  return Array.from({ length: 40 }, (_, index): Volume => {
    const label = `customer-${String(index + 1).padStart(2, '0')}`;
    const sizeBytes = (20 + ((index * 37) % 90)) * GIB;
    return {
      ...blank,
      name: `/dev/mapper/vg1-${label.replace('-', '--')}`,
      kind: 'lv',
      sizeBytes,
      fsType: index % 4 === 3 ? 'xfs' : 'ext4',
      label,
      usedBytes: Math.round(sizeBytes * (((index * 7) % 9) + 1) * 0.1),
    };
  });
}
