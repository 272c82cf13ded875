/** Changing NTFS images made by mkntfs, byte for byte, as only somebody who knows the format would. */

const STRIDE_BYTES = 512;
const DATA = 0x80;
const ATTRIBUTE_LIST = 0x20;
const END = 0xffffffff;

/** Where things are in an image whose `$MFT` begins in one piece, as mkntfs leaves it. */
export interface NtfsLayout {
  clusterBytes: number;
  clusterCount: number;
  recordBytes: number;
  mftOffset: number;
  mirrorOffset: number;
}

/** Reads the boot sector of a sane image with clusters of at most 64 KiB. */
export function ntfsLayout(image: Buffer): NtfsLayout {
  const sectorBytes = image.readUInt16LE(0x0b);
  const clusterBytes = sectorBytes * image.readUInt8(0x0d);
  const records = image.readInt8(0x40);
  return {
    clusterBytes,
    clusterCount: Math.floor((image.readUInt32LE(0x28) * sectorBytes) / clusterBytes),
    recordBytes: records < 0 ? 2 ** -records : records * clusterBytes,
    mftOffset: image.readUInt32LE(0x30) * clusterBytes,
    mirrorOffset: image.readUInt32LE(0x38) * clusterBytes,
  };
}

/** Puts the update sequence number at the end of every 512 bytes and keeps what was there; as `record` says. */
export function protect(record: Buffer): void {
  const array = record.readUInt16LE(4);
  const number = record.readUInt16LE(array);
  for (let stride = 0; stride < record.length / STRIDE_BYTES; stride++) {
    const at = stride * STRIDE_BYTES + STRIDE_BYTES - 2;
    record.writeUInt16LE(record.readUInt16LE(at), array + 2 + stride * 2);
    record.writeUInt16LE(number, at);
  }
}

/** The reverse of `protect`, without a check. */
export function unprotect(record: Buffer): void {
  const array = record.readUInt16LE(4);
  for (let stride = 0; stride < record.length / STRIDE_BYTES; stride++) {
    record.writeUInt16LE(record.readUInt16LE(array + 2 + stride * 2), stride * STRIDE_BYTES + STRIDE_BYTES - 2);
  }
}

/** Byte offset of a file record. */
export function recordAt(image: Buffer, number: number): number {
  const { mftOffset, recordBytes } = ntfsLayout(image);
  return mftOffset + number * recordBytes;
}

/** Changes a file record without its protection in the way; the mirror of the first four too. */
export function editRecord(image: Buffer, number: number, edit: (record: Buffer) => void): void {
  const { mirrorOffset, recordBytes } = ntfsLayout(image);
  const at = recordAt(image, number);
  const record = image.subarray(at, at + recordBytes);
  unprotect(record);
  edit(record);
  protect(record);
  if (number < 4) record.copy(image, mirrorOffset + number * recordBytes);
}

/** Byte offset of the first attribute of a type in a record; throws where there is none. */
export function attributeAt(record: Buffer, type: number): number {
  for (let at = record.readUInt16LE(20); record.readUInt32LE(at) !== END; at += record.readUInt32LE(at + 4)) {
    if (record.readUInt32LE(at) === type) return at;
  }
  throw new Error(`no attribute ${type.toString(16)}`);
}

/** Replaces everything from `at` on by these attributes. */
export function setAttributes(record: Buffer, at: number, attributes: readonly Buffer[]): void {
  const end = Buffer.alloc(8);
  end.writeUInt32LE(END);
  const bytes = Buffer.concat([...attributes, end]);
  record.fill(0, at);
  bytes.copy(record, at);
  record.writeUInt32LE(at + bytes.length, 24);
}

/** Clusters on the volume, in the order of the file. */
export interface ImageRun {
  lcn: number;
  clusters: number;
}

/** Mapping pairs with fields of four bytes. */
export function mappingPairs(runs: readonly ImageRun[]): Buffer {
  const bytes = Buffer.alloc(runs.length * 9 + 1);
  let before = 0;
  for (const [index, { lcn, clusters }] of runs.entries()) {
    bytes.writeUInt8(0x44, index * 9);
    bytes.writeInt32LE(clusters, index * 9 + 1);
    bytes.writeInt32LE(lcn - before, index * 9 + 5);
    before = lcn;
  }
  return bytes;
}

