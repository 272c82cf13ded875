import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { freezeProgram } from '../../native.ts';
import { requireLoopDevices } from '../../testing/machine-limits.ts';
import { runProgram } from '../../testing/run-program.ts';
import { loopStand, type SnapshotStand } from '../../testing/snapshot-stand.ts';
import { assertWritable, pause } from '../conformance/stand.ts';
import { type FrozenFileSystem, freeze } from './hold.ts';

type Stand = SnapshotStand & { root: FileHandle };

/** A mounted ext4, with its root open. */
async function openStand(): Promise<Stand> {
  const stand = await loopStand('ext4');
  const root = await open(stand.folder, 'r');
  const dispose = async (): Promise<void> => {
    await root.close();
    await stand[Symbol.asyncDispose]();
  };
  return { ...stand, root, [Symbol.asyncDispose]: dispose };
}

function freezeIt({ root }: Stand, name: string, deadlineMs = 30_000): Promise<FrozenFileSystem> {
  return freeze({ folder: root, name, deadlineMs });
}

/** Process ids of a freeze: the holder, then its guard. */
async function pidsOf(name: string): Promise<number[]> {
  const lines = (await runProgram('pgrep', ['--full', `stillframe-freeze .* ${name}$`])).trim().split('\n');
  return lines.map(Number).sort((a, b) => a - b);
}

test('keeps it frozen until it is asked to thaw, and answers meanwhile', async (context) => {
  requireLoopDevices(context);
  await using stand = await openStand();
  const frozen = await freezeIt(stand, 'asked');
  expect(await Promise.all([frozen.ended(), frozen.ended()])).toEqual([undefined, undefined]);
  await expect(freezeIt(stand, 'second')).rejects.toMatchObject({ name: 'FreezeRefused', code: 'EBUSY' });
  expect(await frozen.ended()).toBeUndefined();
  expect(await frozen.thaw()).toEqual({ kind: 'thawed', cause: 'asked' });
  expect(await frozen.thaw()).toEqual({ kind: 'thawed', cause: 'asked' });
  expect(await frozen.ended()).toEqual({ kind: 'thawed', cause: 'asked' });
  await assertWritable(stand.folder);
});

test.for([
  ['holder', 0, 'SIGKILL', 'partner'],
  ['guard', 1, 'SIGKILL', 'partner'],
  ['holder', 0, 'SIGTERM', 'signal'],
  ['guard', 1, 'SIGTERM', 'signal'],
  ['holder', 0, 'SIGHUP', 'signal'],
] as const)('the death of the %s (%i) by %s thaws', async ([who, index, signal, cause], context) => {
  requireLoopDevices(context);
  await using stand = await openStand();
  const name = `${who}-${signal}`;
  const frozen = await freezeIt(stand, name);
  process.kill((await pidsOf(name))[index] ?? 0, signal);
  await assertWritable(stand.folder);
  for (let wait = 0; (await frozen.ended()) === undefined && wait < 100; wait++) await pause(20);
  expect(await frozen.ended()).toEqual({ kind: 'thawed', cause });
});

test.for(['holder', 'guard'] as const)('a %s that was stopped does not hold up the deadline', async (who, context) => {
  requireLoopDevices(context);
  await using stand = await openStand();
  const name = `stopped-${who}`;
  const frozen = await freezeIt(stand, name, 700);
  const stopped = (await pidsOf(name))[who === 'holder' ? 0 : 1] ?? 0;
  process.kill(stopped, 'SIGSTOP');
  await assertWritable(stand.folder);
  process.kill(stopped, 'SIGCONT');
  expect(await frozen.thaw()).toEqual({ kind: 'thawed', cause: 'deadline' });
});

test('both killed at once is told, so that somebody thaws', async (context) => {
  requireLoopDevices(context);
  await using stand = await openStand();
  const frozen = await freezeIt(stand, 'both');
  const pids = await pidsOf('both');
  // The guard cannot act on the death of its partner while it is stopped.
  process.kill(pids[1] ?? 0, 'SIGSTOP');
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  expect(await frozen.ended()).toEqual({ kind: 'stuck', cause: 'killed' });
  await runProgram('fsfreeze', ['--unfreeze', stand.folder]);
});

test('a kill of the whole control group spares the guard', async (context) => {
  requireLoopDevices(context);
  await using stand = await openStand();
  const { dev } = await stand.root.stat({ bigint: true });
  const group = '/sys/fs/cgroup/stillframe-test';
  // A mount namespace of its own with the unified hierarchy where every modern system has it.
  const script = [
    'mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null; test -f /sys/fs/cgroup/cgroup.procs || exit 77',
    `mkdir ${group} && test -f ${group}/cgroup.kill || exit 77`,
    `sh -c 'echo $$ > ${group}/cgroup.procs; sleep 600 | exec "$0" "$@"' "$@" & sleep 1`,
    `echo 1 > ${group}/cgroup.kill; wait; until rmdir ${group} 2>/dev/null; do sleep 0.1; done`,
  ].join('\n');
  const args = ['--mount', 'sh', '-c', script, 'sh', freezeProgram(), String(dev), '60000', stand.folder, 'group'];
  const child = spawn('unshare', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const [status] = await once(child, 'close');
  if (status === 77) context.skip('SKIPPED: this test needs the unified control group hierarchy');
  expect(said).toBe('frozen\nthawed partner\n');
  await assertWritable(stand.folder);
});

test('freezes nothing for an engine that is gone, on another file system, or for ever', async (context) => {
  requireLoopDevices(context);
  await using stand = await openStand();
  const { dev } = await stand.root.stat({ bigint: true });
  const run = async (...args: string[]): Promise<string> => {
    const child = spawn(freezeProgram(), args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    await once(child, 'close');
    return said.trim();
  };
  expect(await run(String(dev), '1000', stand.folder, 'x')).toBe('error ECANCELED');
  expect(await run('1', '1000', stand.folder, 'x')).toBe('error ESTALE');
  expect(await run(String(dev), '1000', `${stand.folder}/nothing`, 'x')).toBe('error ENOENT');
  for (const deadline of ['0', '-1', 'x', '', '99999999999999']) {
    expect(await run(String(dev), deadline, stand.folder, 'x')).toBe('error EINVAL');
  }
  await assertWritable(stand.folder);
});
