/**
 * Whether a log is clean, judged by `xfs_logprint -t`, which finds head and tail as mounting does: logs of every shape are
 * written by hand, since a real one is torn only by bad luck.
 */
import { open } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../testing/memory-source.ts';
import { runProgram } from '../../testing/run-program.ts';
import { seeded, seededBelow } from '../../testing/seeded.ts';
import { createSparseFile } from '../../testing/test-volume.ts';
import { createWorkspace } from '../../testing/workspace.ts';
import { freshXfs } from '../../testing/xfs-image.ts';
import { CHANGES, LogWriter, UNMOUNT } from '../../testing/xfs-log.ts';
import { readLogState } from './log.ts';

const MiB = 1024 * 1024;
const BLOCK = 512;

async function isClean(log: LogWriter): Promise<boolean> {
  const { image, superblock, internalLog } = log;
  return (await readLogState(memorySource(image), superblock, internalLog, undefined)) === 'clean';
}

/** Asks xfs_logprint; a log that it cannot make sense of is not clean. */
async function judgedClean(path: string, log: LogWriter): Promise<boolean> {
  await using file = await open(path, 'r+');
  await file.write(log.image, log.offsetBytes, log.blocks * BLOCK, log.offsetBytes);
  // It goes on to print what is to be replayed, and may fail over our made-up records; the state comes first.
  const text = await runProgram('sh', ['-c', 'xfs_logprint -t "$0" 2>&1 | head -n 40', path]);
  return /state: <CLEAN>/.test(text);
}

const images: Promise<Buffer>[] = [freshXfs(18), freshXfs(18, '-m', 'crc=0', '-b', 'size=1024')];

describe.each([
  ['version 5', 0],
  ['version 4', 1],
])('the log of %s', (_, which) => {
  const writer = async () => new LogWriter(Buffer.from((await images[which]) ?? Buffer.alloc(0)));
  /** As in `LogWriter.endAt`: counted from the end where negative. */
  const heads = [2, 14, 100, 513, 4095, 4096, 4097, 5000, -1, 0];

  it('that mkfs made is clean', async () => {
    expect(await isClean(await writer())).toBe(true);
  });

  it.each(heads)('with an unmount that ends at block %i is clean', async (head) => {
    const log = await writer();
    const place = head <= 0 ? log.blocks + head : head;
    for (const shape of [UNMOUNT, { ...UNMOUNT, dataBlocks: 63 }, { ...UNMOUNT, sizeBytes: 262144, dataBlocks: 504 }]) {
      log.endAt(place, 5, CHANGES, shape);
      expect(await isClean(log), JSON.stringify(shape)).toBe(true);
    }
  });

  it.each(heads)('with changes that end at block %i is not', async (head) => {
    const log = await writer();
    const place = head <= 0 ? log.blocks + head : head;
    log.endAt(place, 5, UNMOUNT, CHANGES);
    expect(await isClean(log)).toBe(false);
    log.endAt(place, 5, CHANGES, { ...CHANGES, operations: 1 });
    expect(await isClean(log)).toBe(false);
    log.endAt(place, 5, CHANGES, { ...UNMOUNT, operations: 2 });
    expect(await isClean(log)).toBe(false);
  });

  it('in its first lap: clean or not by its last record', async () => {
    const log = await writer();
    log.endAt(700, 1, CHANGES, UNMOUNT);
    expect(await isClean(log)).toBe(true);
    log.endAt(700, 1, UNMOUNT, CHANGES);
    expect(await isClean(log)).toBe(false);
  });

  it.each([
    ['of another file system', (header: Buffer) => header.fill(7, 304, 320)],
    ['from another place', (header: Buffer) => header.writeUInt32BE(3, 20)],
    ['from another lap', (header: Buffer) => header.writeUInt32BE(3, 16)],
    ['that is longer than it can be', (header: Buffer) => header.writeUInt32BE(1024, 12)],
  ])('with an unmount %s is not clean', async (_name, change) => {
    const log = await writer();
    log.endAt(800, 5, CHANGES, UNMOUNT);
    change(log.block(798));
    expect(await isClean(log)).toBe(false);
  });

  it('that was never written, or is nonsense, is not clean', async () => {
    const log = await writer();
    for (const byte of [0, 0xff, 0x5a]) {
      for (let number = 0; number < log.blocks; number++) log.block(number).fill(byte);
      expect(await isClean(log)).toBe(false);
    }
    log.endAt(800, 5);
    expect(await isClean(log)).toBe(false);
  });

  it('torn in any way is clean exactly where xfs_logprint says so', { timeout: 60_000 }, async () => {
    await using workspace = await createWorkspace();
    const path = workspace.path('image');
    await createSparseFile(path, 18 * MiB);
    const log = await writer();
    await using file = await open(path, 'r+');
    await file.write(log.image);
    const random = seeded(77 + which);
    const pick = <T>(...choices: T[]): T | undefined => choices[seededBelow(random, choices.length)];
    let clean = 0;
    for (let round = 0; round < 40; round++) {
      const cycle = pick(1, 2, 3, 900) ?? 2;
      const place = (cycle === 1 ? 600 : 1) + seededBelow(random, log.blocks - 600);
      const head = cycle > 1 && random() < 0.3 ? (pick(1, 2, 3, 40, log.blocks, log.blocks - 1) ?? 1) : place;
      const size = { dataBlocks: 1 + seededBelow(random, 500), sizeBytes: pick(32768, 65536, 262144) ?? 32768 };
      log.endAt(head, cycle, CHANGES, { ...CHANGES, ...size }, pick(UNMOUNT, UNMOUNT, CHANGES) ?? UNMOUNT);
      const torn = random();
      const behind = cycle - (head >= log.blocks ? 0 : 1);
      if (torn < 0.2) log.record(head + log.blocks, cycle - 1, { ...CHANGES, dataBlocks: 3 });
      else if (torn < 0.4) for (let block = head; block < head + 20; block++) log.stamp(block, behind);
      else if (torn < 0.6) log.stamp(head + log.blocks - 1 - seededBelow(random, 600), behind);
      else if (torn < 0.8) log.record(head + log.blocks + 7, cycle - 1, CHANGES);
      // The header of a record that did not make it whole.
      if (random() < 0.3) log.stamp(head + log.blocks - 1, behind);
      const ours = await isClean(log);
      expect(ours, `round ${round}: head ${head} of lap ${cycle}`).toBe(await judgedClean(path, log));
      if (ours) clean += 1;
    }
    expect(clean).toBeGreaterThan(5);
  });
});
