/**
 * Copies of mounted file systems that are being written to: of frozen ones (as LVM and clones make them) the map is
 * used, of others it is not. Judges: xfs_db for the map, xfs_repair for what is in place, and the kernel, which mounts
 * what is left after everything outside the map was overwritten.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import type { Extents } from '../../base/extents.ts';
import { age, hashTree } from '../../testing/aging.ts';
import { differences, toBlockMap } from '../../testing/block-map.ts';
import { requireLoopDevices } from '../../testing/machine-limits.ts';
import { runProgram } from '../../testing/run-program.ts';
import { seeded, seededBytes } from '../../testing/seeded.ts';
import { createTestVolume, type TestVolume } from '../../testing/test-volume.ts';
import { xfsDbMap } from '../../testing/xfs-oracle.ts';
import { readUsedMapOf } from '../used-map.ts';

const MiB = 1024 * 1024;
const SIZE = 160 * MiB;

/** A program that writes, overwrites and deletes as long as it lives; frozen, it waits. */
function startWriter(folder: string): AsyncDisposable {
  const script = `n=0; while :; do n=$((n+1)); f="$0/w$((n%90))"
    head -c $((n%7*9000+1)) /dev/urandom > "$f"; head -c 70000 /dev/urandom >> "$0/log"
    [ $((n%3)) = 0 ] && rm -f "$0/w$((n*7%90))"; [ $((n%50)) = 0 ] && : > "$0/log"; done`;
  const writer = spawn('sh', ['-c', script, folder], { stdio: 'ignore' });
  const ended = once(writer, 'exit');
  return {
    async [Symbol.asyncDispose]() {
      writer.kill('SIGKILL');
      await ended;
    },
  };
}

