/**
 * Volumes that belong to a layer below file systems. Sources: LVM2's label_header and LVM1's pv_disk; the kernel's
 * bcache_ondisk.h and bcachefs_format.h, admin-guide/device-mapper, drivers/md/dm-snap-persistent.c; cryptsetup's
 * description of dm-verity's superblock; Stratis' and VDO's superblocks; vmfs-tools;
 * Ceph's bluestore label; Oracle ASM's disk label.
 */
import { dashedUuid } from '../text.ts';
import { type Content, isAt, markAt, nameIn } from './content.ts';
import { betterOpened, unparsed, wholeFor } from './sentences.ts';

/** 32 characters as LVM prints them: `AbCdEf-GhIj-KlMn-OpQr-StUv-WxYz-012345`. */
function lvmId(bytes: Buffer): string {
  return nameIn(bytes).replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})(.{6})$/, '$1-$2-$3-$4-$5-$6-$7');
}

const whyLvm = betterOpened(
  'An LVM physical volume holds parts of logical volumes',
  'the logical volumes (/dev/VG/LV)',
);

const lvm2: Content = {
  type: 'LVM2_member',
  async find(volume) {
    for (const sector of [0, 512, 1024, 1536]) {
      if (!(await isAt(volume, sector + 24, 'LVM2 001'))) continue;
      return { version: 'LVM2 001', uuid: lvmId(await volume.at(sector + 32, 32)) };
    }
    return undefined;
  },
  why: whyLvm,
};

