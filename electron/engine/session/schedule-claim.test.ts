import { spawn } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testPorts } from '../testing/test-ports.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';
import { ownIdentity } from '../volumes/process-identity.ts';
import { claimSchedule } from './schedule-claim.ts';

let workspace: Workspace;
let folder: string;

beforeEach(async () => {
  workspace = await createWorkspace();
  folder = join(workspace.folder, 'state/schedules');
});
afterEach(() => workspace[Symbol.asyncDispose]());

const claim = (name = 'nightly') => claimSchedule(testPorts(workspace.folder), name);

test('a schedule is held once, another one beside it, and again once it is free', async () => {
  {
    await using first = await claim();
    expect(first).toBeDefined();
    expect(await claim()).toBeUndefined();
    await using other = await claim('other');
    expect(other).toBeDefined();
  }
  expect(await readdir(folder)).toEqual([]);
  await using again = await claim();
  expect(again).toBeDefined();
});

test('of many at once one holds it', async () => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'nightly.running'), 'damaged');
  const claims = await Promise.all(Array.from({ length: 8 }, () => claim()));
  expect(claims.filter((held) => held !== undefined)).toHaveLength(1);
});

test('what a process that is gone had held is free', async () => {
  const child = spawn('/bin/true');
  await new Promise((done) => child.once('exit', done));
  await mkdir(folder, { recursive: true });
  const gone = { ...(await ownIdentity()), pid: child.pid };
  await writeFile(join(folder, 'nightly.running'), JSON.stringify(gone));
  await using held = await claim();
  expect(held).toBeDefined();
});

test('a folder that cannot be written keeps no run from starting', async () => {
  await mkdir(join(workspace.folder, 'state'), { recursive: true });
  await writeFile(folder, 'in the way');
  await using held = await claim();
  expect(held).toBeDefined();
});
