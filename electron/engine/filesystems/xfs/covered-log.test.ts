/**
 * Logs of frozen file systems, written by hand: what counts as one, and that everything else makes the map a guess.
 * `xfs_logprint -t` reads the same logs, so that what we write is what the kernel writes.
 */
import { open } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../testing/memory-source.ts';
import { runProgram } from '../../testing/run-program.ts';
import { createSparseFile } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { freshXfs, XfsImage } from '../../testing/xfs-image.ts';
import {
  bufferItem,
  countedSuperblock,
  type FullRecord,
  freezeLog,
  LogWriter,
  operation,
  transactionOf,
} from '../../testing/xfs-log.ts';
import { readUsedMap } from '../used-map.ts';
import { type LogState, readLogState } from './log.ts';
import type { Operation } from './log-record.ts';

const MiB = 1024 * 1024;
const TID = 0x1234_5678;

const images: Promise<Buffer>[] = [
  freshXfs(18),
  freshXfs(18, '-s', 'size=4096'),
  freshXfs(18, '-m', 'crc=0', '-b', 'size=1024'),
];

async function freshLog(which = 0): Promise<LogWriter> {
  return new LogWriter(Buffer.from((await images[which]) ?? Buffer.alloc(0)));
}

async function stateOf({ image, superblock, internalLog }: LogWriter): Promise<LogState> {
  return await readLogState(memorySource(image), superblock, internalLog, undefined);
}

/** A record with one change of the superblock, or with other regions. */
function change({ image }: LogWriter, regions = bufferItem(countedSuperblock(image))): FullRecord {
  return { operations: transactionOf(TID, ...regions) };
}

const unmount: FullRecord = { operations: [{ ...operation(TID, 0x20, Buffer.from('nU\0\0\0\0\0\0')), client: 0xaa }] };

/** A log item of another kind: its type and number of regions, and nothing that would be looked at. */
function item(type: number, length = 64): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt16LE(type, 0);
  bytes.writeUInt16LE(1, 2);
  return bytes;
}

describe.each([
  ['version 5', 0],
  ['4 KiB sectors', 1],
  ['version 4', 2],
])('the log of a frozen file system, %s', (_name, which) => {
  const heads = [4, 900, 4096, 5000, -3, -2, -1, 0, 1, 2, 3];

  it.each(heads)('that ends at block %i is covered', async (head) => {
    const log = await freshLog(which);
    const place = head <= 0 ? log.blocks + head : head;
    const wide = { sizeBytes: 262144, dataBlocks: 504 };
    for (const records of [
      [change(log)],
      [change(log), change(log)],
      [change(log), { ...change(log), dataBlocks: 60 }],
      [change(log), { ...change(log), ...wide }, { ...change(log), ...wide }],
    ]) {
      log.endWith(place, 5, 0, records);
      expect(await stateOf(log)).toBe('covered');
    }
  });

  it('read by xfs_logprint: the same tail and head, and nothing but the superblock', async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('image');
    await createSparseFile(path, 18 * MiB);
    for (const head of [904, 8, 4096]) {
      const log = await freshLog(which);
      // Records of 4 KiB: the judge reads whole sectors.
      const record = { ...change(log), dataBlocks: 7 };
      const [tail = 0] = log.endWith(head, 5, 0, [record, record]);
      await using file = await open(path, 'r+');
      await file.write(log.image);
      const text = await runProgram('sh', ['-c', 'xfs_logprint -t "$0" 2>&1 || true', path]);
      expect(text).toContain(`log tail: ${tail % log.blocks} head: ${head} state: <DIRTY>`);
      expect(text.match(/start blkno:0x0 {3}len:/g)).toHaveLength(2);
      expect(text.match(/SUPER Block Buffer/g)).toHaveLength(2);
    }
  });

  it('before Linux 5.12: an unmount, and changes before it that are in place', async () => {
    const log = await freshLog(which);
    const old: FullRecord = { operations: [operation(7, 0, item(0x123b)), operation(7, 2)] };
    log.endWith(900, 5, 0, [old, unmount, change(log)]);
    expect(await stateOf(log)).toBe('covered');
    log.endWith(900, 5, 1, [old, unmount, change(log)]);
    expect(await stateOf(log)).toBe('covered');
    log.endWith(900, 5, 0, [old, change(log)]);
    expect(await stateOf(log)).toBe('dirty');
    log.endWith(900, 5, 0, [unmount, old, change(log)]);
    expect(await stateOf(log)).toBe('dirty');
    log.endWith(900, 5, 0, [unmount, change(log), old]);
    expect(await stateOf(log)).toBe('dirty');
    log.endWith(900, 5, 0, [old, { operations: [...unmount.operations, operation(7, 0)] }, change(log)]);
    expect(await stateOf(log)).toBe('dirty');
    log.endWith(900, 5, 0, [
      old,
      { operations: unmount.operations.map((it) => ({ ...it, client: 0x69 })) },
      change(log),
    ]);
    expect(await stateOf(log)).toBe('dirty');
  });

  it('in several transactions of one record, or in several pieces, is covered', async () => {
    const log = await freshLog(which);
    const { operations } = change(log);
    log.endWith(900, 5, 0, [{ operations: [...operations, ...operations] }]);
    expect(await stateOf(log)).toBe('covered');
    const sector = countedSuperblock(log.image);
    for (const runs of [
      [[1, 1]],
      [
        [0, 1],
        [2, 1],
      ],
      [
        [0, 1],
        [1, 2],
      ],
      [[0, 4]],
    ] as [number, number][][]) {
      log.endWith(900, 5, 0, [change(log, bufferItem(sector, { runs }))]);
      expect(await stateOf(log), JSON.stringify(runs)).toBe('covered');
    }
    log.endWith(900, 5, 0, [change(log, [...bufferItem(sector), ...bufferItem(sector)])]);
    expect(await stateOf(log)).toBe('covered');
  });
});

