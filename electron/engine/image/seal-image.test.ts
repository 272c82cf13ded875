/** Reading only what changed: the same image as reading everything, whatever happened; and a lie is found. */
import { open } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { BLOCK, type BlockSource } from '../base/block-map.ts';
import { ExtentBuilder, type Extents, extentBytes, wholeVolume } from '../base/extents.ts';
import { native } from '../native.ts';
import { newRepository, scratch } from '../repository/restic-oracle.ts';
import type { Repository } from '../repository/types.ts';
import { seeded, seededBelow, seededBytes } from '../testing/seeded.ts';
import { type BaseImage, extentsIn } from './block-selection.ts';
import type { RunContext } from './run-context.ts';
import { type SealedImage, sealImage } from './seal-image.ts';

const GRID = 64 * 1024;
const BLOCKS = 96;
/** The last block is short. */
const SIZE = BLOCKS * GRID - 12_288;
const SECTOR = 4096;
/** 100 in `npm run soak`. */
const WORKLOADS = Number(process.env.STILLFRAME_WORKLOADS ?? 12);

function context(warnings: string[] = [], onBlocks: (source: BlockSource) => void = () => undefined): RunContext {
  return {
    signal: new AbortController().signal,
    phase: () => undefined,
    progress: () => undefined,
    snapshot: () => undefined,
    blocks: onBlocks,
    warn: (text) => warnings.push(text),
  };
}

function statesOf(source: BlockSource): Uint8Array {
  const states = new Uint8Array(source.blockCount).fill(99);
  source.read(states);
  return states;
}

/** When a map is first shown it says what is known: what is used, and with tracking what may have changed. */
function expectNothingRead(source: BlockSource, isTracked: boolean): void {
  const before: number[] = isTracked
    ? [BLOCK.free, BLOCK.used, BLOCK.unchanged, BLOCK.changed]
    : [BLOCK.free, BLOCK.used];
  for (const state of statesOf(source)) expect(before).toContain(state);
}

/** When everything was read its map says the same as the counters, byte for byte. */
function expectMapAgrees(source: BlockSource | undefined, used: Extents, image: SealedImage): void {
  if (source === undefined) throw new Error('no map was offered');
  const states = statesOf(source);
  const usedIn = new Float64Array(8);
  for (let block = 0; block < states.length; block++) {
    const mask = new Uint8Array(states.length);
    mask[block] = 1;
    const state = states[block] ?? 0;
    usedIn[state] = (usedIn[state] ?? 0) + extentBytes(extentsIn(used, mask, 1, GRID));
  }
  const { changedBytes, deduplicatedBytes, zeroBytes } = image.sealed.progress;
  const expected = new Float64Array(8);
  expected[BLOCK.stored] = changedBytes;
  expected[BLOCK.deduplicated] = deduplicatedBytes;
  expected[BLOCK.zero] = zeroBytes;
  expected[BLOCK.unchanged] = image.unchangedBytes;
  expect([...usedIn]).toEqual([...expected]);
  for (const state of [BLOCK.used, BLOCK.changed]) expect(states).not.toContain(state);
}

interface Stand extends AsyncDisposable {
  repository: Repository;
  volume: string;
}

async function makeStand(): Promise<Stand> {
  const place = scratch();
  const repository = await newRepository(`${place.path}/repository`);
  return {
    repository,
    volume: `${place.path}/volume`,
    async [Symbol.asyncDispose]() {
      await repository[Symbol.asyncDispose]();
      await place[Symbol.asyncDispose]();
    },
  };
}

async function seal(
  { repository, volume }: Stand,
  extents: Extents,
  tracked?: { base: BaseImage; changed: Extents; auditPercent: number; random: () => number },
  warnings?: string[],
) {
  const device = native().openDevice(volume, {});
  let offered: BlockSource | undefined;
  try {
    const image = await sealImage(
      {
        repository,
        device,
        volumeName: volume,
        sizeBytes: SIZE,
        extents,
        gridBytes: GRID,
        compressionLevel: 1,
        now: () => performance.now(),
        tracked: tracked && {
          ...tracked,
          random: { bytes: () => new Uint8Array(), below: (limit) => seededBelow(tracked.random, limit) },
        },
      },
      context(warnings, (source) => {
        offered = source;
        expectNothingRead(source, tracked !== undefined);
      }),
    );
    expectMapAgrees(offered, extents, image);
    return image;
  } finally {
    device.close();
  }
}

function randomMap(random: () => number): Extents {
  const builder = new ExtentBuilder();
  for (let at = 0; at < SIZE; at += SECTOR) if (random() < 0.8) builder.add(at, Math.min(SECTOR, SIZE - at));
  return random() < 0.2 ? wholeVolume(SIZE) : builder.build();
}