/** An unnamed `$DATA` attribute, or a piece of one that begins at `lowestVcn`. */
export function dataAttribute(
  runs: readonly ImageRun[],
  sizes: { lowestVcn?: number; allocated?: number; data?: number; flags?: number },
): Buffer {
  const { lowestVcn = 0, allocated = 0, data = 0, flags = 0 } = sizes;
  const pairs = mappingPairs(runs);
  const bytes = Buffer.alloc(Math.ceil((64 + pairs.length) / 8) * 8);
  bytes.writeUInt32LE(DATA, 0);
  bytes.writeUInt32LE(bytes.length, 4);
  bytes.writeUInt8(1, 8);
  bytes.writeUInt16LE(64, 10);
  bytes.writeUInt16LE(flags, 12);
  bytes.writeBigInt64LE(BigInt(lowestVcn), 16);
  bytes.writeBigInt64LE(BigInt(lowestVcn + runs.reduce((sum, run) => sum + run.clusters, 0) - 1), 24);
  bytes.writeUInt16LE(64, 32);
  bytes.writeBigInt64LE(BigInt(allocated), 40);
  bytes.writeBigInt64LE(BigInt(data), 48);
  bytes.writeBigInt64LE(BigInt(data), 56);
  pairs.copy(bytes, 64);
  return bytes;
}

/** A resident attribute without a name. */
export function residentAttribute(type: number, value: Buffer, instance = 0): Buffer {
  const bytes = Buffer.alloc(Math.ceil((24 + value.length) / 8) * 8);
  bytes.writeUInt32LE(type, 0);
  bytes.writeUInt32LE(bytes.length, 4);
  bytes.writeUInt16LE(24, 10);
  bytes.writeUInt16LE(instance, 14);
  bytes.writeUInt32LE(value.length, 16);
  bytes.writeUInt16LE(24, 20);
  value.copy(bytes, 24);
  return bytes;
}

/** An entry of an attribute list. */
export function listEntry(type: number, lowestVcn: number, record: number, sequence: number, instance = 0): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt32LE(type, 0);
  bytes.writeUInt16LE(32, 4);
  bytes.writeUInt8(26, 7);
  bytes.writeBigInt64LE(BigInt(lowestVcn), 8);
  bytes.writeUIntLE(record, 16, 6);
  bytes.writeUInt16LE(sequence, 22);
  bytes.writeUInt16LE(instance, 24);
  return bytes;
}

/** Where `$Bitmap` lies on a fresh image: its only run. */
function bitmapPlace(image: Buffer): { record: Buffer; at: number; run: ImageRun; dataBytes: number } {
  const { recordBytes } = ntfsLayout(image);
  const start = recordAt(image, 6);
  const record = Buffer.from(image.subarray(start, start + recordBytes));
  unprotect(record);
  const at = attributeAt(record, DATA);
  const pairsAt = at + record.readUInt16LE(at + 32);
  const header = record.readUInt8(pairsAt);
  const clusters = record.readUIntLE(pairsAt + 1, header & 0xf);
  const lcn = record.readUIntLE(pairsAt + 1 + (header & 0xf), header >> 4);
  return { record, at, run: { lcn, clusters }, dataBytes: Number(record.readBigInt64LE(at + 48)) };
}

/** Byte offset of `$Bitmap` on an image where it lies in one piece. */
export function bitmapOffset(image: Buffer): number {
  return bitmapPlace(image).run.lcn * ntfsLayout(image).clusterBytes;
}

/** Marks a cluster of an image whose `$Bitmap` lies in one piece at byte `bitmapAt`. */
export function markCluster(image: Buffer, bitmapAt: number, cluster: number, used: boolean): void {
  const at = bitmapAt + (cluster >> 3);
  const bit = 1 << (cluster & 7);
  image.writeUInt8(used ? image.readUInt8(at) | bit : image.readUInt8(at) & ~bit & 0xff, at);
}

/**
 * Breaks a fresh image's `$Bitmap` into single clusters that lie in falling order, two apart, among the last clusters
 * of the volume. With `listed`, its runs stand in that many extension records (24, 25, …) that an attribute list
 * names. Returns the runs.
 */
