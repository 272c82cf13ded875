/** The record of all runs as the command line leaves it: also of a run that was killed, and never at its expense. */
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createEngine } from '#engine/create-engine.ts';
import type { Engine } from '#engine/engine.ts';
import { createNodePorts } from '../../electron/hosts/node-ports.ts';
import { environmentOf } from '../driver/stillframe.ts';
import { Stand } from './stand.ts';
import { ext4File, fill, MIB, sparseFile, wreck } from './volumes.ts';

async function engineAt(stand: Stand): Promise<Engine> {
  const capabilities = { canPickFolder: false, canPickFile: false, canNotify: false, canElevate: false };
  const ports = createNodePorts({ capabilities, environment: environmentOf(stand.place) });
  const passphrase = (await readFile(stand.place.passwordFile, 'utf8')).trim();
  return createEngine(ports, { repositoryLocation: stand.place.repository, passphrase });
}

const stateFolder = (stand: Stand): string => join(environmentOf(stand.place).XDG_STATE_HOME ?? '', 'stillframe');

test('runs of the command line are on record, and can be asked for again', async () => {
  await using stand = await Stand.create();
  const source = await sparseFile(join(stand.folder, 'source.img'), 8 * MIB);
  await wreck(source, 8 * MIB);
  await stand.ok('init');
  await stand.backup(source);
  await stand.ok('check');
  await using engine = await engineAt(stand);
  const { runs, total } = await engine.activity.list({ filter: {}, limit: 10 });
  expect(total).toBe(2);
  expect(runs).toMatchObject([
    { kind: 'check', state: 'succeeded', subject: stand.place.repository, repeatable: true },
    { kind: 'backup', state: 'succeeded', subject: source, repeatable: true },
  ]);
  expect(runs[1]?.storedBytes).toBeGreaterThan(0);
  const { log, command, result } = await engine.activity.details(runs[1]?.id ?? '');
  expect(log.map(({ text }) => text)).toEqual(expect.arrayContaining(['Started.', 'Phase: store.', 'Completed.']));
  expect([command.startsWith('stillframe backup image'), result?.kind]).toEqual([true, 'backup']);
  const again = await engine.activity.repeat(runs[1]?.id ?? '');
  expect((await engine.tasks.finished(again.taskId)).state).toBe('succeeded');
  // Not in the list of image files, and there all the same.
  const healthOfSource = async () => (await engine.health()).volumes.find(({ volume }) => volume === source);
  expect(await healthOfSource()).toMatchObject({ present: true, imageCount: 2 });
  await rm(source);
  expect(await healthOfSource()).toMatchObject({ present: false, reasons: [{ code: 'volumeMissing' }, {}] });
});

test('a run that was killed is on record as failed, with the reason', async () => {
  await using stand = await Stand.create();
  const device = await stand.attach(await ext4File(stand, 'volume.ext4', 512 * MIB));
  const point = await stand.mount(device);
  await fill(point, 160);
  await stand.ok('init');
  const running = stand.start('backup', 'image', device);
  await running.line((line) => line.type === 'progress');
  await sleep(100);
  running.child.kill('SIGKILL');
  await running.outcome;
  await using engine = await engineAt(stand);
  const { runs } = await engine.activity.list({ filter: { kinds: ['backup'] }, limit: 10 });
  expect(runs).toMatchObject([{ subject: device, state: 'failed', errorCode: 'ENGINE_GONE', repeatable: true }]);
  const [health] = (await engine.health()).volumes.filter(({ volume }) => volume === device);
  expect(health).toMatchObject({ light: 'bad', reasons: [{ code: 'lastRunFailed', errorCode: 'ENGINE_GONE' }, {}] });
});

test('a record that cannot be kept changes no return code', async () => {
  await using stand = await Stand.create();
  const source = await sparseFile(join(stand.folder, 'source.img'), 8 * MIB);
  await wreck(source, 8 * MIB);
  await stand.ok('init');
  const file = join(stateFolder(stand), 'activity.sqlite');
  await mkdir(file, { recursive: true });
  expect((await stand.run('backup', 'image', source)).code).toBe(0);
  expect((await stat(file)).isDirectory()).toBe(true);
  await rm(file, { recursive: true });
  await writeFile(file, 'garbage '.repeat(1000));
  expect((await stand.run('check')).code).toBe(0);
  expect((await readFile(file)).subarray(0, 15).toString()).toBe('SQLite format 3');
});
