/**
 * File systems of optical discs, which sticks and disks carry too. Sources: ECMA-119 (ISO 9660), the Joliet
 * specification, ECMA-167 and OSTA's UDF 2.60.
 */
import { type Content, type Finding, type Glance, nameIn, wideNameIn } from './content.ts';
import { unparsed } from './sentences.ts';

/** Where both formats' descriptors begin, 2048 bytes each (UDF: a block each where blocks are larger). */
const DESCRIPTORS_AT = 32768;
const SECTOR_BYTES = 2048;
const MOST_ISO_DESCRIPTORS = 16;
const ISO_PRIMARY = 1;
const ISO_SUPPLEMENTARY = 2;
const ISO_END = 255;
const JOLIET_ESCAPES = ['%/@', '%/C', '%/E'];

/** An ISO 9660 file may lie at this very place on another file system: its root directory would not be where it says. */
async function rootIsThere(volume: Glance, primary: Buffer): Promise<boolean> {
  const extent = primary.readUInt32LE(158);
  const root = await volume.at(extent * primary.readUInt16LE(128), 34);
  const isSelf = root.readUInt8(32) === 1 && root.readUInt8(33) === 0;
  return root.readUInt8(0) >= 34 && isSelf && root.readUInt32LE(2) === extent;
}

/** `YYYY-MM-DD-hh-mm-ss-cc` of a date in digits; empty where it is not set. */
function isoDate(date: Buffer): string {
  const digits = date.toString('latin1', 0, 16);
  if (!/^\d{16}$/.test(digits) || (/^0*$/.test(digits) && date.readUInt8(16) === 0)) return '';
  return digits.replace(/^(....)(..)(..)(..)(..)(..)(..)$/, '$1-$2-$3-$4-$5-$6-$7');
}

/** Joliet's name has 16 characters and all letters, the plain one 32 and only capitals: the longer one out of both. */
function joinedName(wide: string, plain: string): string {
  const agrees = [...wide].every(
    (letter, at) => plain[at] === '_' || plain[at] === letter.toUpperCase() || plain[at] === letter,
  );
  return agrees ? wide + plain.slice(wide.length) : wide;
}

const iso9660: Content = {
  type: 'iso9660',
  async find(volume) {
    let primary: Buffer | undefined;
    let joliet: Buffer | undefined;
    for (let index = 0; index < MOST_ISO_DESCRIPTORS; index++) {
      const descriptor = await volume.at(DESCRIPTORS_AT + index * SECTOR_BYTES, 900);
      const type = descriptor.readUInt8(0);
      if (descriptor.toString('latin1', 1, 6) !== 'CD001' || type === ISO_END) break;
      if (type === ISO_PRIMARY) primary ??= descriptor;
      const isJoliet = type === ISO_SUPPLEMENTARY && JOLIET_ESCAPES.includes(descriptor.toString('latin1', 88, 91));
      if (isJoliet) joliet ??= descriptor;
    }
    if (primary === undefined || !(await rootIsThere(volume, primary))) return undefined;
    const plain = nameIn(primary.subarray(40, 72));
    return {
      ...(joliet === undefined ? {} : { version: 'Joliet Extension' }),
      label: joliet === undefined ? plain : joinedName(wideNameIn(joliet.subarray(40, 72), 'big'), plain),
      uuid: isoDate(primary.subarray(830, 847)) || isoDate(primary.subarray(813, 830)),
    };
  },
  why: unparsed('ISO 9660 images'),
};

const UDF_BLOCK_BYTES = [512, 1024, 2048, 4096] as const;
const UDF_NEIGHBOURS = ['BEA01', 'BOOT2', 'CD001', 'CDW02', 'TEA01'];
const MOST_RECOGNITION_DESCRIPTORS = 64;
/** A sequence holds about six descriptors; a hostile one may claim billions. */
const MOST_VOLUME_DESCRIPTORS = 64;
const TAG_PRIMARY = 1;
const TAG_ANCHOR = 2;
const TAG_LOGICAL = 6;
const TAG_END = 8;