describe('a log that holds anything else is dirty', () => {
  const sb = (log: LogWriter) => bufferItem(countedSuperblock(log.image));
  const edited = (at: number, change: (format: Buffer) => void) => (log: LogWriter) => {
    const regions = sb(log);
    change(regions[at] ?? Buffer.alloc(0));
    return regions;
  };

  it.each([
    ['extents to free (EFI)', 0x1236],
    ['extents freed (EFD)', 0x1237],
    ['inode', 0x123b],
    ['dquot', 0x123d],
    ['quota off', 0x123e],
    ['new inodes', 0x123f],
    ['rmap intent (RUI)', 0x1240],
    ['rmap done', 0x1241],
    ['refcount intent (CUI)', 0x1242],
    ['refcount done', 0x1243],
    ['mapping intent (BUI)', 0x1244],
    ['mapping done', 0x1245],
    ['attribute intent', 0x1246],
    ['exchange intent', 0x1248],
    ['unknown', 0x1299],
  ])('item: %s', async (_name, type) => {
    const log = await freshLog();
    for (const regions of [[item(type)], [...sb(log), item(type)], [item(type), ...sb(log)]]) {
      log.endWith(900, 5, 0, [change(log), change(log, regions), change(log)]);
      expect(await stateOf(log)).toBe('dirty');
      log.endWith(900, 5, 0, [change(log), change(log, regions)]);
      expect(await stateOf(log)).toBe('dirty');
    }
  });

  it.each([
    ['another buffer', (log: LogWriter) => bufferItem(countedSuperblock(log.image), { block: 1n })],
    ['a buffer before the volume', (log: LogWriter) => bufferItem(countedSuperblock(log.image), { block: -1n })],
    ['a buffer of 2^32', (log: LogWriter) => bufferItem(countedSuperblock(log.image), { block: 2n ** 32n })],
    [
      'a longer buffer',
      (log: LogWriter) => bufferItem(Buffer.concat([countedSuperblock(log.image), Buffer.alloc(512)])),
    ],
    ['a cancelled buffer', (log: LogWriter) => bufferItem(countedSuperblock(log.image), { flags: 0x9002 })],
    ['a buffer of inodes', (log: LogWriter) => bufferItem(countedSuperblock(log.image), { flags: 0x9001 })],
    ['a buffer of a tree', (log: LogWriter) => bufferItem(countedSuperblock(log.image), { flags: 4 << 11 })],
    ['no data', (log: LogWriter) => sb(log).slice(0, 1)],
    ['more data than said', (log: LogWriter) => [...sb(log), Buffer.alloc(128)]],
    ['less data than its map', edited(0, (format) => format.writeUInt8(0xf, 20))],
    ['data that its map does not name', edited(0, (format) => format.writeUInt8(0x3, 20))],
    ['a map beyond the sector', edited(0, (format) => format.writeUInt8(0x70, 20))],
    ['no map', edited(0, (format) => format.writeUInt32LE(0, 16))],
    ['a larger map', edited(0, (format) => format.writeUInt32LE(2, 16))],
    ['no regions', edited(0, (format) => format.writeUInt16LE(0, 2))],
    ['one region', edited(0, (format) => format.writeUInt16LE(1, 2))],
    ['65535 regions', edited(0, (format) => format.writeUInt16LE(0xffff, 2))],
    ['a short format', (log: LogWriter) => [sb(log)[0]?.subarray(0, 16) ?? Buffer.alloc(0)]],
    ['an odd piece', (log: LogWriter) => sb(log).map((region, index) => (index ? region.subarray(0, 132) : region))],
  ])('%s', async (_name, regions) => {
    const log = await freshLog();
    log.endWith(900, 5, 0, [change(log), change(log, regions(log)), change(log)]);
    expect(await stateOf(log)).toBe('dirty');
  });

  it('a superblock that says something else than that in place', async () => {
    const log = await freshLog();
    const ofNoMatter = new Set<number>();
    for (let at = 0; at < 384; at++) {
      const sector = countedSuperblock(log.image);
      sector.writeUInt8(sector.readUInt8(at) ^ 4, at);
      log.endWith(900, 5, 0, [change(log, bufferItem(sector))]);
      if ((await stateOf(log)) === 'covered') ofNoMatter.add(at);
    }
    const range = (from: number, end: number) => Array.from({ length: end - from }, (_, index) => from + index);
    expect([...ofNoMatter]).toEqual([...range(128, 160), ...range(224, 228), ...range(240, 248)]);
  });

  it.each([
    ['without start', (all: Operation[]) => all.slice(1)],
    ['without commit', (all: Operation[]) => all.slice(0, -1)],
    ['without header', (all: Operation[]) => all.filter((_, index) => index !== 1)],
    ['started twice', (all: Operation[]) => [...all.slice(0, 1), ...all]],
    ['committed twice', (all: Operation[]) => [...all, ...all.slice(-1)]],
    [
      'that goes on in another record',
      (all: Operation[]) => all.map((it, at) => (at === 3 ? { ...it, flags: 4 } : it)),
    ],
    ['that began in another record', (all: Operation[]) => all.map((it, at) => (at === 3 ? { ...it, flags: 8 } : it))],
    ['with the end flag', (all: Operation[]) => all.map((it, at) => (at === 3 ? { ...it, flags: 16 } : it))],
    ['of the log itself', (all: Operation[]) => all.map((it) => ({ ...it, client: 0xaa }))],
    ['of the volume', (all: Operation[]) => all.map((it, at) => (at === 2 ? { ...it, client: 2 } : it))],
    ['of another transaction', (all: Operation[]) => all.map((it, at) => (at === 3 ? operation(9, 0, it.region) : it))],
    ['with an empty region', (all: Operation[]) => [...all.slice(0, 3), operation(TID, 0), ...all.slice(3)]],
    ['started with data', (all: Operation[]) => all.map((it, at) => (at === 0 ? { ...it, region: item(1) } : it))],
    ['committed with data', (all: Operation[]) => all.map((it, at) => (at === 4 ? { ...it, region: item(1) } : it))],
    [
      'with another magic number',
      (all: Operation[]) => all.map((it, at) => (at === 1 ? { ...it, region: Buffer.alloc(16) } : it)),
    ],
  ])('a transaction %s', async (_name, edit) => {
    const log = await freshLog();
    log.endWith(900, 5, 0, [change(log), { operations: edit([...change(log).operations]) }]);
    expect(await stateOf(log)).toBe('dirty');
  });

  it.each([
    ['another lap', 4],
    ['version 1', 8],
    ['an odd length', 12],
    ['another lap in its place', 16],
    ['another place', 20],
    ['another lap of the tail', 24],
    ['another tail', 28],
    ['more operations', 40],
    ['another byte order', 300],
    ['another file system', 304],
    ['an odd size', 320],
    ['something behind its fields', 324],
  ])('a record with %s, or a wrong checksum', async (_name, at) => {
    for (const which of [0, 1]) {
      for (const value of [0, 1, 3, 0x10000, 0x80000000, 0xffffffff]) {
        for (const signed of [true, false]) {
          const log = freezeLog((await freshLog()).image);
          const start = 896 + 2 * which;
          const header = log.block(start);
          const before = header.readUInt32BE(at);
          // The tail of the log is told by its last record alone, and the header's last word is padding.
          const isHarmless = signed && ((which === 0 && (at === 24 || at === 28)) || at === 324);
          if (before === value) continue;
          header.writeUInt32BE(value, at);
          if (signed) log.sign(start);
          expect(await stateOf(log), `${which} ${value} ${signed}`).toBe(isHarmless ? 'covered' : 'dirty');
        }
      }
    }
  });

  it('any bit of its records that is not that of the checksum', async () => {
    const log = freezeLog((await freshLog()).image);
    for (const start of [896, 898]) {
      for (let byte = 0; byte < 1024; byte++) {
        // Behind the header's fields lies nothing.
        if (byte >= 328 && byte < 512) continue;
        const block = log.block(start + (byte >>> 9));
        const before = block.readUInt8(byte & 511);
        block.writeUInt8(before ^ 0x10, byte & 511);
        expect(await stateOf(log), `byte ${byte} of ${start}`).toBe('dirty');
        block.writeUInt8(before, byte & 511);
      }
    }
    expect(await stateOf(log)).toBe('covered');
  });

  it('a tail that is no record, or is further back than can be in flight', async () => {
    const log = await freshLog();
    const starts = log.endWith(9000, 5, 0, [change(log), change(log)]);
    const last = (starts[1] ?? 0) % log.blocks;
    for (const tail of [last + 1, 8999, 9000, 9001, 8000, 4000, 0, log.blocks - 1, log.blocks]) {
      for (const cycle of [4, 5, 6]) {
        log.block(last).writeUInt32BE(cycle, 24);
        log.block(last).writeUInt32BE(tail, 28);
        log.sign(last);
        expect(await stateOf(log), `${cycle}:${tail}`).toBe('dirty');
      }
    }
  });

  it('a block written in another lap than its record, with a checksum that fits', async () => {
    const log = freezeLog((await freshLog()).image);
    log.block(897).writeUInt32BE(4);
    log.sign(896);
    expect(await stateOf(log)).toBe('dirty');
  });

  it('records without an operation, or none after an unmount', async () => {
    const log = await freshLog();
    log.endWith(900, 5, 0, [change(log), unmount]);
    expect(await stateOf(log)).toBe('clean');
    const starts = log.endWith(900, 5, 0, [change(log), unmount]);
    log.block(starts[1] ?? 0).writeUInt32BE(99, 20);
    expect(await stateOf(log)).toBe('dirty');
  });
});

