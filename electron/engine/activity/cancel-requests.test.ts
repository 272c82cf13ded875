/** Two engines of one person: one executes a run, the other asks it to stop. */
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ports } from '../ports.ts';
import { testPorts } from '../testing/test-ports.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';
import { CancelRequests } from './cancel-requests.ts';
import { type TaskObserver, TaskRegistry } from './task-registry.ts';

const SILENT: TaskObserver = { changed: () => undefined, phase: () => undefined, warned: () => undefined };

let workspace: Workspace;
let ports: Ports;
let tasks: TaskRegistry;
let others: CancelRequests;

beforeEach(async () => {
  workspace = await createWorkspace();
  ports = testPorts(workspace.folder) as Ports;
  const own: CancelRequests = new CancelRequests(ports, (id) => tasks.cancel(id));
  tasks = new TaskRegistry(ports, own.observing(SILENT));
  others = new CancelRequests(ports, () => undefined);
});
afterEach(async () => {
  await tasks[Symbol.asyncDispose]();
  await workspace[Symbol.asyncDispose]();
});

function start(subject: string): string {
  return tasks.start('check', subject, async ({ signal }) => {
    await setTimeout(60_000, undefined, { signal });
    throw new Error('it was not stopped');
  });
}

const left = () => readdir(`${ports.directories.state}/cancel`);

test('stops the run that is meant, and no other, and leaves nothing', async () => {
  const meant = start('/dev/a');
  const other = start('/dev/b');
  await others.request(meant);
  expect(await tasks.finished(meant)).toMatchObject({ state: 'cancelled' });
  expect(tasks.get(other)).toMatchObject({ state: 'running' });
  expect(await left()).toEqual([]);
});

test('a request that was taken back stops nothing', async () => {
  const meant = start('/dev/a');
  await others.request(meant);
  await others.withdraw(meant);
  await setTimeout(600);
  expect(tasks.get(meant)).toMatchObject({ state: 'running' });
});

test('a request for a run that nobody has stays without effect and is removed when it is old', async () => {
  await others.request('00112233aabbccdd');
  const stale = `${ports.directories.state}/cancel/ffeeddccbbaa9988`;
  await writeFile(stale, '');
  await utimes(stale, 0, 0);
  await others.request('00112233aabbccdd');
  expect(await left()).toEqual(['00112233aabbccdd']);
});

test.each(['', '../escape', 'x', '0011/2233aabbccdd'])('%j is no run', async (id) => {
  await expect(others.request(id)).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
});

test('a state folder that cannot be written is told', async () => {
  await writeFile(workspace.path('plain'), '');
  const nowhere = new CancelRequests(
    { directories: { ...ports.directories, state: workspace.path('plain') } },
    () => undefined,
  );
  await expect(nowhere.request('00112233aabbccdd')).rejects.toMatchObject({ code: 'UNSUPPORTED_ON_HOST' });
});
