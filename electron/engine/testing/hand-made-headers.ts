/** Main headers of formats for which no small mkfs can be had, on volumes of zeros, complete enough for blkid. */
import { crc32 } from 'node:zlib';
import { crc32c } from '../filesystems/crc32c.ts';

export const KiB = 1024;
export const MiB = 1024 * KiB;

/** A volume of zeros with bytes at places, in bytes; strings stand for their characters. */
export function volumeWith(sizeBytes: number, ...places: [offset: number, bytes: Uint8Array | string][]): Buffer {
  const volume = Buffer.alloc(sizeBytes);
  for (const [offset, bytes] of places) {
    volume.set(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, offset);
  }
  return volume;
}

/** Bytes of hexadecimal digits; blanks and dashes are passed over. */
export const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(/[ -]/g, ''), 'hex');
/** 32-bit words, little-endian. */
export const little32 = (...words: number[]): Buffer => {
  const bytes = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word >>> 0, index * 4);
  return bytes;
};
/** 32-bit words, big-endian. */
export const big32 = (...words: number[]): Buffer => little32(...words).swap32();
const big64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
};

/** The identifier of every hand-made volume whose format has a whole one. */
export const UUID = '00112233-4455-6677-8899-aabbccddeeff';
/** Its bytes. */
export const uuid = hex(UUID);

/** A member of a version 1 array, its superblock `at` these bytes, with a right checksum. */
export function md1(sizeBytes: number, at: number): Buffer {
  const head = Buffer.alloc(256 + 2);
  head.set(little32(0xa92b4efc, 1), 0);
  head.set(uuid, 16);
  head.set(Buffer.from('host:data'), 32);
  head.writeUInt32LE(1, 72);
  head.writeBigUInt64LE(BigInt(at / 512), 144);
  head.writeUInt32LE(1, 220);
  let sum = BigInt(head.readUInt16LE(256));
  for (let word = 0; word < 256; word += 4) sum += BigInt(head.readUInt32LE(word));
  head.writeUInt32LE(Number(((sum >> 32n) + sum) & 0xffffffffn), 216);
  return volumeWith(sizeBytes, [at, head]);
}

/** A physical volume with a right checksum, labelled in its second sector. */
export function lvm2(): Buffer {
  const sector = volumeWith(512, [0, 'LABELONE'], [8, little32(1, 0, 0, 32)], [24, 'LVM2 001']);
  sector.set(Buffer.from('abcdefghijklmnopqrstuvwxyz012345'), 32);
  sector.writeUInt32LE(~crc32(sector.subarray(20), ~0xf597a6cf >>> 0) >>> 0, 16);
  return volumeWith(2 * MiB, [512, sector]);
}

/** A DDF anchor in the last sector, with a right checksum. */
export function ddf(): Buffer {
  const header = volumeWith(512, [0, big32(0xde11de11, 0xffffffff)], [8, 'Vendor  id12345678901234'], [32, '01.02.00']);
  header.writeUInt32BE(crc32(header), 4);
  return volumeWith(2 * MiB, [2 * MiB - 512, header]);
}

/** A physical volume of Core Storage with a right checksum. */
export function coreStorage(): Buffer {
  const header = volumeWith(512, [4, little32(0xffffffff)], [8, hex('0100 1000')], [88, 'CS'], [90, little32(1)]);
  header.set(little32(16, 2), 168);
  header.set(uuid, 304);
  header.writeUInt32LE(crc32c(0xffffffff, header.subarray(8)), 0);
  return volumeWith(2 * MiB, [0, header]);
}

/** The first of the two headers of a Stratis device, with a right checksum. */
export function stratis(): Buffer {
  const sector = volumeWith(512, [4, '!Stra0tis\x86\xff\x02^Arh'], [64, UUID.replaceAll('-', '')]);
  sector.writeUInt32LE(~crc32c(0xffffffff, sector.subarray(4)) >>> 0, 0);
  return volumeWith(2 * MiB, [512, sector]);
}

