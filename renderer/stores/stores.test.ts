import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FixtureLink, openFixtureLink } from '../dev/fixture-link.ts';
import { createFixtureRouter, type FixtureOptions } from '../dev/fixture-router.ts';
import { createConnection } from '../transport/connection.ts';
import { createStores, type Stores } from './create-stores.ts';
import { allowedPlan } from './restore-store.ts';
import { isFinished } from './tasks-store.ts';

let opened: FixtureLink;
let stores: Stores;

async function begin(options: Partial<FixtureOptions> = {}): Promise<void> {
  opened = openFixtureLink(createFixtureRouter({ repository: 'open', empty: false, seconds: 0.4, ...options }));
  stores = createStores(createConnection(async () => opened));
  stores.start();
  await vi.waitFor(() => expect(stores.repository.getState().status.phase).toBe('ready'));
  await vi.waitFor(() => expect(stores.volumes.getState().list.phase).toBe('ready'));
}

beforeEach(() => begin());
afterEach(() => opened.cut());

const LOOP = '/dev/loop7';

it('fetches repository, volumes and images when the engine answers', async () => {
  await vi.waitFor(() => expect(stores.images.getState().list.value.length).toBe(7));
  expect(stores.repository.getState().status.value?.state).toBe('open');
  expect(stores.images.getState().volume).toBe(LOOP);
});

it('follows a backup to its end and fetches the images again', async () => {
  const { backup, tasks, images } = stores;
  await vi.waitFor(() => expect(images.getState().list.phase).toBe('ready'));
  const before = images.getState().list.value;
  backup.getState().choose([LOOP], true);
  await backup.getState().start();
  expect(backup.getState().selected).toEqual([]);
  await vi.waitFor(() => expect(tasks.getState().tasks[0]?.state).toBe('running'));
  await vi.waitFor(() => expect(tasks.getState().tasks.every(isFinished)).toBe(true), 5000);
  expect(tasks.getState().tasks[0]).toMatchObject({ state: 'succeeded', subject: LOOP });
  await vi.waitFor(() => expect(images.getState().list.value).not.toBe(before));
});

it('keeps a refused volume selected and says why', async () => {
  const { backup } = stores;
  backup.getState().choose(['/dev/nvme0n1p2', LOOP], true);
  await backup.getState().start();
  expect(backup.getState().selected).toEqual(['/dev/nvme0n1p2']);
  expect(backup.getState().refused['/dev/nvme0n1p2']?.code).toBe('VOLUME_BUSY');
  backup.getState().dismissRefusal('/dev/nvme0n1p2');
  expect(backup.getState().refused).toEqual({});
});

it('estimates every selected volume, and forgets the estimate when the selection changes', async () => {
  const { backup } = stores;
  backup.getState().choose([LOOP, '/dev/sdb1'], true);
  await backup.getState().estimate();
  expect(Object.keys(backup.getState().estimates).sort()).toEqual([LOOP, '/dev/sdb1']);
  expect(backup.getState().estimates[LOOP]?.value?.readBytes).toBeGreaterThan(0);
  backup.getState().setImageType('dynamic');
  expect(backup.getState().estimates).toEqual({});
});

it('cancels a running task', async () => {
  const { tasks, client } = stores;
  const { taskId } = await client.backup.start({ volume: LOOP });
  await vi.waitFor(() => expect(tasks.getState().tasks[0]?.state).toBe('running'));
  await tasks.getState().cancel(taskId);
  await vi.waitFor(() => expect(tasks.getState().tasks[0]?.state).toBe('cancelled'));
});

it('preselects the original volume only if nothing speaks against it', async () => {
  const { restore, images, volumes } = stores;
  await vi.waitFor(() => expect(images.getState().list.phase).toBe('ready'));
  const imageOf = (volume: string) => {
    const image = images.getState().list.value.find((each) => each.volume === volume);
    if (!image) throw new Error(`no image of ${volume}`);
    return image;
  };
  const names = volumes.getState().list.value.map((volume) => volume.name);

  restore.getState().begin(imageOf(LOOP));
  await restore.getState().surveyTargets(names);
  expect(restore.getState().target).toEqual({ kind: 'volume', name: LOOP });

  // Mounted: it may not be overwritten, so the person has to choose.
  restore.getState().begin(imageOf('/dev/mapper/vg0-home'));
  await restore.getState().surveyTargets(names);
  expect(restore.getState().target).toBeNull();
  expect(allowedPlan(restore.getState())).toBeNull();
});

it('plans again after the handling of free space was changed', async () => {
  const { restore, images } = stores;
  await vi.waitFor(() => expect(images.getState().list.phase).toBe('ready'));
  const image = images.getState().list.value.find((each) => each.volume === LOOP);
  if (!image) throw new Error('no image');
  restore.getState().begin(image);
  await restore.getState().chooseTarget({ kind: 'file', name: '/srv/out.img' });
  expect(allowedPlan(restore.getState())?.targetName).toBe('/srv/out.img');
  restore.getState().setFreeSpace('zero');
  expect(restore.getState().target).toBeNull();
  expect(restore.getState().plans).toEqual({});
});

it('says why a file cannot be added', async () => {
  const failure = await stores.volumes.getState().addFile('/srv/readme.txt');
  expect(failure?.code).toBe('VOLUME_NOT_FOUND');
  expect(await stores.volumes.getState().addFile('/srv/second.img')).toBeNull();
  expect(stores.volumes.getState().list.value.some((volume) => volume.name === '/srv/second.img')).toBe(true);
});

it('shows the recovery key once', async () => {
  opened.cut();
  await begin({ repository: 'absent', empty: true });
  const { repository } = stores;
  expect(repository.getState().status.value?.state).toBe('absent');
  await repository.getState().create('/mnt/backup/stillframe', undefined);
  expect(repository.getState().recoveryKey).toMatch(/^[A-Z0-9-]+$/);
  expect(repository.getState().status.value?.state).toBe('open');
  repository.getState().forgetRecoveryKey();
  expect(repository.getState().recoveryKey).toBeNull();
});

it('keeps the repository closed after a wrong passphrase', async () => {
  opened.cut();
  await begin({ repository: 'closed' });
  const { repository } = stores;
  await repository.getState().open('/mnt/backup/stillframe', 'wrong');
  expect(repository.getState().failure?.code).toBe('PASSPHRASE_WRONG');
  expect(repository.getState().status.value?.state).toBe('closed');
  await repository.getState().open('/mnt/backup/stillframe', 'correct horse');
  expect(repository.getState().status.value?.state).toBe('open');
  expect(repository.getState().failure).toBeNull();
});
