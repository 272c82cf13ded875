/** Prune by the real program and by restic's, on repositories that either of them wrote. */
import { randomBytes } from 'node:crypto';
import { cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seeded, seededBelow } from '#engine/testing/seeded.ts';
import { errorOf, lockCount, run, Stand } from './stand.ts';
import { ext4File, fill, hashes, MIB } from './volumes.ts';

const KILLS = Number(process.env.STILLFRAME_KILLS ?? 1);
const SEED = Number(process.env.STILLFRAME_SEED ?? 20261125);
const SIZE = 128 * MIB;

interface Result {
  removedPacks: number;
  repackedPacks: number;
  freedBytes: number;
  totalBytes: number;
  preview: boolean;
}

async function prune(stand: Stand, ...options: string[]): Promise<Result & Record<string, unknown>> {
  return (await stand.ok('prune', ...options)) as unknown as Result & Record<string, unknown>;
}

/** Bytes of the stored packs. */
async function packBytes(stand: Stand): Promise<number> {
  const folder = join(stand.place.repository, 'data');
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}

/** Files by the thousand, in nested folders, of which some change with each round. */
async function writeFiles(folder: string, random: () => number, files: number, round: number): Promise<void> {
  for (let i = 0; i < files; i++) {
    const place = join(folder, `a${i % 7}`, `b${i % 31}`, `c${i % 13}`);
    await mkdir(place, { recursive: true });
    if (round === 0 || i % 3 === round % 3) {
      await writeFile(join(place, `file ${i}`), randomBytes(1 + seededBelow(random, 4000)));
    }
  }
}

test('a repository of thousands of files that restic wrote is pruned, and restic restores all of it', async () => {
  await using stand = await Stand.create();
  const random = seeded(SEED);
  const source = join(stand.folder, 'source');
  await stand.restic(['init', '--repository-version', '2']);
  for (let round = 0; round < 3; round++) {
    await writeFiles(source, random, 2000, round);
    await stand.restic(['backup', '--quiet', source]);
    if (round === 1) await cp(source, `${source}-then`, { recursive: true });
  }
  const ids = (JSON.parse((await stand.restic(['snapshots', '--json'])).stdout) as { id: string }[]).map(
    ({ id }) => id,
  );
  await stand.restic(['forget', ids[0] ?? '']);

  const before = await packBytes(stand);
  const preview = await prune(stand, '-preview', '-maxunused=0');
  expect(await packBytes(stand)).toBe(before);
  const result = await prune(stand, '-maxunused=0');
  expect(result.freedBytes).toBeGreaterThan(before / 10);
  expect(result.freedBytes).toBe(before - (await packBytes(stand)));
  expect(preview).toMatchObject({ preview: true, repackPacks: result.repackedPacks, removePacks: result.removedPacks });
  expect(await lockCount(stand)).toBe(0);
  expect((await stand.restic(['check', '--read-data'])).stdout).toContain('no errors were found');
  expect((await stand.restic(['prune', '--dry-run'])).stdout).toMatch(/unused size after prune: 0 B/);
  for (const [id, expected] of [
    [ids[1], `${source}-then`],
    [ids[2], source],
  ] as const) {
    const target = join(stand.folder, 'restored');
    await stand.restic(['restore', id ?? '', '--quiet', '--target', target]);
    await run('diff', ['-r', join(target, source), expected]);
    await rm(target, { recursive: true });
  }
});

/** Three images of a volume that changed in between; resolves with their ids and the hashes of the files in each. */
async function threeImages(stand: Stand, device: string, point: string) {
  const images: { id: string; files: Awaited<ReturnType<typeof hashes>> }[] = [];
  for (let round = 0; round < 3; round++) {
    await fill(point, 24, 10 * (round + 1));
    if (round > 0) await run('bash', ['-c', `rm -rf ${point}/*/*-${10 * round}-*`]);
    const files = await hashes(point);
    await run('umount', [point]);
    images.push({ id: (await stand.backup(device)).image.id, files });
    await run('mount', [device, point]);
  }
  return images;
}

