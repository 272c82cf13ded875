/**
 * Incremental snapshot images of thin volumes read what changed, and are the images that reading everything gives.
 * `STILLFRAME_WORKLOADS` says how many (npm run soak: 100).
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { seeded } from '#engine/testing/seeded.ts';
import { backup, changedBytesBetween, imagesOf, merkleRoot } from '../snapshots/images.ts';
import { run, Stand } from '../system/stand.ts';
import { fill } from '../system/volumes.ts';
import { backupLvm, keptSnapshots } from './backup-stand.ts';
import { lvm, VolumeGroup, whyNoLvm } from './lvm.ts';

const MIB = 1024 ** 2;
const WORKLOADS = Number(process.env.STILLFRAME_WORKLOADS ?? 2);
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261125);
const GRID = 512 * 1024;
const why = whyNoLvm();

let group: VolumeGroup;
let stand: Stand;
let device: string;
let point: string;
beforeAll(async () => {
  if (why !== undefined) return;
  group = await VolumeGroup.create('vg-c', '/dev/ubdc');
  stand = await Stand.create();
  await group.addPool('pool', 1024 * MIB);
  device = await group.add({ name: 'thin', sizeBytes: 128 * MIB, pool: 'pool', mkfs: ['ext4'] });
  point = await group.mount(device);
  await fill(point, 30);
  await stand.ok('init');
});
beforeEach((context) => {
  if (why !== undefined) context.skip(`SKIPPED: this test ${why}`);
});
afterAll(async () => {
  if (why !== undefined) return;
  await stand[Symbol.asyncDispose]();
  await group[Symbol.asyncDispose]();
});

/** Reads all of the snapshot that the last image was made of; returns the id of the image. */
async function imageOfKept(): Promise<string> {
  const [kept = '', ...others] = await keptSnapshots();
  expect(others).toEqual([]);
  const path = `${group.name}/${kept}`;
  await lvm('lvchange', '--activate', 'y', '--ignoreactivationskip', path);
  try {
    const full = await backup(stand, group.device(kept), '-imagetype=static', '-changetracking=no');
    expect(full.reading.scope).toBe('used');
    return full.image.id;
  } finally {
    await lvm('lvchange', '--activate', 'n', path);
  }
}

/** Overwrites 28 KiB of a file in place, from its `page` on. */
async function overwriteSome(path: string, page: number): Promise<void> {
  await run('dd', ['if=/dev/urandom', `of=${path}`, 'bs=4k', 'count=7', `seek=${page}`, 'conv=notrunc']);
}

/** Overwrites in place, appends, removes, truncates, adds, and gives freed blocks back. */
async function workload(random: () => number, round: number): Promise<void> {
  const folder = join(point, 'photos');
  const names = (await readdir(folder)).sort();
  const anyOf = (): string => join(folder, names[Math.floor(random() * names.length)] ?? '');
  const kinds: (() => Promise<unknown>)[] = [
    () => overwriteSome(anyOf(), Math.floor(random() * 200)),
    () => run('cp', [anyOf(), join(folder, `copy-${round}`)]),
    () => run('truncate', ['--size', String(Math.floor(random() * MIB)), anyOf()]),
    () => run('rm', ['-f', anyOf()]),
    () => fill(point, 1 + Math.floor(random() * 2), 100 + round),
    () => run('fstrim', [point]),
  ];
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--)
    await kinds[Math.floor(random() * kinds.length)]?.();
  // What nobody flushed counts, too: the snapshot does that.
  if (random() < 0.5) await run('sync', []);
}

test(`${WORKLOADS} workloads are read by their changes and give the images of full reads`, {
  timeout: 7_200_000,
}, async () => {
  const random = seeded(SEED);
  const options = ['-mode=incremental', '-changetrackingfull=1000'];
  const first = await backupLvm(stand, device, ...options);
  expect(first.reading).toMatchObject({ scope: 'used', why: expect.stringMatching(/no image before kept a snapshot/) });
  let base = first.image.id;
  const pairs: [changes: string, everything: string][] = [];
  for (let round = 1; round <= WORKLOADS; round++) {
    await workload(random, round);
    const row = await backupLvm(stand, device, ...options);
    const when = `round ${round}, seed ${SEED}`;
    expect(row.reading, when).toMatchObject({ scope: 'changed', auditMismatches: 0 });
    expect(row.warnings, when).toEqual([]);
    const changed = await changedBytesBetween(stand, [base, row.image.id], GRID);
    const most = changed * 1.2 + row.counters.zeroBytes + row.reading.auditedBlocks * GRID;
    base = row.image.id;
    expect(row.counters.readBytes, when).toBeLessThanOrEqual(most);
    pairs.push([row.image.id, await imageOfKept()]);
  }
  const images = await imagesOf(stand);
  for (const [changes, everything] of pairs) {
    expect(images.get(changes)?.manifest.merkleRoot).toBe(images.get(everything)?.manifest.merkleRoot);
  }
});

/** Makes a snapshot of now pass for the one that the last image was made of. */
type Lie = (kept: string) => Promise<unknown>;

const LIES: [title: string, lie: Lie][] = [
  [
    'the kept snapshot is swapped for a younger one of its name',
    async (kept) => {
      const tags = await lvm('lvs', '--noheadings', '--options', 'lv_tags', `${group.name}/${kept}`);
      await lvm('lvremove', '--yes', `${group.name}/${kept}`);
      const tagged = tags
        .trim()
        .split(',')
        .flatMap((tag) => ['--addtag', tag]);
      await lvm('lvcreate', '--snapshot', '--permission', 'r', '--name', kept, ...tagged, `${group.name}/thin`);
    },
  ],
  [
    'the record names a younger snapshot',
    async (kept) => {
      const younger = 'stillframe_kept_liar_000000';
      await lvm('lvrename', group.name, kept, 'older');
      await lvm(
        'lvcreate',
        '--snapshot',
        '--permission',
        'r',
        '--name',
        younger,
        '--addtag',
        'stillframe',
        `${group.name}/thin`,
      );
      const folder = join(stand.place.home, 'state', 'stillframe', 'tracking');
      const [name = ''] = (await readdir(folder)).filter((one) => one.endsWith('.json'));
      const record = await readFile(join(folder, name), 'utf8');
      await writeFile(join(folder, name), record.replaceAll(kept, younger));
      await lvm('lvremove', '--yes', `${group.name}/older`);
    },
  ],
];

test.each(LIES)('%s: found out, and the image is right', async (_title, lie) => {
  if ((await keptSnapshots()).length === 0) await backupLvm(stand, device, '-mode=incremental');
  const [kept = ''] = await keptSnapshots();
  // In place: what is used for the first time is read whatever change tracking says.
  for (const name of ['file-1-1', 'file-1-3', 'file-1-5']) await overwriteSome(join(point, 'photos', name), 100);
  await run('sync', []);
  await lie(kept);
  const row = await backupLvm(stand, device, '-mode=incremental', '-changetrackingaudit=100');
  expect(row.reading.scope).toBe('used');
  expect(row.reading.auditMismatches).toBeGreaterThan(0);
  expect(row.warnings.join()).toMatch(/^Change tracking was wrong/);
  expect(await merkleRoot(stand, row.image.id)).toBe(await merkleRoot(stand, await imageOfKept()));
});
