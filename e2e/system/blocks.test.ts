/** Block maps tell the truth: live and stored ones against the counters of the run, comparisons against `cmp`. */
import { randomBytes } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type BackupResult, BLOCK_STATES, type BlockMap, type BlockState } from '#contract';
import { createEngine } from '#engine/create-engine.ts';
import type { Engine } from '#engine/engine.ts';
import { createNodePorts } from '../../electron/hosts/node-ports.ts';
import { environmentOf } from '../driver/stillframe.ts';
import { run, Stand } from './stand.ts';
import { MIB, sparseFile } from './volumes.ts';

const GRID = MIB / 2;
const BLOCKS = 64;
/** The last block is short. */
const SIZE = BLOCKS * GRID - 12_288;

async function engineAt(stand: Stand): Promise<Engine> {
  const capabilities = { canPickFolder: false, canPickFile: false, canNotify: false, canElevate: false };
  const ports = createNodePorts({ capabilities, environment: environmentOf(stand.place) });
  const passphrase = (await readFile(stand.place.passwordFile, 'utf8')).trim();
  return createEngine(ports, { repositoryLocation: stand.place.repository, passphrase });
}

function statesOf(map: BlockMap): Uint8Array {
  const states = Uint8Array.from(inflateRawSync(Buffer.from(map.states, 'base64')));
  expect(states.length).toBe(map.blockCount);
  return states;
}

function namesOf(states: Uint8Array): (BlockState | undefined)[] {
  return [...states].map((state) => BLOCK_STATES[state]);
}

/** Bytes of the blocks in each state, of which `used` says how much counts. */
function totals(states: Uint8Array, used: (block: number) => number): Record<BlockState, number> {
  const sums = Object.fromEntries(BLOCK_STATES.map((state) => [state, 0])) as Record<BlockState, number>;
  for (const [block, name] of namesOf(states).entries()) if (name !== undefined) sums[name] += used(block);
  return sums;
}

const blockBytes = (block: number): number => Math.min(GRID, SIZE - block * GRID);

/** Runs a backup to its end and follows its map from `join` on. */
async function backUp(
  engine: Engine,
  volume: string,
): Promise<{ result: BackupResult; live: Uint8Array; late: Uint8Array; taskId: string }> {
  const { taskId } = await engine.startBackup({ volume });
  while (!engine.tasks.get(taskId).hasBlocks) await new Promise((done) => setTimeout(done, 5));
  let live: Uint8Array = new Uint8Array();
  for await (const event of engine.tasks.blocks(taskId)) {
    if (event.kind === 'whole') live = statesOf(event.map);
    else {
      for (let i = 0; i < event.runs.length; i += 3) {
        const [first = 0, count = 0, state = 0] = event.runs.slice(i, i + 3);
        live.fill(state, first, first + count);
      }
    }
  }
  const { result, error } = await engine.tasks.finished(taskId);
  if (result?.kind !== 'backup') throw new Error(JSON.stringify(error));
  let late: Uint8Array = new Uint8Array();
  for await (const event of engine.tasks.blocks(taskId)) if (event.kind === 'whole') late = statesOf(event.map);
  return { result, live, late, taskId };
}

async function restore(engine: Engine, id: string, target: string): Promise<Buffer> {
  const { planId } = await engine.planRestore({ source: id, target, toFile: true });
  const { taskId } = await engine.startRestore({ source: id, target, toFile: true, confirmation: target, planId });
  expect((await engine.tasks.finished(taskId)).state).toBe('succeeded');
  return readFile(target);
}

