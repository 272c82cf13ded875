/** Damaged attribute lists and directory indexes: trees and chains that a hostile image could make endless. */
import { beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../base/errors.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { expectDamaged } from '../../testing/ntfs-damage.ts';
import {
  attributeAt,
  dataAttribute,
  editRecord,
  listEntry,
  protect,
  recordAt,
  residentAttribute,
  scatterBitmap,
  setAttributes,
  unprotect,
} from '../../testing/ntfs-image.ts';
import { ntfsImage } from '../../testing/ntfs-oracle.ts';
import { readUsedMap } from '../used-map.ts';

const MiB = 1024 * 1024;
const CLUSTER = 512;
const DATA = 0x80;

let pristine: Buffer;
/** With an index of several levels in the root directory. */
let populated: Buffer;
beforeAll(async () => {
  pristine = await ntfsImage(4 * MiB, ['-c', String(CLUSTER)]);
  const names = Array.from({ length: 60 }, (_, index) => `file ${index} with a name that is rather long`);
  populated = await ntfsImage(4 * MiB, ['-c', String(CLUSTER)], names);
});

function changed(change: (image: Buffer) => void, from = pristine): Buffer {
  const image = Buffer.from(from);
  change(image);
  return image;
}

describe('the attribute list', () => {
  it('is followed through scattered records', async () => {
    const image = changed((bytes) => scatterBitmap(bytes, 2));
    const map = await readUsedMap(memorySource(image), { gapBytes: 1 });
    const before = await readUsedMap(memorySource(pristine), { gapBytes: 1 });
    expect(map.summary).toMatchObject({ mode: 'used', usedBytes: before.summary.usedBytes });
  });

  /** Changes the extension record 24 of a scattered bitmap. */
  const withExtension = (change: (record: Buffer) => void) =>
    changed((image) => {
      scatterBitmap(image, 2);
      editRecord(image, 24, change);
    });

  it.each<[string, RegExp, (record: Buffer) => void]>([
    ['of another file', /no extension of file record 6/, (record) => record.writeUInt32LE(7, 32)],
    ['used again', /no extension of file record 6/, (record) => record.writeUInt16LE(2, 16)],
    ['without the attribute', /lacks an attribute/, (record) => record.writeUInt32LE(0x90, 56)],
    ['with another piece', /lacks an attribute/, (record) => record.writeUInt32LE(1, 56 + 16)],
  ])('extension record %s', async (_, reason, change) => {
    const image = withExtension(change);
    await expectDamaged(image, 'file record 24', recordAt(image, 24), reason);
  });

  /** Replaces the list by these entries for `$DATA`. */
  const withEntries = (entries: Buffer[]) =>
    changed((image) => {
      scatterBitmap(image, 2);
      editRecord(image, 6, (record) => {
        setAttributes(record, attributeAt(record, 0x20), [residentAttribute(0x20, Buffer.concat(entries))]);
      });
    });

  it('names the same piece twice', async () => {
    const image = withEntries([listEntry(DATA, 0, 24, 1), listEntry(DATA, 0, 24, 1)]);
    await expectDamaged(image, 'file record 24', recordAt(image, 24), /do not follow each other/);
  });

  it('lacks a piece', async () => {
    const image = withEntries([listEntry(DATA, 0, 24, 1)]);
    await expectDamaged(image, 'file record 6 ($Bitmap)', recordAt(image, 6), /not as long as it says/);
  });

  it('names a record outside the table', async () => {
    const image = withEntries([listEntry(DATA, 0, 2 ** 40, 1)]);
    await expectDamaged(image, `file record ${2 ** 40}`, recordAt(image, 0), /lies outside \$MFT/);
  });

  it.each<[string, RegExp, Buffer]>([
    ['ends inside an entry', /ends inside an entry/, Buffer.alloc(12)],
    ['has an entry of no length', /impossible entry/, Buffer.alloc(32)],
    ['is empty', /where the bitmap lies/, Buffer.alloc(0)],
  ])('%s', async (_, reason, list) => {
    const image = withEntries([list]);
    await expectDamaged(image, 'file record 6 ($Bitmap)', recordAt(image, 6), reason);
  });

  it('that is longer than the format allows is not read', async () => {
    const image = changed((bytes) =>
      editRecord(bytes, 6, (record) => {
        const list = dataAttribute([{ lcn: 6000, clusters: 1024 }], {
          allocated: 1024 * CLUSTER,
          data: 1024 * CLUSTER,
        });
        list.writeUInt32LE(0x20, 0);
        setAttributes(record, record.readUInt16LE(20), [list]);
      }),
    );
    await expectDamaged(image, 'file record 6 ($Bitmap)', recordAt(image, 6), /attribute list is too long/);
  });
});

describe('the index of the root directory', () => {
  const STRUCTURE = 'index of the file record 5 (root directory)';
  /** Places of all blocks of the index. */
  const blocks = () => {
    const found: number[] = [];
    for (let at = 0; at < populated.length; at += CLUSTER) {
      if (populated.toString('latin1', at, at + 4) === 'INDX') found.push(at);
    }
    return found;
  };
  const everyBlock = (change: (block: Buffer) => void) =>
    changed((image) => {
      for (const at of blocks()) {
        const block = image.subarray(at, at + 4096);
        unprotect(block);
        change(block);
        protect(block);
      }
    }, populated);

  async function expectIndexDamaged(image: Buffer, reason: RegExp): Promise<void> {
    const error: unknown = await readUsedMap(memorySource(image), { gapBytes: 1 }).catch((thrown: unknown) => thrown);
    if (!(error instanceof EngineError)) throw new Error(`expected an EngineError, got ${String(error)}`);
    expect(error.details).toMatchObject({ structure: STRUCTURE });
    expect(blocks()).toContain(error.details.offsetBytes);
    expect(error.details.reason).toMatch(reason);
  }

  it.each<[string, RegExp, (block: Buffer) => void]>([
    ['no magic', /INDX/, (block) => block.write('XDNI', 0, 'latin1')],
    ['another number', /another one/, (block) => block.writeUInt32LE(77, 16)],
    ['too long', /longer than its place/, (block) => block.writeUInt32LE(8000, 28)],
    ['no last entry', /no last entry/, (block) => block.writeUInt32LE(40, 28)],
    ['entries outside', /no last entry/, (block) => block.writeUInt32LE(7000, 24)],
    ['an entry of no length', /impossible length/, (block) => block.writeUInt16LE(0, 24 + block.readUInt32LE(24) + 8)],
    ['an impossible name', /impossible name/, (block) => block.writeUInt8(255, 24 + block.readUInt32LE(24) + 0x50)],
  ])('a node: %s', async (_, reason, change) => {
    await expectIndexDamaged(everyBlock(change), reason);
  });

  it('a torn node', async () => {
    const image = changed((bytes) => {
      for (const at of blocks()) bytes.writeUInt16LE(0x4321, at + 510);
    }, populated);
    await expectIndexDamaged(image, /not written completely/);
  });

  it('a node that is its own child', async () => {
    const image = everyBlock((block) => {
      const at = 24 + block.readUInt32LE(24);
      const own = block.readBigInt64LE(16);
      block.fill(0, at, at + 24);
      block.writeUInt16LE(24, at + 8);
      block.writeUInt16LE(3, at + 12);
      block.writeBigInt64LE(own, at + 16);
    });
    await expectIndexDamaged(image, /named twice/);
  });

  it.each<[string, RegExp, (value: Buffer) => void]>([
    ['of another kind', /unknown kind/, (value) => value.writeUInt32LE(2, 4)],
    ['with impossible nodes', /unknown kind/, (value) => value.writeUInt32LE(3000, 8)],
    ['too long', /longer than its place/, (value) => value.writeUInt32LE(5000, 20)],
  ])('a root %s', async (_, reason, change) => {
    const image = changed((bytes) =>
      editRecord(bytes, 5, (record) => {
        const at = attributeAt(record, 0x90);
        change(record.subarray(at + record.readUInt16LE(at + 20)));
      }),
    );
    await expectDamaged(image, 'file record 5 (root directory)', recordAt(image, 5), reason);
  });
});