/** Files that are deleted but open, blocks beyond the end of files, shared blocks that were written to. */
async function fillIn(folder: string, seed: number, reflink: boolean): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  await age(folder, { seed, operations: 1500 });
  const bytes = seededBytes(seeded(seed), 2 * MiB);
  for (let index = 0; index < 20; index++) {
    const file = stack.use(await open(`${folder}/deleted-${index}`, 'w+'));
    await file.write(bytes, index * 512, MiB / 4);
    await rm(`${folder}/deleted-${index}`);
  }
  await runProgram('fallocate', ['-l', '5M', `${folder}/allocated`]);
  await runProgram('fallocate', ['-n', '-o', '5M', '-l', '3M', `${folder}/allocated`]);
  const appended = stack.use(await open(`${folder}/appended`, 'a'));
  for (let index = 0; index < 30; index++) await appended.write(bytes.subarray(index, index + 30_000));
  if (reflink) {
    const original = stack.use(await open(`${folder}/shared`, 'w+'));
    await original.write(bytes);
    await original.sync();
    await runProgram('cp', ['--reflink=always', `${folder}/shared`, `${folder}/copy`]);
    await original.write(bytes, 7, 50_000, 300_000);
  }
  const owned = stack.move();
  return { [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function copyDevice(volume: TestVolume, name: string): Promise<string> {
  const path = volume.workspace.path(name);
  await runProgram('dd', [`if=${volume.device}`, `of=${path}`, 'bs=1M', 'iflag=direct', 'conv=sparse', 'status=none']);
  return path;
}

/** Copies the device while the file system is frozen; it is thawed whatever happens. */
async function copyFrozen(volume: TestVolume, folder: string): Promise<string> {
  await runProgram('fsfreeze', ['-f', folder]);
  try {
    return await copyDevice(volume, 'frozen');
  } finally {
    await runProgram('fsfreeze', ['-u', folder]);
  }
}

/** What an image of these extents would give back, with rubbish where they are not. */
async function restored(path: string, extents: Extents): Promise<string> {
  const target = `${path}-restored`;
  await using from = await open(path, 'r');
  await using to = await open(target, 'w');
  const rubbish = Buffer.alloc(MiB, 0xaa);
  for (let at = 0; at < SIZE; at += MiB) await to.write(rubbish, 0, MiB, at);
  for (let index = 0; index < extents.length; index += 2) {
    const bytes = Buffer.alloc(extents[index + 1] ?? 0);
    await from.read(bytes, 0, bytes.length, extents[index] ?? 0);
    await to.write(bytes, 0, bytes.length, extents[index] ?? 0);
  }
  return target;
}

/** Mounts a copy, which replays its log, and hashes its files; then its checker must find nothing. */
async function replayedFiles(volume: TestVolume, path: string): Promise<Record<string, string>> {
  const folder = volume.workspace.path(`mount-of-${path.split('/').at(-1)}`);
  await mkdir(folder);
  await runProgram('mount', ['-o', 'loop,nouuid,noatime', path, folder]);
  const hashes = await hashTree(folder).finally(() => runProgram('umount', [folder]));
  await runProgram('xfs_repair', ['-n', '-f', path]);
  return hashes;
}

/** The map of a frozen copy is used, is what xfs_db says, and keeps all files; returns how many those are. */
async function expectMapped(volume: TestVolume, path: string): Promise<number> {
  const map = await readUsedMapOf(path, { gapBytes: 1 });
  expect(map.summary).toMatchObject({ mode: 'used', warnings: [] });
  expect(map.facts.state).toBe('clean');
  const judged = await xfsDbMap(path);
  expect(differences(toBlockMap(map.extents, map.facts.blockSizeBytes, judged.map.length), judged.map)).toEqual([]);
  const left = await restored(path, map.extents);
  const hashes = await replayedFiles(volume, path);
  expect(await replayedFiles(volume, left)).toEqual(hashes);
  await rm(left);
  return Object.keys(hashes).length;
}

async function expectRaw(path: string): Promise<void> {
  const map = await readUsedMapOf(path, { gapBytes: 1 });
  expect(map.summary.mode).toBe('raw');
  expect(map.facts.state).toBe('dirty');
  expect(map.summary.warnings.join()).toMatch(/log does not end with an unmount/);
}

async function volumeOf(context: TestContext, ...options: string[]): Promise<TestVolume> {
  requireLoopDevices(context);
  return await createTestVolume({ sizeBytes: SIZE, mkfs: ['xfs', '--unsupported', ...options] });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const ROWS: [name: string, reflink: boolean, ...options: string[]][] = [
  ['defaults', true],
  ['a small log', true, '-l', 'size=12m'],
  ['no reflink', false, '-m', 'reflink=0'],
  ['reverse mapping, 1 KiB blocks', true, '-m', 'rmapbt=1', '-b', 'size=1024'],
  ['4 KiB sectors', true, '-s', 'size=4096'],
  ['a small log of wide stripes', true, '-l', 'size=20m,su=256k'],
  ['8 groups, no finobt', false, '-d', 'agcount=8', '-m', 'finobt=0,inobtcount=0,reflink=0'],
];

describe('copies of an XFS that is written to: frozen, the map is used; live or crashed, it is not', () => {
  for (const [name, reflink, ...options] of ROWS) {
    it(name, { timeout: 120_000 }, async (context) => {
      await using volume = await volumeOf(context, ...options);
      await using mount = await volume.mount();
      await using _held = await fillIn(mount.mountPoint, name.length, reflink);
      await using _writer = startWriter(mount.mountPoint);
      await pause(600);
      const frozen = await copyFrozen(volume, mount.mountPoint);
      await pause(300);
      await runProgram('sync', ['-f', mount.mountPoint]);
      await expectRaw(await copyDevice(volume, 'live'));
      await runProgram('xfs_io', ['-x', '-c', 'shutdown -f', mount.mountPoint]);
      await expectRaw(await copyDevice(volume, 'crashed'));
      expect(await expectMapped(volume, frozen)).toBeGreaterThan(90);
    });
  }

  it('thawed, and one thing changed: raw; frozen again: the map is used', {
    timeout: 120_000,
  }, async (context) => {
    await using volume = await volumeOf(context);
    await using mount = await volume.mount();
    const file = `${mount.mountPoint}/file`;
    await using _held = await fillIn(mount.mountPoint, 77, true);
    await writeFile(file, Buffer.alloc(100_000, 1));
    const changes: [program: string, ...args: string[]][] = [
      ['touch', `${file}-new`],
      ['chmod', '600', file],
      ['chown', '5', file],
      ['ln', file, `${file}-link`],
      ['mv', `${file}-new`, `${file}-moved`],
      ['truncate', '-s', '5000', file],
      ['fallocate', '-l', '1M', file],
      ['fallocate', '-p', '-o', '4096', '-l', '8192', file],
      ['cp', '--reflink=always', file, `${file}-shared`],
      ['dd', 'if=/dev/zero', `of=${file}`, 'bs=4096', 'count=3', 'seek=9', 'conv=notrunc', 'status=none'],
      ['rm', `${file}-shared`],
      ['mkdir', `${file}-folder`],
      ['xfs_io', '-c', 'label -s other', mount.mountPoint],
    ];
    for (const [program, ...args] of changes) {
      await copyFrozen(volume, mount.mountPoint);
      await runProgram(program, args);
      await runProgram('sync', ['-f', mount.mountPoint]);
      await expectRaw(await copyDevice(volume, 'changed'));
    }
    await expectMapped(volume, await copyFrozen(volume, mount.mountPoint));
  });
});
