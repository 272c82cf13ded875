import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TaskSnapshot } from '#contract';
import { type CannedEngine, createCannedEngine } from './canned-engine.ts';
import { createStores, type Stores } from './create-stores.ts';
import { allowedPlan } from './restore-store.ts';

let engine: CannedEngine;
let stores: Stores;

const LOOP = '/dev/loop7';
const RUNNING: TaskSnapshot = {
  id: 'task-1',
  kind: 'backup',
  subject: LOOP,
  state: 'running',
  queuedAt: '2026-11-21T00:00:00Z',
  phasesDone: [],
  warnings: [],
  command: 'stillframe backup image /dev/sdb1',
  hasBlocks: false,
};

async function begin(prepare: (engine: CannedEngine) => void = () => undefined): Promise<void> {
  engine = createCannedEngine();
  prepare(engine);
  stores = createStores(engine.connection);
  stores.start();
  await vi.waitFor(() => expect(stores.repository.getState().status.phase).toBe('ready'));
  await vi.waitFor(() => expect(stores.volumes.getState().list.phase).toBe('ready'));
}

const imagesLoaded = () => vi.waitFor(() => expect(stores.images.getState().list.phase).toBe('ready'));

beforeEach(() => begin());
afterEach(() => engine.cut());

it('fetches repository, volumes and images, and shows the newest image', async () => {
  await imagesLoaded();
  expect(stores.repository.getState().status.value?.state).toBe('open');
  expect(stores.images.getState()).toMatchObject({ volume: LOOP, selectedId: 'b'.repeat(64) });
});

it('follows a task and fetches the images again when it ends', async () => {
  await imagesLoaded();
  await vi.waitFor(() => expect(engine.asked).toContain('tasks.watch'));
  engine.report(RUNNING);
  await vi.waitFor(() => expect(stores.tasks.getState().tasks[0]?.state).toBe('running'));
  const before = engine.asked.filter((name) => name === 'images.list').length;
  engine.report({ ...RUNNING, state: 'succeeded' });
  await vi.waitFor(() => expect(engine.asked.filter((name) => name === 'images.list').length).toBe(before + 1));
});

it('keeps a refused volume selected and says why', async () => {
  const { backup } = stores;
  engine.refuses['/dev/vda'] = 'VOLUME_BUSY';
  backup.getState().choose(['/dev/vda', LOOP], true);
  await backup.getState().start();
  expect(backup.getState().selected).toEqual(['/dev/vda']);
  expect(backup.getState().refused['/dev/vda']?.code).toBe('VOLUME_BUSY');
  backup.getState().dismissRefusal('/dev/vda');
  expect(backup.getState().refused).toEqual({});
});

it('shows a cancelled task as cancelling at once', async () => {
  await vi.waitFor(() => expect(engine.asked).toContain('tasks.watch'));
  engine.report(RUNNING);
  await vi.waitFor(() => expect(stores.tasks.getState().tasks.length).toBe(1));
  const asked = stores.tasks.getState().cancel('task-1');
  expect(stores.tasks.getState().tasks[0]?.state).toBe('cancelling');
  await asked;
  expect(engine.asked).toContain('tasks.cancel');
});

it('preselects the original volume only if nothing speaks against it', async () => {
  await imagesLoaded();
  const { restore, images, volumes } = stores;
  const [image] = images.getState().list.value.filter((each) => each.volume === LOOP);
  if (!image) throw new Error('no image');
  const names = volumes.getState().list.value.map((volume) => volume.name);

  restore.getState().begin(image);
  await restore.getState().surveyTargets(names);
  expect(restore.getState().target).toEqual({ kind: 'volume', name: LOOP });

  engine.refuses[LOOP] = 'TARGET_MOUNTED';
  restore.getState().begin(image);
  await restore.getState().surveyTargets(names);
  expect(restore.getState().target).toBeNull();
  expect(allowedPlan(restore.getState())).toBeNull();
});

it('looks at the targets anew when the step is entered, and forgets one that was unplugged', async () => {
  await imagesLoaded();
  const { restore, images, volumes } = stores;
  const [image] = images.getState().list.value.filter((each) => each.volume === LOOP);
  if (!image) throw new Error('no image');
  const names = volumes.getState().list.value.map((volume) => volume.name);
  restore.getState().begin(image);
  restore.getState().goTo('where');
  await restore.getState().surveyTargets(names);
  expect(allowedPlan(restore.getState())?.targetName).toBe(LOOP);
  restore.getState().goTo('confirm');

  engine.refuses[LOOP] = 'TARGET_MOUNTED';
  restore.getState().goTo('where');
  expect(allowedPlan(restore.getState())).toBeNull();
  await restore.getState().surveyTargets(names);
  expect(allowedPlan(restore.getState())).toBeNull();

  await restore.getState().surveyTargets(names.filter((name) => name !== LOOP));
  expect(restore.getState().target).toBeNull();
});