export function scatterBitmap(image: Buffer, listed = 0): ImageRun[] {
  const { clusterBytes, clusterCount, recordBytes } = ntfsLayout(image);
  const { run, dataBytes } = bitmapPlace(image);
  const old = run.lcn * clusterBytes;
  const runs: ImageRun[] = [];
  for (let vcn = 0; vcn < run.clusters; vcn++) runs.push({ lcn: clusterCount - 10 - vcn * 2, clusters: 1 });
  for (let vcn = 0; vcn < run.clusters; vcn++) markCluster(image, old, run.lcn + vcn, false);
  for (const { lcn } of runs) markCluster(image, old, lcn, true);
  for (const [vcn, { lcn }] of runs.entries()) {
    image.copy(image, lcn * clusterBytes, old + vcn * clusterBytes, old + (vcn + 1) * clusterBytes);
  }
  image.fill(0xaa, old, old + run.clusters * clusterBytes);
  const sizes = { allocated: run.clusters * clusterBytes, data: dataBytes };
  if (listed === 0) {
    editRecord(image, 6, (record) => setAttributes(record, attributeAt(record, DATA), [dataAttribute(runs, sizes)]));
    return runs;
  }
  const perRecord = Math.ceil(runs.length / listed);
  const entries = [listEntry(0x10, 0, 6, 6), listEntry(0x30, 0, 6, 6, 2)];
  for (let index = 0; index < listed; index++) {
    const lowestVcn = index * perRecord;
    entries.push(listEntry(DATA, lowestVcn, 24 + index, 1));
    const attribute = dataAttribute(runs.slice(lowestVcn, lowestVcn + perRecord), {
      lowestVcn,
      ...(index === 0 ? sizes : {}),
    });
    const at = recordAt(image, 24 + index);
    const record = image.subarray(at, at + recordBytes);
    record.fill(0);
    record.write('FILE', 0, 'latin1');
    record.writeUInt16LE(48, 4);
    record.writeUInt16LE(1 + recordBytes / STRIDE_BYTES, 6);
    record.writeUInt16LE(1, 16);
    record.writeUInt16LE(56, 20);
    record.writeUInt16LE(1, 22);
    record.writeUInt32LE(recordBytes, 28);
    record.writeUIntLE(6, 32, 6);
    record.writeUInt16LE(6, 38);
    record.writeUInt32LE(24 + index, 44);
    record.writeUInt16LE(1, 48);
    setAttributes(record, 56, [attribute]);
    protect(record);
  }
  editRecord(image, 6, (record) => {
    const first = record.readUInt16LE(20);
    const standard = Buffer.from(record.subarray(first, first + record.readUInt32LE(first + 4)));
    const nameAt = attributeAt(record, 0x30);
    const name = Buffer.from(record.subarray(nameAt, nameAt + record.readUInt32LE(nameAt + 4)));
    setAttributes(record, first, [standard, residentAttribute(ATTRIBUTE_LIST, Buffer.concat(entries), 9), name]);
  });
  return runs;
}

/** What a restart page of `$LogFile` says. */
export interface RestartPage {
  magic?: 'RSTR' | 'CHKD';
  /** Major version; 2 = Windows 8 and newer. */
  version?: 1 | 2;
  lsn: number;
  /** Somebody has the journal open. */
  inUse?: boolean;
  /** `RESTART_VOLUME_IS_CLEAN`. */
  clean?: boolean;
  /** Without the update sequence array, as chkdsk may leave it. */
  bare?: boolean;
}

/** A restart page of 4 KiB. */
export function restartPage(page: RestartPage): Buffer {
  const { magic = 'RSTR', version = 1, lsn, inUse = false, clean = false, bare = false } = page;
  const bytes = Buffer.alloc(4096);
  bytes.write(magic, 0, 'latin1');
  bytes.writeUInt16LE(30, 4);
  bytes.writeUInt16LE(bare ? 0 : 9, 6);
  if (magic === 'CHKD') bytes.writeBigInt64LE(BigInt(lsn), 8);
  bytes.writeUInt32LE(4096, 16);
  bytes.writeUInt32LE(4096, 20);
  bytes.writeUInt16LE(48, 24);
  bytes.writeInt16LE(version === 1 ? 1 : 0, 26);
  bytes.writeInt16LE(version, 28);
  bytes.writeUInt16LE(7, 30);
  bytes.writeBigInt64LE(BigInt(lsn), 48);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt16LE(inUse ? 0xffff : 0, 58);
  bytes.writeUInt16LE(inUse ? 0 : 0xffff, 60);
  bytes.writeUInt16LE(clean ? 2 : 0, 62);
  // A journal of 1 MiB: its size has 21 bits.
  bytes.writeUInt32LE(67 - 21, 64);
  bytes.writeUInt16LE(0xe0, 68);
  bytes.writeUInt16LE(0x40, 70);
  bytes.writeUInt32LE(1024 * 1024, 72);
  bytes.writeUInt16LE(0x30, 84);
  bytes.writeUInt16LE(0x40, 86);
  // The only client has neither a previous nor a next one.
  bytes.writeUInt32LE(0xffffffff, 112 + 16);
  if (!bare) protect(bytes);
  return bytes;
}

/** Byte offset of the first run of a record's unnamed `$DATA`. */
export function dataOffset(image: Buffer, number: number): number {
  const { clusterBytes, recordBytes } = ntfsLayout(image);
  const start = recordAt(image, number);
  const record = Buffer.from(image.subarray(start, start + recordBytes));
  unprotect(record);
  const at = attributeAt(record, DATA);
  const pairsAt = at + record.readUInt16LE(at + 32);
  const header = record.readUInt8(pairsAt);
  return record.readIntLE(pairsAt + 1 + (header & 0xf), header >> 4) * clusterBytes;
}
