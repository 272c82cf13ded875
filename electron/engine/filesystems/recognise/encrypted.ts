/**
 * Encrypted volumes that are closed. Sources: cryptsetup's on-disk formats LUKS 1.2.3 and LUKS2 1.1.3; libyal's
 * documentation of BitLocker Drive Encryption and FileVault Drive Encryption.
 */
import { crc32c } from '../crc32c.ts';
import { dashedUuid } from '../text.ts';
import { type Content, type Finding, type Glance, isAt, nameIn } from './content.ts';
import { encrypted, wholeFor } from './sentences.ts';

const openLuks = encrypted('LUKS', 'cryptsetup open DEVICE NAME');

function luksFinding(header: Buffer): Finding {
  const version = header.readUInt16BE(6);
  const label = version === 2 ? nameIn(header.subarray(24, 72)) : '';
  return { version: `${version}`, uuid: nameIn(header.subarray(168, 208)), label };
}

const luks: Content = {
  type: 'crypto_LUKS',
  async find(volume) {
    const header = await volume.at(0, 512);
    return header.toString('latin1', 0, 6) === 'LUKS\xba\xbe' ? luksFinding(header) : undefined;
  },
  why: openLuks,
};

/**
 * Second headers of LUKS2 lie where the metadata's size puts them; the default is the first of these. Larger ones are
 * made on request only and not looked for, as each would cost every volume a seek.
 */
const SECOND_LUKS_HEADERS = [0x4000, 0x8000, 0x10000, 0x20000, 0x40000] as const;

/** A LUKS2 volume whose first header is gone. */
export const luksWithoutFirstHeader: Content = {
  type: 'crypto_LUKS',
  async find(volume) {
    for (const at of SECOND_LUKS_HEADERS) {
      const header = await volume.at(at, 512);
      if (header.toString('latin1', 0, 6) !== 'SKUL\xba\xbe') continue;
      if (header.readUInt16BE(6) === 2 && header.readBigUInt64BE(256) === BigInt(at)) return luksFinding(header);
    }
    return undefined;
  },
  why: wholeFor({
    cause: 'The first header of a LUKS volume is gone and only its second one is left',
    advice: 'If that is no remainder of an earlier use, "cryptsetup repair DEVICE" may bring the volume back.',
  }),
};

const FVE = '-FVE-FS-';
/** As stored: 4967d63b-2e29-4ad8-8399-f6a339e3d001, and 92a84d3b-dd80-4d0e-9e4e-b1e3284eaed8 (used space only). */
const BITLOCKER_GUIDS = ['3bd66749292ed84a8399f6a339e3d001', '3b4da89280dd0e4d9e4eb1e3284eaed8'];

/** 16 bytes of which the first three fields are little-endian, as Windows stores a GUID. */
function windowsGuid(bytes: Buffer): string {
  const fields = Buffer.concat([
    Buffer.from(bytes.subarray(0, 4)).reverse(),
    Buffer.from(bytes.subarray(4, 6)).reverse(),
    Buffer.from(bytes.subarray(6, 8)).reverse(),
    bytes.subarray(8, 16),
  ]);
  return dashedUuid(fields);
}

/** What the metadata block says that a boot sector points at. */
async function bitLockerMetadata(volume: Glance, at: bigint): Promise<Finding> {
  if (at <= 0n || at >= BigInt(volume.sizeBytes)) return {};
  const block = await volume.at(Number(at), 96);
  if (block.toString('latin1', 0, 8) !== FVE) return {};
  return { version: `${block.readUInt16LE(10)}`, uuid: windowsGuid(block.subarray(80, 96)) };
}

/**
 * A volume for BitLocker To Go starts with a FAT boot sector: its FAT32 is a small stub for Windows without BitLocker,
 * of which a map would leave out everything that counts.
 */
const bitLocker: Content = {
  type: 'BitLocker',
  async find(volume) {
    const boot = await volume.at(0, 512);
    const isFixed = boot.toString('latin1', 3, 11) === FVE;
    const isToGo = BITLOCKER_GUIDS.includes(boot.toString('hex', 424, 440));
    if (!isFixed && !isToGo) return undefined;
    return await bitLockerMetadata(volume, boot.readBigUInt64LE(isToGo ? 440 : 176));
  },
  why: encrypted('BitLocker', 'cryptsetup open --type bitlk DEVICE NAME'),
};

const CORE_STORAGE_BYTES = 512;

/** FileVault 2 before APFS. "CS" is too short a mark alone, so the checksum must be right too. */
const coreStorage: Content = {
  type: 'cs_fvault2',
  async find(volume) {
    if (!(await isAt(volume, 88, 'CS'))) return undefined;
    const header = await volume.at(0, CORE_STORAGE_BYTES);
    const sum = crc32c(header.readUInt32LE(4), header.subarray(8));
    if (sum !== header.readUInt32LE(0) || header.readUInt16LE(8) !== 1) return undefined;
    return { version: '1', uuid: dashedUuid(header.subarray(304, 320)) };
  },
  why: encrypted('FileVault', 'cryptsetup open --type fvault2 DEVICE NAME'),
};

export const closedEncryption: readonly Content[] = [luks, bitLocker, coreStorage];
