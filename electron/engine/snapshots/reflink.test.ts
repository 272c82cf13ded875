import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { extentBytes } from '../base/extents.ts';
import { requireLoopDevices, whyNoLoopDevices } from '../testing/machine-limits.ts';
import { runProgram } from '../testing/run-program.ts';
import { seeded, seededBelow } from '../testing/seeded.ts';
import { type HostedOptions, hostedStand, hostVolume, loopStand } from '../testing/snapshot-stand.ts';
import { attachLoop, createSparseFile } from '../testing/test-volume.ts';
import { findVolume } from '../volumes/discover.ts';
import { copyOut, createOptions, differingUnits, KEEPER } from './conformance/stand.ts';
import { uncovered } from './conformance/tracking-cases.ts';
import { describeProvider } from './conformance.ts';
import { reflink } from './reflink.ts';

const MIB = 1024 * 1024;

/** A volume whose file lies on ext4, which cannot clone. */
async function onExt4() {
  const stand = await loopStand('ext4');
  return { volume: await stand.volume(), [Symbol.asyncDispose]: () => stand[Symbol.asyncDispose]() };
}

const SUBJECTS: HostedOptions[] = [
  { host: 'btrfs', type: 'ext4', kind: 'loop' },
  { host: 'xfs', type: 'xfs', kind: 'file' },
  { host: 'xfs', type: 'btrfs', kind: 'loop' },
  { host: 'btrfs', type: 'ext4', kind: 'file', prepare: (file) => runProgram('chattr', ['+C', file]) },
];

for (const options of SUBJECTS) {
  const { host, type, kind, prepare } = options;
  const subject = {
    name: `REFLINK (${type}, ${kind} on ${host}${prepare ? ' without copy-on-write' : ''})`,
    provider: reflink,
    makeVolume: () => hostedStand(options),
    makeUnfit: onExt4,
  };
  describeProvider(subject, whyNoLoopDevices());
}

describe('REFLINK', () => {
  test('says why a loop device over a part of a file, or of another size, is refused', async (context) => {
    requireLoopDevices(context);
    await using host = await hostVolume('btrfs');
    const file = join(host.folder, 'disk.img');
    await createSparseFile(file, 8 * MIB);
    await using part = await attachLoop(file, ['--offset', String(MIB)]);
    expect(await reflink.readiness(await findVolume(part.device), {})).toMatchObject({
      ready: false,
      reason: expect.stringMatching(/only a part/),
    });
    await using whole = await attachLoop(file);
    await createSparseFile(file, 16 * MIB);
    expect(await reflink.readiness(await findVolume(whole.device), {})).toMatchObject({
      ready: false,
      reason: expect.stringMatching(/another size/),
      remedy: expect.stringMatching(/losetup/),
    });
  });

  test('refuses XFS made without reflinks, and leaves no file', async (context) => {
    requireLoopDevices(context);
    await using host = await hostVolume('xfs', undefined, ['-m', 'reflink=0']);
    const file = join(host.folder, 'disk.img');
    await createSparseFile(file, 8 * MIB);
    const readiness = await reflink.readiness(await findVolume(file), {});
    expect(readiness).toMatchObject({ ready: false, reason: expect.stringMatching(/cannot be cloned/) });
    expect(await readdir(host.folder)).toEqual(['disk.img']);
  });

  test('clones a file that nobody has mounted, and says when somebody could write to it', async (context) => {
    requireLoopDevices(context);
    await using host = await hostVolume('btrfs');
    const file = join(host.folder, 'disk.img');
    await writeFile(file, randomBytes(4 * MIB));
    const volume = await findVolume(file);
    {
      await using snapshot = await reflink.create(volume, await createOptions());
      expect(snapshot.frozen).toBe(true);
    }
    await using loop = await attachLoop(file);
    await using _writer = await startHolding(loop.device);
    await using snapshot = await reflink.create(await findVolume(file), await createOptions());
    expect(snapshot.frozen).toBe(false);
  });

  test('two volumes of one folder in one run have clones of their own', async (context) => {
    requireLoopDevices(context);
    await using host = await hostVolume('btrfs');
    const options = await createOptions();
    const files = ['a.img', 'b.img'].map((name) => join(host.folder, name));
    await using stack = new AsyncDisposableStack();
    const paths = new Set<string>();
    for (const file of files) {
      await writeFile(file, randomBytes(MIB));
      paths.add(stack.use(await reflink.create(await findVolume(file), options)).readPath);
    }
    expect(paths.size).toBe(2);
    // The same once more is refused, and leaves the first one alone.
    await expect(reflink.create(await findVolume(files[0] ?? ''), options)).rejects.toThrow();
    for (const path of paths) expect((await stat(path)).size).toBe(MIB);
  });

  test('gives the clone up before the volume runs out of space', async (context) => {
    requireLoopDevices(context);
    await using host = await hostVolume('xfs');
    const file = join(host.folder, 'disk.img');
    await writeFile(file, randomBytes(4 * MIB));
    await using snapshot = await reflink.create(await findVolume(file), await createOptions());
    expect((await reflink.status(snapshot)).valid).toBe(true);
    const filler = join(host.folder, 'filler');
    await runProgram('sh', [
      '-c',
      'fallocate -l $(( $(df --output=avail -B1 "$0" | tail -1) - 10485760 )) "$0/filler"',
      host.folder,
    ]);
    expect(await reflink.status(snapshot)).toMatchObject({
      valid: false,
      reason: expect.stringMatching(/nearly full/),
    });
    await runProgram('truncate', ['--size=-40M', filler]);
    const refused = await reflink.readiness(await findVolume(file), {});
    expect(refused.ready).toBe(true);
    expect(refused.space?.presentBytes).toBeGreaterThan(refused.space?.neededBytes ?? 0);
  });

  test('knows nothing after somebody touched the kept clone', async (context) => {
    requireLoopDevices(context);
    await using stand = await hostedStand({ host: 'btrfs', type: 'ext4', kind: 'loop' });
    const first = await reflink.create(await stand.volume(), await createOptions());
    const kept = await reflink.tracking?.keep(first, KEEPER);
    await reflink.release(first);
    if (kept === undefined) throw new Error('not kept');
    await using second = await reflink.create(await stand.volume(), await createOptions());
    expect((await reflink.tracking?.changesSince(kept, second))?.known).toBe(true);
    const copy = `${kept.place}.copy`;
    await runProgram('cp', ['--reflink=always', '--preserve=all', kept.place, copy]);
    await runProgram('mv', [copy, kept.place]);
    expect(await reflink.tracking?.changesSince(kept, second)).toMatchObject({
      known: false,
      reason: expect.stringMatching(/changed or replaced/),
    });
    await reflink.tracking?.drop(kept);
    expect((await readdir(dirname(stand.file))).sort()).toEqual([
      expect.stringMatching(/^\.stillframe_/),
      'volume.img',
    ]);
  });

  test.for([
    ['btrfs', undefined],
    ['btrfs', 'compress-force=zstd'],
    ['xfs', undefined],
  ] as const)(
    'names all that changed after any kind of write (%s, %s)',
    { timeout: 120_000 },
    async ([type, mountOptions], context) => {
      requireLoopDevices(context);
      await using host = await hostVolume(type, mountOptions);
      const file = join(host.folder, 'disk.img');
      const size = 24 * MIB;
      await writeFile(file, randomBytes(size));
      const random = seeded(type.length * 7 + (mountOptions?.length ?? 0));
      const copies = [host.workspace.path('one'), host.workspace.path('two')] as const;
      let kept = await keepNow(file, copies[0]);
      for (let round = 0; round < 8; round++) {
        await scribble(file, size, random);
        // Moves every block, so that everything counts as changed.
        const moved = round === 5 && type === 'btrfs';
        if (moved) await runProgram('btrfs', ['filesystem', 'defragment', '-t', '32M', file]);
        const options = await createOptions();
        const snapshot = await reflink.create(await findVolume(file), options);
        await copyOut(snapshot.readPath, copies[1]);
        const changed = await reflink.tracking?.changesSince(kept, snapshot);
        if (!changed?.known) throw new Error(changed?.reason);
        expect(uncovered(await differingUnits(...copies), changed.ranges)).toEqual([]);
        if (mountOptions === undefined && !moved) expect(extentBytes(changed.ranges)).toBeLessThan(size / 2);
        await reflink.release(snapshot);
        await reflink.tracking?.drop(kept);
        kept = await keepNow(file, copies[0]);
      }
      await reflink.tracking?.drop(kept);
      expect(await readdir(host.folder)).toEqual(['disk.img']);
    },
  );
});