/** True if the recognition sequence, with descriptors this far apart, names ECMA-167 among its neighbours. */
async function namesUdf(volume: Glance, stride: number): Promise<boolean> {
  for (let index = 0; index < MOST_RECOGNITION_DESCRIPTORS; index++) {
    const name = (await volume.at(DESCRIPTORS_AT + index * stride + 1, 5)).toString('latin1');
    if (name === 'NSR02' || name === 'NSR03') return true;
    if (!UDF_NEIGHBOURS.includes(name)) return false;
  }
  return false;
}

/** OSTA compressed Unicode in a field whose last byte is the length: one byte a character, or two. */
function ostaName(field: Buffer): string {
  const used = field.subarray(1, Math.min(field.readUInt8(field.length - 1), field.length - 1));
  const kind = field.readUInt8(0);
  if (kind === 8) return used.toString('latin1').trim();
  return kind === 16 ? wideNameIn(used, 'big') : '';
}

/** The first 16 characters of the volume set's name; what is no hexadecimal digit is written as its code. */
function udfUuid(setName: string): string {
  const bytes = Buffer.from(setName).subarray(0, 16);
  if (bytes.length < 8) return '';
  const digits = /^[0-9a-f]*/i.exec(bytes.toString('latin1'))?.[0].length ?? 0;
  if (digits >= 16) return bytes.toString('latin1').toLowerCase();
  if (digits < 8) return bytes.toString('hex', 0, 8);
  return bytes.toString('latin1', 0, 8).toLowerCase() + bytes.toString('hex', 8, 12).padEnd(8, '0');
}

interface Anchor {
  blockBytes: number;
  firstBlock: number;
  blocks: number;
}

async function findAnchor(volume: Glance): Promise<Anchor | undefined> {
  for (const blockBytes of UDF_BLOCK_BYTES) {
    for (const block of [256, 512]) {
      const tag = await volume.at(block * blockBytes, 24);
      if (tag.readUInt16LE(0) !== TAG_ANCHOR || tag.readUInt32LE(12) !== block) continue;
      const blocks = Math.min(Math.floor(tag.readUInt32LE(16) / blockBytes), MOST_VOLUME_DESCRIPTORS);
      return { blockBytes, firstBlock: tag.readUInt32LE(20), blocks };
    }
  }
  return undefined;
}

async function udfFinding(volume: Glance): Promise<Finding> {
  const finding: Finding = {};
  const anchor = await findAnchor(volume);
  if (anchor === undefined) return finding;
  for (let index = 0; index < anchor.blocks; index++) {
    const block = anchor.firstBlock + index;
    const descriptor = await volume.at(block * anchor.blockBytes, 512);
    const tag = descriptor.readUInt16LE(0);
    if (tag === 0 || tag === TAG_END || descriptor.readUInt32LE(12) !== block) break;
    if (tag === TAG_PRIMARY) finding.uuid ??= udfUuid(ostaName(descriptor.subarray(72, 200)));
    if (tag !== TAG_LOGICAL) continue;
    finding.label ??= ostaName(descriptor.subarray(84, 212));
    const revision = descriptor.readUInt16LE(240);
    finding.version ??= `${(revision >>> 8).toString(16)}.${(revision & 0xff).toString(16).padStart(2, '0')}`;
  }
  return finding;
}

const udf: Content = {
  type: 'udf',
  async find(volume) {
    // Blocks larger than a sector of a disc put the descriptors further apart.
    const isUdf = (await namesUdf(volume, SECTOR_BYTES)) || (await namesUdf(volume, 2 * SECTOR_BYTES));
    return isUdf ? await udfFinding(volume) : undefined;
  },
  why: unparsed('UDF file systems'),
};

/** A disc may carry both; UDF is then the one that is written to. */
export const discs: readonly Content[] = [udf, iso9660];