/** Frees some of what is used, and uses some of what is free, without writing to it. */
function movedMap(used: Extents, random: () => number): Extents {
  const builder = new ExtentBuilder();
  const isUsed = new Set<number>();
  for (let i = 0; i < used.length; i += 2) {
    for (let at = used[i] ?? 0; at < (used[i] ?? 0) + (used[i + 1] ?? 0); at += SECTOR) isUsed.add(at);
  }
  for (let at = 0; at < SIZE; at += SECTOR) {
    if (isUsed.has(at) !== random() < 0.01) builder.add(at, Math.min(SECTOR, SIZE - at));
  }
  return builder.build();
}

test(`${WORKLOADS} random workloads: the image of a full read, from changed blocks only`, async () => {
  for (let seed = 1; seed <= WORKLOADS; seed++) {
    const random = seeded(seed);
    await using stand = await makeStand();
    await using file = await open(stand.volume, 'w+');
    await file.write(seededBytes(random, SIZE), 0, SIZE, 0);
    let used = randomMap(random);
    let { sealed: base } = await seal(stand, used);
    for (let run = 0; run < 3; run++) {
      const changed = new ExtentBuilder();
      let at = 0;
      for (let write = seededBelow(random, 8); write > 0; write--) {
        at += SECTOR * (1 + seededBelow(random, 150));
        const length = Math.min(SECTOR * (1 + seededBelow(random, 20)), SIZE - at);
        if (length <= 0) break;
        await file.write(random() < 0.3 ? Buffer.alloc(length) : seededBytes(random, length), 0, length, at);
        changed.add(at, length);
        at += length;
      }
      const usedNow = movedMap(used, random);
      const tracked = {
        base: { content: base.content, extents: used, unreadable: base.unreadable },
        changed: changed.build(),
        auditPercent: 2,
        random,
      };
      const quick = await seal(stand, usedNow, tracked);
      const full = await seal(stand, usedNow);
      expect(native().merkleRoot(quick.sealed.content)).toBe(native().merkleRoot(full.sealed.content));
      expect(quick.audit.auditMismatches).toBe(0);
      const { readBytes, doneBytes, freeBytes, zeroBytes, deduplicatedBytes, changedBytes } = quick.sealed.progress;
      expect(readBytes + quick.unchangedBytes).toBe(extentBytes(usedNow));
      expect(freeBytes + zeroBytes + deduplicatedBytes + changedBytes + quick.unchangedBytes).toBe(SIZE);
      expect(doneBytes).toBe(SIZE);
      base = quick.sealed;
      used = usedNow;
    }
  }
});

test('a change that tracking does not tell of voids it, and the image is right all the same', async () => {
  const random = seeded(7);
  await using stand = await makeStand();
  await using file = await open(stand.volume, 'w+');
  await file.write(seededBytes(random, SIZE), 0, SIZE, 0);
  const all = wholeVolume(SIZE);
  const { sealed: before } = await seal(stand, all);
  // Every other block: no sample of a quarter can miss all of them.
  for (let block = 0; block < BLOCKS; block += 2) await file.write(seededBytes(random, 512), 0, 512, block * GRID);
  const base = { content: before.content, extents: all, unreadable: before.unreadable };
  const warnings: string[] = [];
  const lied = await seal(stand, all, { base, changed: new Float64Array(), auditPercent: 25, random }, warnings);
  const full = await seal(stand, all);
  expect(lied.audit.auditMismatches).toBeGreaterThan(0);
  expect(warnings.join()).toMatch(/Change tracking was wrong: \d+ of 24 blocks .* had changed.*are read/);
  expect(native().merkleRoot(lied.sealed.content)).toBe(native().merkleRoot(full.sealed.content));
  expect(lied.unchangedBytes).toBe(0);
  const { readBytes, freeBytes, deduplicatedBytes, changedBytes, zeroBytes } = lied.sealed.progress;
  expect(readBytes).toBe(SIZE);
  expect(freeBytes + deduplicatedBytes + changedBytes + zeroBytes).toBe(SIZE);
});

test('an audit of everything finds a single lie', async () => {
  const random = seeded(8);
  await using stand = await makeStand();
  await using file = await open(stand.volume, 'w+');
  await file.write(seededBytes(random, SIZE), 0, SIZE, 0);
  const all = wholeVolume(SIZE);
  const { sealed: before } = await seal(stand, all);
  await file.write(Buffer.from('lie'), 0, 3, 50 * GRID + 77);
  const base = { content: before.content, extents: all, unreadable: before.unreadable };
  const warnings: string[] = [];
  const { audit } = await seal(stand, all, { base, changed: new Float64Array(), auditPercent: 100, random }, warnings);
  expect(audit).toEqual({ auditedBlocks: BLOCKS, auditMismatches: 1 });
  expect(warnings).toHaveLength(1);
});