/** Keeps the file as it is now, with a copy of it. */
async function keepNow(file: string, copy: string) {
  await using snapshot = await reflink.create(await findVolume(file), await createOptions());
  await copyOut(snapshot.readPath, copy);
  const kept = await reflink.tracking?.keep(snapshot, KEEPER);
  if (kept === undefined) throw new Error('not kept');
  return kept;
}

/** A few writes of every kind: buffered, direct, holes, zeros, preallocated, moved, cloned within the file. */
async function scribble(file: string, size: number, random: () => number): Promise<void> {
  const page = (limit: number): number => seededBelow(random, Math.floor(limit / 4096)) * 4096;
  for (let i = 0; i < 6; i++) {
    const length = 4096 + page(256 * 1024);
    const offset = page(size - length);
    const range = ['-o', String(offset), '-l', String(length)];
    switch (seededBelow(random, 6)) {
      case 0:
        await runProgram('fallocate', ['--punch-hole', ...range, file]);
        break;
      case 1:
        await runProgram('fallocate', ['--zero-range', ...range, file]);
        break;
      case 2:
        await runProgram('fallocate', ['--punch-hole', ...range, file]);
        await runProgram('fallocate', ['--keep-size', ...range, file]);
        break;
      case 3: {
        const to = page(size - length);
        await runProgram('xfs_io', ['-c', `reflink ${file} ${offset} ${to} ${length}`, file]).catch(() => '');
        break;
      }
      case 4:
        await runProgram('xfs_io', ['-d', '-c', `pwrite -S ${seededBelow(random, 256)} ${offset} ${length}`, file]);
        break;
      default: {
        await using handle = await open(file, 'r+');
        await handle.write(randomBytes(length), 0, length, offset + seededBelow(random, 100));
      }
    }
  }
}

/** A process that has the device open for writing. */
async function startHolding(device: string): Promise<AsyncDisposable> {
  const child = spawn('sh', ['-c', 'exec 3<> "$0" && echo open && exec sleep 600', device]);
  await once(child.stdout, 'data');
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}