/** One pair of an XDR name-value list: a number, a string, or (bytes) a value as it is. */
function pair(name: string, value: bigint | string | Buffer): Buffer {
  const padded = (text: string) => Buffer.concat([Buffer.from(text), Buffer.alloc((4 - (text.length % 4)) % 4)]);
  const encoded =
    typeof value === 'bigint'
      ? [big32(8, 1), big64(value)]
      : typeof value === 'string'
        ? [big32(9, 1, value.length), padded(value)]
        : [big32(19, 1), value];
  const rest = Buffer.concat([big32(name.length), padded(name), ...encoded]);
  return Buffer.concat([big32(rest.length + 8, rest.length + 8), rest]);
}

function zfsList(): Buffer {
  const end = big32(0, 0);
  const tree = Buffer.concat([big32(0, 1), pair('type', 'disk'), pair('guid', 77n), pair('ashift', 12n), end]);
  return Buffer.concat([
    hex('01010000'),
    big32(0, 1),
    pair('version', 5000n),
    pair('name', 'tank'),
    pair('state', 0n),
    pair('txg', 4n),
    pair('pool_guid', 1234567890123456789n),
    pair('guid', 77n),
    pair('vdev_tree', tree),
    end,
  ]);
}

/** `lists: false` leaves only the uberblocks. */
export function zfsVolume(lists = true): Buffer {
  const sizeBytes = 64 * MiB;
  const volume = Buffer.alloc(sizeBytes);
  const list = zfsList();
  for (const label of [0, 256 * KiB, sizeBytes - 512 * KiB, sizeBytes - 256 * KiB]) {
    if (lists) volume.set(list, label + 16 * KiB);
    for (let slot = 4; slot < 12; slot++) {
      const at = label + 128 * KiB + slot * KiB;
      volume.writeBigUInt64LE(0x00bab10cn, at);
      volume.writeBigUInt64LE(5000n, at + 8);
      volume.writeBigUInt64LE(BigInt(slot), at + 16);
    }
  }
  return volume;
}

/** A BitLocker boot sector of either kind with the first metadata block it points at. */
export function bitLocker(start: string, guidAt: number, pointerAt: number, guid: string): Buffer {
  const at = 64 * KiB;
  const volume = volumeWith(2 * MiB, [0, start], [guidAt, hex(guid)], [pointerAt, little32(at)], [at, '-FVE-FS-']);
  volume.writeUInt16LE(2, at + 10);
  volume.writeUInt32LE(48, at + 64);
  volume.set(hex('33221100 5544 7766 8899aabbccddeeff'), at + 80);
  return volume;
}

/** What tells BitLocker's boot sectors from others, as stored. */
export const BITLOCKER_GUID = '3bd66749292ed84a8399f6a339e3d001';

/** A UFS1 or UFS2 superblock `at` one of its places. */
export function ufs(at: number, big: boolean, second: boolean): Buffer {
  const word = big ? big32 : little32;
  const places: [number, Buffer | string][] = [
    [at + 144, word(0x5f3c0000, 0x1234abcd)],
    [at + 1372, word(second ? 0x19540119 : 0x00011954)],
    [at + 56, word(4096)],
  ];
  if (second) places.push([at + 680, 'data']);
  return volumeWith(2 * MiB, ...places);
}

/** The volume header of HFS+ or HFSX, 512 bytes. */
export function hfsPlusHeader(mark: 'H+' | 'HX'): Buffer {
  const header = volumeWith(512, [0, mark], [2, hex(mark === 'H+' ? '0004' : '0005')]);
  header.set(big32(4096, 512, 100), 40);
  header.set(hex('0123456789abcdef'), 104);
  return header;
}

/** What blkid derives from the Finder's 0123456789abcdef. */
export const FINDER_UUID = 'de53349f-21ad-3c08-9044-ae10cd9587d3';

/** An HFS volume around an HFS+ one. */
export function hfsWrapper(): Buffer {
  const block = volumeWith(512, [0, 'BD'], [14, hex('0003')], [18, hex('0100')], [20, big32(4096)]);
  block.set(hex('0008'), 28);
  block.set(Buffer.from('H+'), 124);
  block.set(hex('0002 0010'), 126);
  return volumeWith(2 * MiB, [KiB, block], [8 * 512 + 2 * 4096 + KiB, hfsPlusHeader('H+')]);
}

/** The first words of the superblock of GFS before GFS2. */
export const GFS1 = Buffer.concat([big32(0x01161970, 1, 0, 0, 100, 0, 1309, 1401)]);
