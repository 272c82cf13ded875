/** The right image onto the right device: what was shown is what is written, or nothing is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEngine } from '#engine/create-engine.ts';
import type { Engine } from '#engine/engine.ts';
import { createNodePorts } from '../../electron/hosts/node-ports.ts';
import { environmentOf } from '../driver/stillframe.ts';
import { run, Stand } from './stand.ts';
import { MIB, sparseFile, wreck } from './volumes.ts';

const SIZE = 8 * MIB;

/** A real engine in this process, on the stand's repository. */
async function engineAt(stand: Stand, nodeName?: string): Promise<Engine> {
  const capabilities = { canPickFolder: false, canPickFile: false, canNotify: false, canElevate: false };
  const ports = createNodePorts({ capabilities, environment: environmentOf(stand.place) });
  const passphrase = (await readFile(stand.place.passwordFile, 'utf8')).trim();
  return createEngine(nodeName ? { ...ports, nodeName } : ports, {
    repositoryLocation: stand.place.repository,
    passphrase,
  });
}

async function standWithImage(): Promise<{ stand: Stand; source: string }> {
  const stand = await Stand.create();
  const source = await sparseFile(join(stand.folder, 'source.img'), SIZE);
  await wreck(source, SIZE);
  await stand.ok('init');
  await stand.backup(source);
  return { stand, source };
}

test('a device that was swapped after the plan was shown is not written', async () => {
  const { stand, source } = await standWithImage();
  await using _stand = stand;
  await using engine = await engineAt(stand);
  const path = join(stand.folder, 'target.img');
  await sparseFile(path, SIZE);
  const shown = await engine.planRestore({ source, target: path });
  expect(shown).toMatchObject({ refusals: [], targetExists: true });

  // Another file of the same name and size: as a card that was swapped for one of the same size.
  await run('rm', [path]);
  await sparseFile(path, SIZE);
  const request = { source, target: path, confirmation: path };
  await expect(engine.startRestore({ ...request, planId: shown.planId })).rejects.toMatchObject({
    code: 'TARGET_NOT_CONFIRMED',
  });
  await expect(engine.startRestore(request)).rejects.toMatchObject({ code: 'TARGET_NOT_CONFIRMED' });
  await run('cmp', ['-n', String(SIZE), path, '/dev/zero']);

  const { planId } = await engine.planRestore({ source, target: path });
  const { taskId } = await engine.startRestore({ ...request, planId });
  expect((await engine.tasks.finished(taskId)).state).toBe('succeeded');
  await run('cmp', [source, path]);
});

test('a file that appeared after the plan said it would be made is not overwritten', async () => {
  const { stand, source } = await standWithImage();
  await using _stand = stand;
  await using engine = await engineAt(stand);
  const path = join(stand.folder, 'new.img');
  const shown = await engine.planRestore({ source, target: path, toFile: true });
  expect(shown.targetExists).toBe(false);
  await sparseFile(path, SIZE);
  const request = { source, target: path, toFile: true, confirmation: path, planId: shown.planId };
  await expect(engine.startRestore(request)).rejects.toMatchObject({ code: 'TARGET_NOT_CONFIRMED' });
  await run('cmp', ['-n', String(SIZE), path, '/dev/zero']);
});

test("another node's volume of the same name is never meant by its name alone", async () => {
  const { stand, source } = await standWithImage();
  await using _stand = stand;
  await using engine = await engineAt(stand, 'another-node');
  await expect(engine.planRestore({ source })).rejects.toMatchObject({ code: 'IMAGE_AMBIGUOUS' });
  const [image] = await engine.listImages();
  expect((await engine.planRestore({ source: image?.id ?? '', target: source })).image.id).toBe(image?.id);
});

test('the repository is not changed while a task uses it', async () => {
  const { stand, source } = await standWithImage();
  await using _stand = stand;
  await using engine = await engineAt(stand);
  const { taskId } = await engine.startBackup({ volume: source });
  await expect(engine.repository.open({ location: stand.place.repository })).rejects.toMatchObject({
    code: 'TASK_CONFLICT',
  });
  expect((await engine.tasks.finished(taskId)).state).toBe('succeeded');
  const passphrase = (await readFile(stand.place.passwordFile, 'utf8')).trim();
  expect((await engine.repository.open({ location: stand.place.repository, passphrase })).state).toBe('open');
});

test('a repository that can no longer be written still gives its images back', async () => {
  const { stand, source } = await standWithImage();
  await using _stand = stand;
  await run('mount', ['--bind', stand.place.repository, stand.place.repository]);
  stand.defer(() => run('umount', [stand.place.repository], { accept: [0, 32] }));
  await run('mount', ['-o', 'remount,ro,bind', stand.place.repository]);
  const target = await sparseFile(join(stand.folder, 'target.img'), SIZE);
  const outcome = await stand.run('restore', 'image', source, target, '-noprompt');
  expect(outcome.code).toBe(8);
  expect(JSON.stringify(outcome.lines.at(-1))).toContain('read without a lock');
  await run('cmp', [source, target]);
});