describe('the map of a frozen file system', () => {
  it('is used, whatever its counters say, and its state is clean', async () => {
    const image = new XfsImage(Buffer.from((await images[0]) ?? Buffer.alloc(0)));
    const clean = await readUsedMap(memorySource(image.bytes), { gapBytes: 1 });
    image.bytes.writeBigUInt64BE(image.bytes.readBigUInt64BE(144) - 5n, 144);
    image.sign(0);
    freezeLog(image.bytes);
    const frozen = await readUsedMap(memorySource(image.bytes), { gapBytes: 1 });
    expect(frozen.summary).toMatchObject({ mode: 'used', warnings: [] });
    expect(frozen.facts).toMatchObject({ state: 'clean' });
    expect([...frozen.extents]).toEqual([...clean.extents]);
  });

  it('is refused where a group disagrees with itself, but not in a plan, as it may be mounted', async () => {
    const image = new XfsImage(Buffer.from((await images[0]) ?? Buffer.alloc(0)));
    freezeLog(image.bytes);
    const count = image.headerAt(0, 1) + 52;
    image.set(count, image.bytes.readUInt32BE(count) - 1);
    const error = await readUsedMap(memorySource(image.bytes), { gapBytes: 1 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'FILESYSTEM_DAMAGED' });
    const plan = await readUsedMap(memorySource(image.bytes), { gapBytes: 1, estimate: true });
    expect(plan.summary.mode).toBe('used');
  });

  it('is not known where its log cannot be read', async () => {
    const image = Buffer.from((await images[0]) ?? Buffer.alloc(0));
    const log = freezeLog(image);
    const map = await readUsedMap(memorySource(image, [log.offsetBytes + 896 * 512]), { gapBytes: 1 });
    expect(map.summary.mode).toBe('raw');
    expect(map.summary.warnings.join()).toMatch(/log cannot be read/);
  });
});
