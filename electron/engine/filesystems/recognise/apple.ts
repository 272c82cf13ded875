/**
 * Apple's file systems. Sources: Apple's Inside Macintosh: Files (HFS), Technical Note TN1150 (HFS Plus) and Apple File
 * System Reference (2020).
 */
import { createHash } from 'node:crypto';
import { dashedUuid } from '../text.ts';
import { type Content, type Finding, type Glance, isBlockSize, nameIn } from './content.ts';
import { unparsed } from './sentences.ts';

const HEADER_AT = 1024;
const HEADER_BYTES = 162;

/** The namespace of which Apple derives version 3 identifiers. */
const NAMESPACE = Buffer.from('b3e20f39f29211d697a400306543ecac', 'hex');

/** The identifier that the Finder's eight bytes stand for; empty where they are zero. */
function finderUuid(id: Buffer): string {
  if (id.every((byte) => byte === 0)) return '';
  const hash = createHash('md5').update(NAMESPACE).update(id).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x30, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return dashedUuid(hash);
}

/** A volume header of HFS+ (version 4) or HFSX (version 5). The name is in the catalog, which is not read. */
function plusFinding(header: Buffer): Finding | undefined {
  const version = { 'H+': 4, HX: 5 }[header.toString('latin1', 0, 2)];
  if (version === undefined || header.readUInt16BE(2) !== version) return undefined;
  const blocks = header.readUInt32BE(44);
  if (!isBlockSize(header.readUInt32BE(40), 2 ** 31) || blocks === 0 || header.readUInt32BE(48) > blocks)
    return undefined;
  return { version: `${version}`, uuid: finderUuid(header.subarray(104, 112)) };
}

/** The master directory block of HFS, where its fields make sense: "BD" is too short a mark alone. */
function isMasterDirectoryBlock(header: Buffer): boolean {
  const allocation = header.readUInt32BE(20);
  const blocks = header.readUInt16BE(18);
  if (header.toString('latin1', 0, 2) !== 'BD' || allocation === 0 || allocation % 512 !== 0) return false;
  return blocks > 0 && header.readUInt16BE(34) <= blocks && header.readUInt16BE(14) > 0 && header.readUInt8(36) <= 27;
}

/** HFS+ of Mac OS 8 and 9 lies inside an HFS volume. */
async function embedded(volume: Glance, header: Buffer): Promise<Finding | undefined> {
  if (!['H+', 'HX'].includes(header.toString('latin1', 124, 126)) || !isMasterDirectoryBlock(header)) return undefined;
  const start = header.readUInt16BE(28) * 512 + header.readUInt16BE(126) * header.readUInt32BE(20);
  return plusFinding(await volume.at(start + HEADER_AT, HEADER_BYTES));
}

const hfsPlus: Content = {
  type: 'hfsplus',
  async find(volume) {
    const header = await volume.at(HEADER_AT, HEADER_BYTES);
    return plusFinding(header) ?? (await embedded(volume, header));
  },
  why: unparsed('HFS+ file systems'),
};

const hfs: Content = {
  type: 'hfs',
  async find(volume) {
    const header = await volume.at(HEADER_AT, HEADER_BYTES);
    if (!isMasterDirectoryBlock(header)) return undefined;
    return {
      label: nameIn(header.subarray(37, 37 + header.readUInt8(36))),
      uuid: finderUuid(header.subarray(116, 124)),
    };
  },
  why: unparsed('HFS file systems'),
};

/** The superblock of a container, which holds several volumes. */
const apfs: Content = {
  type: 'apfs',
  async find(volume) {
    const block = await volume.at(0, 88);
    const isContainer = block.toString('latin1', 32, 36) === 'NXSB' && block.readUInt16LE(24) === 1;
    if (!isContainer || !isBlockSize(block.readUInt32LE(36))) return undefined;
    return { uuid: dashedUuid(block.subarray(72, 88)) };
  },
  why: unparsed('APFS containers'),
};

export const apple: readonly Content[] = [apfs, hfsPlus, hfs];