test("our images outlive restic's forget and prune, ours outlive our own, and both stop at nothing that is needed", async () => {
  await using stand = await Stand.create();
  const device = await stand.attach(await ext4File(stand, 'volume.ext4', SIZE));
  const target = await stand.attach(await ext4File(stand, 'target.ext4', SIZE));
  const point = await stand.mount(device);
  await stand.ok('init');
  const [first, second, third] = await threeImages(stand, device, point);
  const restored = async ({ id, files }: NonNullable<typeof first>): Promise<void> => {
    await stand.ok('restore', 'image', id, target, '-noprompt');
    await run('e2fsck', ['-fn', target]);
    const there = await stand.mount(target, 'ro');
    expect(await hashes(there)).toEqual(files);
    await run('umount', [there]);
  };
  if (!first || !second || !third) throw new Error('there are not three images');

  await stand.restic(['forget', first.id, '--prune', '--max-unused', '0']);
  await stand.ok('check', '-readdata');
  await restored(second);
  await restored(third);

  await stand.restic(['forget', second.id]);
  expect((await prune(stand, '-maxunused=0')).freedBytes).toBeGreaterThan(0);
  expect((await stand.restic(['check', '--read-data'])).stdout).toContain('no errors were found');
  await restored(third);

  // What the next backup stores may not rely on what was removed.
  await fill(point, 4, 99);
  await stand.backup(device);
  expect((await stand.restic(['check', '--read-data'])).stdout).toContain('no errors were found');

  const text = await run('node', [join(import.meta.dirname, '../../out/cli/main.js'), 'prune', '-preview'], {
    env: { STILLFRAME_REPOSITORY: stand.place.repository, STILLFRAME_PASSWORD_FILE: stand.place.passwordFile },
  });
  expect(text.stdout).toContain('There is nothing to prune.');
});

test(`${KILLS} kill -9s at random moments of a prune lose nothing, and the next prune goes on`, {
  timeout: 3_600_000,
}, async () => {
  await using stand = await Stand.create();
  const random = seeded(SEED);
  const source = join(stand.folder, 'source');
  await stand.restic(['init', '--repository-version', '2']);
  await mkdir(source, { recursive: true });
  for (let round = 0; round < 3; round++) {
    for (let file = 0; file < 40; file++) {
      if (round === 0 || file % 3 === round) await writeFile(join(source, `${file}`), randomBytes(MIB));
    }
    await stand.restic(['backup', '--quiet', source]);
  }
  const ids = (JSON.parse((await stand.restic(['snapshots', '--json'])).stdout) as { id: string }[]).map(
    ({ id }) => id,
  );
  await stand.restic(['forget', ids[0] ?? '', ids[1] ?? '']);
  const master = join(stand.folder, 'master');
  const { repository } = stand.place;
  await cp(repository, master, { recursive: true });
  /** Prunes a fresh copy; killed so many milliseconds after it began, if given. Undefined where it did not end by itself. */
  const pruneCopy = async (killAfterMs?: number): Promise<number | undefined> => {
    await rm(repository, { recursive: true });
    await cp(master, repository, { recursive: true });
    const running = stand.start('prune', '-maxunused=0');
    await running.line(({ phase }) => phase === 'lock');
    const started = performance.now();
    if (killAfterMs !== undefined) {
      await sleep(killAfterMs);
      running.child.kill('SIGKILL');
    }
    return (await running.outcome).code === 0 ? performance.now() - started : undefined;
  };
  const fullMs = (await pruneCopy()) ?? 0;
  let midway = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    if ((await pruneCopy(random() * fullMs)) === undefined) midway++;
    // restic must find our lock stale, and the repository whole.
    await stand.restic(['unlock']);
    expect((await stand.restic(['check', '--read-data'])).stdout).toContain('no errors were found');
    await prune(stand, '-maxunused=0');
    expect((await stand.restic(['check'])).stdout).toContain('no errors were found');
    expect(await prune(stand, '-maxunused=0')).toMatchObject({ removedPacks: 0, repackedPacks: 0 });
  }
  const target = join(stand.folder, 'restored');
  await stand.restic(['restore', 'latest', '--quiet', '--target', target]);
  await run('diff', ['-r', join(target, source), source]);
  console.log(`kills: ${KILLS}, of which in the middle of a prune: ${midway}, seed ${SEED}`);
});

test('a prune is refused while another program uses the repository', async () => {
  await using stand = await Stand.create();
  await stand.ok('init');
  const done = join(stand.folder, 'done');
  const holding = run(
    'bash',
    ['-c', '(until [ -e "$0" ]; do sleep 0.05; done; echo data) | restic backup --stdin', done],
    {
      env: {
        RESTIC_REPOSITORY: stand.place.repository,
        RESTIC_PASSWORD_FILE: stand.place.passwordFile,
        RESTIC_CACHE_DIR: join(stand.folder, 'restic-cache'),
      },
    },
  );
  while ((await lockCount(stand)) === 0) await sleep(50);
  const refused = await stand.run('prune');
  expect(refused.code).toBe(12);
  expect(errorOf(refused)).toMatchObject({ code: 'REPOSITORY_LOCKED' });
  await writeFile(done, '');
  await holding;
  await prune(stand);
  expect((await stand.restic(['check', '--read-data'])).stdout).toContain('no errors were found');
});