test('raw volume: live map, stored map and comparison equal counters and cmp, byte for byte', async () => {
  await using stand = await Stand.create();
  await stand.ok('init');
  await using engine = await engineAt(stand);
  const path = await sparseFile(join(stand.folder, 'volume.img'), SIZE);
  const first = randomBytes(SIZE);
  // Zeros, twins within the image.
  first.fill(0, 5 * GRID, 9 * GRID);
  first.copy(first, 20 * GRID, 10 * GRID, 13 * GRID);
  await writeFile(path, first);
  await engine.addFileVolume(path);

  const a = await backUp(engine, path);
  expect(a.late).toEqual(a.live);
  const firstTotals = totals(a.live, blockBytes);
  expect(firstTotals).toMatchObject({
    stored: a.result.counters.changedBytes,
    deduplicated: 3 * GRID,
    zero: 4 * GRID,
    free: 0,
    used: 0,
  });
  expect(firstTotals.deduplicated).toBe(a.result.counters.deduplicatedBytes);
  expect(firstTotals.zero).toBe(a.result.counters.zeroBytes);
  const storedFirst = statesOf(await engine.imageBlocks(a.result.image.id));
  expect(totals(storedFirst, blockBytes)).toEqual(firstTotals);

  // A changed byte, a block that becomes zero, zeros that become used, a moved block, the short last one.
  const second = Buffer.from(first);
  second[40 * GRID + 17] = (second[40 * GRID + 17] ?? 0) ^ 1;
  second.fill(0, 30 * GRID, 31 * GRID);
  randomBytes(GRID).copy(second, 6 * GRID);
  first.copy(second, 50 * GRID, 2 * GRID, 3 * GRID);
  second[SIZE - 1] = (second[SIZE - 1] ?? 0) ^ 1;
  await writeFile(path, second);
  const b = await backUp(engine, path);
  const secondTotals = totals(b.live, blockBytes);
  expect(secondTotals).toMatchObject({
    stored: b.result.counters.changedBytes,
    deduplicated: b.result.counters.deduplicatedBytes,
    zero: b.result.counters.zeroBytes,
  });
  expect(statesOf(await engine.imageBlocks(b.result.image.id))).toEqual(b.live);

  const images = [a.result.image.id, b.result.image.id] as const;
  const restored = [
    await restore(engine, images[0], join(stand.folder, 'first.img')),
    await restore(engine, images[1], join(stand.folder, 'second.img')),
  ] as const;
  const comparison = await engine.compareImages({ before: images[0], after: images[1] });
  const judged = Array.from({ length: BLOCKS }, (_, block): BlockState => {
    const [old, now] = restored.map((image) => image.subarray(block * GRID, (block + 1) * GRID)) as [Buffer, Buffer];
    const wasZero = old.every((byte) => byte === 0);
    const isZero = now.every((byte) => byte === 0);
    if (old.equals(now)) return isZero ? 'free' : 'unchanged';
    if (wasZero) return 'stored';
    return isZero ? 'zero' : 'changed';
  });
  const states = statesOf(comparison.map);
  expect(namesOf(states)).toEqual(judged);
  const sums = totals(states, blockBytes);
  expect(comparison).toMatchObject({
    unchangedBytes: sums.unchanged,
    changedBytes: sums.changed,
    addedBytes: GRID,
    removedBytes: GRID,
    freeBytes: 3 * GRID,
  });
  expect(sums.changed).toBe(2 * GRID + blockBytes(BLOCKS - 1));
  const back = await engine.compareImages({ before: images[1], after: images[0] });
  expect(back).toMatchObject({ addedBytes: GRID, removedBytes: GRID, unchangedBytes: sums.unchanged });
});

test('ext4: blocks without used bytes are free, and the used bytes of the rest are the counters', async () => {
  await using stand = await Stand.create();
  await stand.ok('init');
  await using engine = await engineAt(stand);
  const path = await sparseFile(join(stand.folder, 'volume.img'), 64 * MIB);
  await run('mkfs.ext4', ['-q', '-F', path]);
  await engine.addFileVolume(path);
  const { result, live } = await backUp(engine, path);
  const sums = totals(live, () => GRID);
  const { counters } = result;
  expect(sums.free).toBeGreaterThan(32 * MIB);
  expect(sums.free).toBeLessThanOrEqual(counters.freeBytes);
  expect(sums.used).toBe(0);
  expect(sums.stored).toBeGreaterThanOrEqual(counters.changedBytes);
  expect(statesOf(await engine.imageBlocks(result.image.id))).toEqual(live);
});

test('tasks that are no backup have no map', async () => {
  await using stand = await Stand.create();
  await stand.ok('init');
  await using engine = await engineAt(stand);
  expect(() => engine.tasks.blocks('0000')).toThrow(expect.objectContaining({ code: 'TASK_NOT_FOUND' }));
  const { taskId } = await engine.repository.check({ readData: false });
  expect(() => engine.tasks.blocks(taskId)).toThrow(expect.objectContaining({ code: 'TASK_NOT_FOUND' }));
  expect((await engine.tasks.finished(taskId)).hasBlocks).toBe(false);
});

test('images that cannot be compared are refused with the reason; restic images are used or zero', async () => {
  await using stand = await Stand.create();
  await stand.ok('init');
  await using engine = await engineAt(stand);
  const paths = [
    await sparseFile(join(stand.folder, 'a.img'), SIZE),
    await sparseFile(join(stand.folder, 'b.img'), SIZE),
  ];
  const ids: string[] = [];
  for (const path of paths) {
    await using file = await open(path, 'r+');
    await file.write(randomBytes(GRID), 0, GRID, 16 * MIB);
    await engine.addFileVolume(path);
    ids.push((await backUp(engine, path)).result.image.id);
  }
  const [before = '', after = ''] = ids;
  await expect(engine.compareImages({ before, after })).rejects.toMatchObject({
    code: 'COMMAND_INVALID',
    details: { reason: expect.stringContaining('different volumes') },
  });
  await stand.restic(['backup', paths[0] ?? '']);
  const foreign = (await engine.listImages()).find((image) => image.origin === 'restic');
  await expect(engine.compareImages({ before, after: foreign?.id ?? '' })).rejects.toMatchObject({
    code: 'COMMAND_INVALID',
  });
  const names = namesOf(statesOf(await engine.imageBlocks(foreign?.id ?? '')));
  expect(names[(16 * MIB) / GRID]).toBe('used');
  expect(names.filter((name) => name === 'zero').length).toBeGreaterThan(BLOCKS / 2);
  expect(names.every((name) => name === 'zero' || name === 'used')).toBe(true);
  await expect(engine.imageBlocks('0'.repeat(64))).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
});
