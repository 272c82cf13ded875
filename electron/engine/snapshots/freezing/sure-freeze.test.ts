/** What is thawed after a freeze that did not come to its end, and what is left to whoever froze it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { afterEach, expect, test, vi } from 'vitest';
import type * as Native from '../../native.ts';
import { requireLoopDevices } from '../../testing/machine-limits.ts';
import { runProgram } from '../../testing/run-program.ts';
import { loopStand, type SnapshotStand } from '../../testing/snapshot-stand.ts';
import { ownIdentity } from '../../volumes/process-identity.ts';
import { assertWritable } from '../conformance/stand.ts';
import { type Freezable, findFreezable, isRefusal } from './freezable.ts';
import { type FreezeChange, freezeFacts, thawLeft } from './freeze-change.ts';
import { freezeSurely } from './sure-freeze.ts';
import { sweepFreezes } from './sweep-freezes.ts';

const program = vi.hoisted(() => ({ path: '' }));
vi.mock(import('../../native.ts'), async (original) => {
  const real: typeof Native = await original();
  return { ...real, freezeProgram: () => program.path || real.freezeProgram() };
});
afterEach(() => {
  program.path = '';
});

async function targetOf(stand: SnapshotStand): Promise<Freezable> {
  const target = await findFreezable(await stand.volume(), false);
  if (target === undefined || isRefusal(target)) throw new Error(target?.reason ?? 'nothing is mounted');
  return target;
}

async function changeOf(stand: SnapshotStand, target: Freezable, name: string): Promise<FreezeChange> {
  return { volume: stand.device, name, owner: await ownIdentity(), freeze: await freezeFacts(target) };
}

const frozenByOther = (stand: SnapshotStand) => runProgram('fsfreeze', ['--freeze', stand.folder]);
/** Succeeds only on what is frozen. */
const thawedByOther = (stand: SnapshotStand) => runProgram('fsfreeze', ['--unfreeze', stand.folder]);

/** Stands in for the program that freezes: does this, and ends or is killed. */
async function stub(stand: SnapshotStand, ...lines: string[]): Promise<string> {
  const path = stand.workspace.path('stillframe-freeze');
  await writeFile(path, ['#!/bin/sh', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', ...lines, ''].join('\n'));
  await chmod(path, 0o755);
  return path;
}

test('a freeze whose processes died once the kernel had frozen is undone', async (context) => {
  requireLoopDevices(context);
  await using stand = await loopStand('ext4');
  const target = await targetOf(stand);
  const change = await changeOf(stand, target, 'died');
  program.path = await stub(stand, `fsfreeze --freeze '${stand.folder}'`, 'kill -KILL $$');
  const freezing = freezeSurely({ target, change, deadlineMs: 30_000 });
  await expect(freezing).rejects.toMatchObject({ code: 'SNAPSHOT_UNAVAILABLE' });
  await assertWritable(stand.folder);
});

test('a cancelled freeze whose processes died is undone', async (context) => {
  requireLoopDevices(context);
  await using stand = await loopStand('ext4');
  const target = await targetOf(stand);
  const change = await changeOf(stand, target, 'cancelled');
  // Ends at the cancellation, which closes its standard input.
  program.path = await stub(stand, 'read -r command', `fsfreeze --freeze '${stand.folder}'`, 'kill -KILL $$');
  const freezing = freezeSurely({ target, change, deadlineMs: 30_000, signal: AbortSignal.timeout(300) });
  await expect(freezing).rejects.toMatchObject({ code: 'CANCELLED' });
  await assertWritable(stand.folder);
});

test('somebody else’s freeze outlives ours that was refused or cancelled', async (context) => {
  requireLoopDevices(context);
  await using stand = await loopStand('ext4');
  const target = await targetOf(stand);
  const change = await changeOf(stand, target, 'refused');
  await frozenByOther(stand);
  const refused = freezeSurely({ target, change, deadlineMs: 30_000 });
  await expect(refused).rejects.toMatchObject({ code: 'SNAPSHOT_UNAVAILABLE' });
  for (const signal of [AbortSignal.abort(), AbortSignal.timeout(1), AbortSignal.timeout(5)]) {
    const cancelled = freezeSurely({ target, change, deadlineMs: 30_000, signal });
    await expect(cancelled).rejects.toMatchObject({ code: expect.stringMatching(/^CANCELLED|SNAPSHOT_UNAVAILABLE$/) });
  }
  await thawedByOther(stand);
});

test('is not sure of a thaw while a process is left that may freeze later', { timeout: 60_000 }, async (context) => {
  requireLoopDevices(context);
  await using stand = await loopStand('ext4');
  const change = await changeOf(stand, await targetOf(stand), 'lingers');
  // It starts no process of its own, which would bear its name until it is another program.
  const script = 'trap "" TERM; echo ready; read -r line';
  const lingers = spawn('bash', ['-c', script, '', 'lingers'], {
    argv0: 'stillframe-freeze',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  try {
    await once(lingers.stdout, 'data');
    expect(await thawLeft(change)).toEqual({ error: expect.stringMatching(/does not end/) });
  } finally {
    const closed = once(lingers, 'close');
    lingers.kill('SIGKILL');
    await closed;
  }
  expect(await thawLeft(change)).toEqual({ frozen: false });
});

test('a sweep thaws what a dead run of this boot left, and nothing for one of an earlier boot', async (context) => {
  requireLoopDevices(context);
  await using stand = await loopStand('ext4');
  const change = await changeOf(stand, await targetOf(stand), 'dead');
  const sweep = (bootId: string) =>
    sweepFreezes({
      changes: [{ ...change, kind: 'snapshot', provider: 'FREEZE', owner: { ...change.owner, bootId } }],
      isAlive: async () => false,
      places: [],
      isKept: () => false,
      keeper: '',
    });
  await frozenByOther(stand);
  expect(await sweep('00000000-0000-0000-0000-000000000000')).toEqual({ removed: [], left: [] });
  await thawedByOther(stand);
  await frozenByOther(stand);
  expect(await sweep(change.owner.bootId)).toEqual({ removed: [expect.stringMatching(/left frozen/)], left: [] });
  await assertWritable(stand.folder);
});
