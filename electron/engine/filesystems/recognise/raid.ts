/**
 * Members of a RAID or of a replicated device. Their marks count although other checks might fail: data may start at
 * the volume's first byte, where a member of a stripe looks like the file system that is spread over all of them.
 *
 * Sources: md(4) and the kernel's include/uapi/linux/raid/md_p.h; DRBD's drbd_meta_data.h; Intel's IMSM and SNIA's DDF
 * anchors as mdadm(8) reads them.
 */
import { dashedUuid } from '../text.ts';
import { type Content, type Finding, type Glance, nameIn } from './content.ts';
import { betterOpened } from './sentences.ts';

const MD_LITTLE = [0xfc, 0x4e, 0x2b, 0xa9] as const;
const MD_BIG = [0xa9, 0x2b, 0x4e, 0xfc] as const;
const MD_RESERVED_BYTES = 65536;

/** Version 0.90: a superblock in the order of the machine that made it, 64 KiB to 128 KiB before the end. */
async function findOldMd(volume: Glance): Promise<Finding | undefined> {
  const at = Math.floor(volume.sizeBytes / MD_RESERVED_BYTES) * MD_RESERVED_BYTES - MD_RESERVED_BYTES;
  const bytes = await volume.at(at, 64);
  const mark = bytes.subarray(0, 4);
  const big = mark.equals(Buffer.from(MD_BIG));
  if (!big && !mark.equals(Buffer.from(MD_LITTLE))) return undefined;
  const word = (index: number) => (big ? bytes.readUInt32BE(index * 4) : bytes.readUInt32LE(index * 4));
  const uuid = Buffer.alloc(16);
  for (const [place, index] of [5, 13, 14, 15].entries()) uuid.writeUInt32BE(word(index), place * 4);
  return { version: `${word(1)}.${word(2)}.${word(3)}`, uuid: dashedUuid(uuid) };
}

/** Version 1: the same superblock at one of three places. */
async function findNewMd(volume: Glance): Promise<Finding | undefined> {
  const last = Math.floor(volume.sizeBytes / 4096) * 4096 - 8192;
  for (const [version, at] of [
    ['1.0', last],
    ['1.1', 0],
    ['1.2', 4096],
  ] as const) {
    const bytes = await volume.at(at, 64);
    if (!bytes.subarray(0, 4).equals(Buffer.from(MD_LITTLE))) continue;
    return { version, uuid: dashedUuid(bytes.subarray(16, 32)), label: nameIn(bytes.subarray(32, 64)) };
  }
  return undefined;
}

const linuxRaid: Content = {
  type: 'linux_raid_member',
  find: async (volume) => (await findOldMd(volume)) ?? (await findNewMd(volume)),
  why: betterOpened('A member of a Linux RAID holds a part of its array only', 'the assembled array (/dev/mdN)'),
};

/** The anchor lies in the second to last sector, whose size is the disk's. */
const intelRaid: Content = {
  type: 'isw_raid_member',
  async find(volume) {
    for (const sector of [512, 4096]) {
      const at = (Math.floor(volume.sizeBytes / sector) - 2) * sector;
      const bytes = await volume.at(at, 32);
      if (bytes.toString('latin1', 0, 24) !== 'Intel Raid ISM Cfg Sig. ') continue;
      return { version: nameIn(bytes.subarray(24, 30)) };
    }
    return undefined;
  },
  why: betterOpened(
    'A member of an Intel firmware RAID holds a part of its array only',
    'the assembled array (/dev/mdN)',
  ),
};

/** Its maker's name and then what the maker likes; text where it all is. */
function ddfGuid(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  return /^[ -~]+$/.test(text) ? text : bytes.toString('hex');
}

const ddfRaid: Content = {
  type: 'ddf_raid_member',
  async find(volume) {
    for (const sectors of [1, 257]) {
      const bytes = await volume.at((Math.floor(volume.sizeBytes / 512) - sectors) * 512, 40);
      if (bytes.readUInt32BE(0) !== 0xde11de11) continue;
      return { version: nameIn(bytes.subarray(32, 40)), uuid: ddfGuid(bytes.subarray(8, 32)) };
    }
    return undefined;
  },
  why: betterOpened('A member of a DDF firmware RAID holds a part of its array only', 'the assembled array (/dev/mdN)'),
};

/** Where the internal metadata of DRBD 8.4 and 9 keeps its magic number and its device's identifier. */
const DRBD_MAGIC_AT = 60;
const DRBD_VERSIONS: Readonly<Record<number, { version: string; uuidAt: number }>> = {
  2205418091: { version: 'v08', uuidAt: 40 },
  2205418092: { version: 'v08', uuidAt: 40 },
  2205418093: { version: 'v09', uuidAt: 48 },
};

const drbd: Content = {
  type: 'drbd',
  async find(volume) {
    const bytes = await volume.at(Math.floor(volume.sizeBytes / 4096) * 4096 - 4096, 64);
    const known = DRBD_VERSIONS[bytes.readUInt32BE(DRBD_MAGIC_AT)];
    if (known === undefined) return undefined;
    return { version: known.version, uuid: bytes.readBigUInt64BE(known.uuidAt).toString(16) };
  },
  why: betterOpened('A DRBD device keeps its own metadata behind the data, and may be behind its peer', '/dev/drbdN'),
};

export const raidMembers: readonly Content[] = [linuxRaid, intelRaid, ddfRaid, drbd];