it('starts a restore only with the target’s name typed, and closes the dialog then', async () => {
  await imagesLoaded();
  const { restore, images } = stores;
  const [image] = images.getState().list.value;
  if (!image) throw new Error('no image');
  restore.getState().begin(image);
  await restore.getState().chooseTarget({ kind: 'volume', name: LOOP });
  restore.getState().setConfirmation('/dev/loop');
  expect(await restore.getState().start()).toBe(false);
  expect(restore.getState().failure?.code).toBe('TARGET_NOT_CONFIRMED');
  restore.getState().setConfirmation(LOOP);
  expect(await restore.getState().start()).toBe(true);
  expect(restore.getState().image).toBeNull();
});

it('going back and closing lose nothing, and another image starts anew', async () => {
  await imagesLoaded();
  const { restore, images } = stores;
  const [image, other] = images.getState().list.value;
  if (!image || !other) throw new Error('no images');
  restore.getState().begin(image);
  restore.getState().setFreeSpace('zero');
  await restore.getState().chooseTarget({ kind: 'volume', name: LOOP });
  restore.getState().goTo('confirm');
  restore.getState().setConfirmation('/dev/lo');
  restore.getState().goTo('where');
  restore.getState().goTo('confirm');
  expect(restore.getState().confirmation).toBe('/dev/lo');
  restore.getState().close();
  restore.getState().begin(image);
  expect(restore.getState()).toMatchObject({ step: 'what', freeSpace: 'zero', target: { name: LOOP }, plans: {} });
  expect(restore.getState().confirmation).toBe('');
  restore.getState().close();
  restore.getState().begin(other);
  expect(restore.getState()).toMatchObject({ freeSpace: 'skip', target: null });
});

it('a target of the other destination counts for nothing', async () => {
  await imagesLoaded();
  const { restore, images } = stores;
  const [image] = images.getState().list.value;
  if (!image) throw new Error('no image');
  restore.getState().begin(image);
  await restore.getState().chooseTarget({ kind: 'volume', name: LOOP });
  restore.getState().setDestination('file');
  expect(allowedPlan(restore.getState())).toBeNull();
  restore.getState().setDestination('volume');
  expect(allowedPlan(restore.getState())?.targetName).toBe(LOOP);
});

it('plans again after the handling of free space was changed', async () => {
  await imagesLoaded();
  const { restore, images } = stores;
  const [image] = images.getState().list.value;
  if (!image) throw new Error('no image');
  restore.getState().begin(image);
  await restore.getState().chooseTarget({ kind: 'file', name: '/srv/out.img' });
  expect(allowedPlan(restore.getState())?.targetName).toBe('/srv/out.img');
  restore.getState().setFreeSpace('zero');
  expect(restore.getState()).toMatchObject({ target: { name: '/srv/out.img' }, plans: {} });
  expect(allowedPlan(restore.getState())).toBeNull();
});

it('says why a file cannot be added', async () => {
  const failure = await stores.volumes.getState().addFile('/srv/readme.txt');
  expect(failure?.code).toBe('VOLUME_NOT_FOUND');
  expect(await stores.volumes.getState().addFile('/srv/second.img')).toBeNull();
  expect(stores.volumes.getState().list.value.some((volume) => volume.name === '/srv/second.img')).toBe(true);
});

it('shows the recovery key once', async () => {
  engine.cut();
  await begin((next) => {
    next.status = { ...next.status, state: 'absent' };
  });
  const { repository } = stores;
  expect(engine.asked).not.toContain('images.list');
  await repository.getState().create('/mnt/backup/stillframe', undefined);
  expect(repository.getState().recoveryKey).toBe('KQ7M-2RTD');
  repository.getState().forgetRecoveryKey();
  expect(repository.getState().recoveryKey).toBeNull();
  await imagesLoaded();
});

it('keeps the repository closed after a wrong passphrase', async () => {
  engine.cut();
  await begin((next) => {
    next.status = { ...next.status, state: 'closed' };
  });
  const { repository } = stores;
  await repository.getState().open('/mnt/backup/stillframe', 'wrong');
  expect(repository.getState().failure?.code).toBe('PASSPHRASE_WRONG');
  expect(repository.getState().status.value?.state).toBe('closed');
  await repository.getState().open('/mnt/backup/stillframe', 'correct horse');
  expect(repository.getState()).toMatchObject({ failure: null, status: { value: { state: 'open' } } });
});

it('says that the engine is gone and keeps what was known', async () => {
  await imagesLoaded();
  engine.cut();
  await vi.waitFor(() => expect(stores.connection.getState().connection.phase).toBe('offline'));
  await stores.volumes.getState().refresh();
  expect(stores.volumes.getState().list).toMatchObject({ phase: 'failed', error: { code: 'ENGINE_GONE' } });
  expect(stores.volumes.getState().list.value.length).toBe(3);
});