/** "HM" is too short a mark alone: the header must also describe itself as the first kibibyte. */
const lvm1: Content = {
  type: 'LVM1_member',
  async find(volume) {
    const bytes = await volume.at(0, 76);
    if (bytes.toString('latin1', 0, 2) !== 'HM' || ![1, 2].includes(bytes.readUInt16LE(2))) return undefined;
    if (bytes.readUInt32LE(4) !== 0 || !/^[!#\w]{32}$/.test(bytes.toString('latin1', 44, 76))) return undefined;
    return { uuid: lvmId(bytes.subarray(44, 76)) };
  },
  why: whyLvm,
};

const BCACHE_AT = 4096;
const BCACHE_MAGIC = 'c68573f64e1a45ca8265f57f48ba6d81';
const BCACHEFS_MAGIC = 'c68573f666ce90a9d96a60cf803df7ef';
/** Both formats note the sector they were written to, in different places. */
const OWN_SECTOR = 8n;

/** bcachefs once used bcache's magic number: then the place of the superblock's own sector tells which of them it is. */
const bcachefs: Content = {
  type: 'bcachefs',
  async find(volume) {
    const bytes = await volume.at(BCACHE_AT, 128);
    const magic = bytes.toString('hex', 24, 40);
    const isOld = magic === BCACHE_MAGIC && bytes.readBigUInt64LE(104) === OWN_SECTOR;
    if (magic !== BCACHEFS_MAGIC && !isOld) return undefined;
    const version = bytes.readUInt16LE(16);
    return {
      version: `${version >>> 10}.${version & 0x3ff}`,
      uuid: dashedUuid(bytes.subarray(56, 72)),
      label: nameIn(bytes.subarray(72, 104)),
    };
  },
  why: unparsed(
    'bcachefs file systems',
    'Where it spans several devices, unmount it and back up all of them: one alone is of no use.',
  ),
};

const bcache: Content = {
  type: 'bcache',
  async find(volume) {
    const bytes = await volume.at(BCACHE_AT, 128);
    if (bytes.toString('hex', 24, 40) !== BCACHE_MAGIC) return undefined;
    return {
      version: bytes.readBigUInt64LE(16).toString(),
      uuid: dashedUuid(bytes.subarray(40, 56)),
      label: nameIn(bytes.subarray(72, 104)),
    };
  },
  why: betterOpened('A device of bcache may lack what is only in its cache', '/dev/bcacheN'),
};

const integrity: Content = {
  type: 'DM_integrity',
  async find(volume) {
    const bytes = await volume.at(0, 9);
    const version = bytes.readUInt8(8);
    if (bytes.toString('latin1', 0, 8) !== 'integrt\0' || version === 0) return undefined;
    return { version: `${version}` };
  },
  why: betterOpened(
    'A dm-integrity device mixes checksums with the data',
    'the opened device (integritysetup open DEVICE NAME)',
  ),
};

/** What a snapshot of device-mapper keeps of its origin; what was on the device before lies beneath. */
const snapshotStore: Content = {
  type: 'DM_snapshot_cow',
  async find(volume) {
    const bytes = await volume.at(0, 16);
    const chunkSectors = bytes.readUInt32LE(12);
    const isOurs = bytes.toString('latin1', 0, 4) === 'SnAp' && bytes.readUInt32LE(8) === 1;
    return isOurs && chunkSectors > 0 && Number.isInteger(Math.log2(chunkSectors)) ? {} : undefined;
  },
  why: betterOpened('The store of a snapshot holds pieces of another device', 'the snapshot that it belongs to'),
};

/** The checksums of another device; where they lie behind the data on the same device, its start is the data's. */
const verityHashes: Content = {
  type: 'DM_verity_hash',
  async find(volume) {
    const bytes = await volume.at(0, 32);
    const version = bytes.readUInt32LE(8);
    if (bytes.toString('latin1', 0, 8) !== 'verity\0\0' || version === 0) return undefined;
    return { version: `${version}`, uuid: dashedUuid(bytes.subarray(16, 32)) };
  },
  why: wholeFor({
    cause: 'A dm-verity hash device holds the checksums of another device and no file system of its own',
    advice: 'Back up the data device as well: neither is of use without the other.',
  }),
};

const vdo: Content = {
  type: 'vdo',
  find: markAt(0, 'dmvdo001'),
  why: betterOpened('A VDO volume stores its data deduplicated and compressed', 'the volume on top of it'),
};

const STRATIS_MARK = '!Stra0tis\x86\xff\x02^Arh';

const stratis: Content = {
  type: 'stratis',
  async find(volume) {
    for (const copy of [512, 512 * 9]) {
      if (!(await isAt(volume, copy + 4, STRATIS_MARK))) continue;
      const id = (await volume.at(copy + 64, 32)).toString('latin1');
      return { uuid: /^[0-9a-f]{32}$/.test(id) ? dashedUuid(Buffer.from(id, 'hex')) : '' };
    }
    return undefined;
  },
  why: betterOpened(
    'A device of a Stratis pool holds parts of its file systems',
    'the file systems (/dev/stratis/POOL/NAME)',
  ),
};

/** The layer beneath VMFS: a datastore may span several volumes. */
const vmfsMember: Content = {
  type: 'VMFS_volume_member',
  async find(volume) {
    const bytes = await volume.at(1024 * 1024, 8);
    if (bytes.readUInt32LE(0) !== 0xc001d00d) return undefined;
    return { version: `${bytes.readUInt32LE(4)}`, uuid: nameIn(await volume.at(1024 * 1024 + 532, 35)) };
  },
  why: unparsed('VMFS datastores'),
};

const cephBlueStore: Content = {
  type: 'ceph_bluestore',
  find: markAt(0, 'bluestore block device'),
  why: wholeFor({
    cause: 'A BlueStore device holds objects of a Ceph cluster',
    advice: 'Stop its OSD first. The cluster rebuilds such a device from its replicas, and does not need an image.',
  }),
};

const oracleAsm: Content = {
  type: 'oracleasm',
  async find(volume) {
    const bytes = await volume.at(32, 32);
    return bytes.toString('latin1', 0, 8) === 'ORCLDISK' ? { label: nameIn(bytes.subarray(8, 32)) } : undefined;
  },
  why: wholeFor({
    cause: 'A disk of Oracle ASM holds a part of its disk group only',
    advice: 'Back up its databases with RMAN instead.',
  }),
};

export const managedVolumes: readonly Content[] = [
  lvm2,
  lvm1,
  bcachefs,
  bcache,
  integrity,
  snapshotStore,
  verityHashes,
  vdo,
  stratis,
  vmfsMember,
  cephBlueStore,
  oracleAsm,
];
