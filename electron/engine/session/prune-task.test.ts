/** Pruning as a task of the engine: phases, result, queue, preview. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PruneResult } from '#contract';
import { createEngine } from '../create-engine.ts';
import type { Engine } from '../engine.ts';
import type { Ports } from '../ports.ts';
import { newRepository, PASSPHRASE, reopen, saveFiles } from '../repository/restic-oracle.ts';
import { testPorts } from '../testing/test-ports.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';

let workspace: Workspace;
let location: string;
let engine: Engine;

beforeEach(async () => {
  workspace = await createWorkspace();
  location = join(workspace.folder, 'repository');
  {
    await using repository = await newRepository(location);
    const removed = await saveFiles(repository, { gone: [randomBytes(40_000)] });
    await saveFiles(repository, { kept: [randomBytes(10_000)] });
    await using _lock = await repository.lock(true);
    await repository.removeSnapshots([removed]);
  }
  const ports: Ports = {
    ...testPorts(workspace.folder),
    nodeName: 'test',
    capabilities: { canPickFolder: false, canPickFile: false, canNotify: false, canElevate: false },
  };
  engine = await createEngine(ports, { repositoryLocation: location, passphrase: PASSPHRASE });
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
  await workspace[Symbol.asyncDispose]();
});

it('says what it would do, does it, and is recorded', async () => {
  const plan = await engine.retention.prunePreview({});
  expect(plan).toMatchObject({ packs: 4, removePacks: 2, repackPacks: 0 });
  const { taskId } = await engine.retention.prune({ maxUnusedPercent: 0 });
  const { state, result, phasesDone, command, kind, subject } = await engine.tasks.finished(taskId);
  expect({ state, kind, subject, command }).toEqual({
    state: 'succeeded',
    kind: 'prune',
    subject: location,
    command: 'stillframe prune -maxunused=0',
  });
  expect(phasesDone).toEqual(['lock', 'plan', 'index', 'delete']);
  expect(result).toMatchObject({ kind: 'prune', removedPacks: 2, freedBytes: plan.freedBytes, warnings: [] });
  const { runs } = await engine.activity.list({ filter: { kinds: ['prune'] }, limit: 10 });
  expect(runs).toHaveLength(1);
  expect((result as PruneResult).totalBytes).toBe(plan.totalBytes - plan.freedBytes);
});

it('is refused while another program uses the repository, and while one is under way', async () => {
  await using other = await reopen(location);
  await using _lock = await other.lock(false);
  const { taskId } = await engine.retention.prune({});
  await expect(engine.retention.prune({})).rejects.toMatchObject({ code: 'TASK_CONFLICT' });
  expect(await engine.tasks.finished(taskId)).toMatchObject({ state: 'failed', error: { code: 'REPOSITORY_LOCKED' } });
  // A preview does not mind.
  expect(await engine.retention.prunePreview({})).toMatchObject({ packs: 4 });
});
