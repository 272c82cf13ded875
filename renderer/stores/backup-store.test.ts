/** Putting a backup together: selection, options of the run, estimate, volumes that go away, the domain. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Mount } from '#contract';
import { type CannedEngine, createCannedEngine, volumeNamed } from './canned-engine.ts';
import { createStores, type Stores } from './create-stores.ts';

const LOOP = '/dev/loop7';
const OTHER = '/dev/loop8';
const GIB = 1024 ** 3;

let engine: CannedEngine;
let stores: Stores;

beforeEach(async () => {
  engine = createCannedEngine();
  stores = createStores(engine.connection);
  stores.start();
  await vi.waitFor(() => expect(stores.volumes.getState().list.phase).toBe('ready'));
});
afterEach(() => engine.cut());

const backup = () => stores.backup.getState();
const volumes = () => stores.volumes.getState();
const planned = (name: string) => engine.plannedRequests.filter(({ volume }) => volume === name);
const times = (name: string) => engine.asked.filter((asked) => asked === name).length;

describe('the estimate', () => {
  it('is one plan for every selected volume', async () => {
    backup().choose([LOOP, OTHER], true);
    await backup().estimate();
    expect(Object.keys(backup().estimates).sort()).toEqual([LOOP, OTHER]);
    expect(backup().estimates[LOOP]?.value?.readBytes).toBeGreaterThan(0);
  });

  it('follows the choice while it is open', async () => {
    backup().choose([LOOP], true);
    await backup().estimate();
    backup().choose([OTHER], true);
    await vi.waitFor(() => expect(backup().estimates[OTHER]?.phase).toBe('ready'));
    expect(planned(LOOP)).toHaveLength(1);
    backup().setType('dynamic');
    await vi.waitFor(() => expect(planned(LOOP).at(-1)).toMatchObject({ imageType: 'dynamic' }));
    await vi.waitFor(() => expect(backup().estimates[LOOP]?.phase).toBe('ready'));
    backup().choose([OTHER], false);
    expect(Object.keys(backup().estimates)).toEqual([LOOP]);
    backup().setOverrides({ compressionlevel: '9' });
    await vi.waitFor(() => expect(planned(LOOP).at(-1)).toMatchObject({ compressionLevel: 9 }));
  });

  it('asks for nothing once it is closed, and closes with the last volume', async () => {
    backup().choose([LOOP], true);
    await backup().estimate();
    backup().choose([LOOP], false);
    expect(backup()).toMatchObject({ estimating: false, estimates: {} });
    backup().choose([LOOP], true);
    backup().setType('snapshot');
    expect(planned(LOOP)).toHaveLength(1);
  });

  it('does not believe an answer about a volume that was taken out meanwhile', async () => {
    backup().choose([LOOP, OTHER], true);
    const asked = backup().estimate();
    backup().choose([OTHER], false);
    await asked;
    expect(Object.keys(backup().estimates)).toEqual([LOOP]);
  });
});

describe('options of the run', () => {
  it('go with the request, and are forgotten once it started', async () => {
    backup().setOverrides({ imagegapsize: '64k', managementclass: 'monthly', snapshotcachesize: '20' });
    backup().choose([LOOP], true);
    await backup().start();
    expect(engine.lastRequest).toEqual({
      volume: LOOP,
      imageGapBytes: 65_536,
      managementClass: 'monthly',
      options: { snapshotcachesize: '20' },
    });
    expect(backup().overrides).toEqual({});
  });

  it('stay for a volume that was refused', async () => {
    engine.refuses[OTHER] = 'VOLUME_BUSY';
    backup().setOverrides({ compressionlevel: '3' });
    backup().choose([LOOP, OTHER], true);
    await backup().start();
    delete engine.refuses[OTHER];
    await backup().retryRefused(OTHER);
    expect(engine.lastRequest).toEqual({ volume: OTHER, compressionLevel: 3 });
  });

  it('name a provider for all but dynamic images', async () => {
    backup().setOverrides({ snapshotproviderimage: 'FREEZE' });
    backup().choose([LOOP], true);
    await backup().estimate();
    expect(planned(LOOP).at(-1)).toEqual({ volume: LOOP, snapshotProviderImage: 'FREEZE' });
    backup().setType('dynamic');
    await vi.waitFor(() => expect(planned(LOOP).at(-1)).toEqual({ volume: LOOP, imageType: 'dynamic' }));
  });
});

describe('volumes that come and go', () => {
  it('stay selected when they vanish, and are not backed up', async () => {
    backup().choose([LOOP, OTHER], true);
    engine.volumes = engine.volumes.filter(({ name }) => name !== LOOP);
    await volumes().look();
    expect(volumes().gone[LOOP]?.name).toBe(LOOP);
    expect(backup().selected).toEqual([LOOP, OTHER]);
    await backup().start();
    expect(backup()).toMatchObject({ selected: [LOOP], refused: {} });
    engine.volumes = [...engine.volumes, volumeNamed(LOOP)];
    await volumes().look();
    expect(volumes().gone).toEqual({});
  });

  it('keep what did not change as it was', async () => {
    const before = volumes().list;
    engine.volumes = engine.volumes.map((volume) => ({ ...volume }));
    await volumes().look();
    expect(volumes().list).toBe(before);
    engine.volumes = engine.volumes.map((volume) => (volume.name === LOOP ? { ...volume, usedBytes: GIB } : volume));
    await volumes().look();
    expect(volumes().list.value.find(({ name }) => name === LOOP)?.usedBytes).toBe(GIB);
    expect(volumes().list.value.find(({ name }) => name === OTHER)).toBe(
      before.value.find(({ name }) => name === OTHER),
    );
  });

  it('are asked for their snapshots again once somebody mounts them', async () => {
    backup().choose([LOOP], true);
    await vi.waitFor(() => expect(stores.readiness.getState().byVolume[LOOP]?.phase).toBe('ready'));
    const mount: Mount = { mountPoint: '/mnt', readOnly: false, options: 'rw', fsType: 'ext4' };
    engine.volumes = engine.volumes.map((volume) => (volume.name === LOOP ? { ...volume, mounts: [mount] } : volume));
    const before = times('volumes.readiness');
    await volumes().look();
    await vi.waitFor(() => expect(times('volumes.readiness')).toBe(before + 1));
  });

  it('do not turn a moment’s failure into an error', async () => {
    engine.cut();
    await vi.waitFor(() => expect(stores.connection.getState().connection.phase).toBe('offline'));
    await volumes().look();
    expect(volumes().list.phase).toBe('ready');
    await volumes().look();
    await volumes().look();
    expect(volumes().list).toMatchObject({ phase: 'failed', error: { code: 'ENGINE_GONE' } });
    expect(volumes().list.value).toHaveLength(3);
  });

  it('are not offline when they were taken off the list', async () => {
    await volumes().addFile('/srv/second.img');
    engine.volumes = engine.volumes.filter(({ kind }) => kind !== 'file');
    await volumes().removeFile('/srv/second.img');
    expect(volumes().gone).toEqual({});
  });
});

describe('the domain', () => {
  it('is backed up as far as it is here, whatever is selected', async () => {
    const mount: Mount = { mountPoint: '/home', readOnly: false, options: 'rw', fsType: 'ext4' };
    engine.volumes = engine.volumes.map((volume) => (volume.name === OTHER ? { ...volume, mounts: [mount] } : volume));
    await volumes().refresh();
    engine.domain = ['/home', '/dev/gone', OTHER];
    backup().choose([LOOP], true);
    backup().setType('dynamic');
    await backup().backUpDomain();
    expect(engine.lastRequest).toEqual({ volume: OTHER });
    expect(times('backup.start')).toBe(1);
    expect(backup()).toMatchObject({
      selected: [LOOP],
      domain: { phase: 'ready', value: { missing: ['/dev/gone'], volumes: [OTHER] } },
    });
    backup().closeDomain();
    expect(backup().domain.value).toBeNull();
  });

  it('may be empty', async () => {
    await backup().backUpDomain();
    expect(backup().domain.value).toEqual({ missing: [], volumes: [] });
    expect(times('backup.start')).toBe(0);
  });
});

it('knows what the rules make of a volume', async () => {
  await stores.readiness.getState().testRules([LOOP, OTHER, '/dev/none']);
  const { rules } = stores.readiness.getState();
  expect(Object.keys(rules)).toEqual([LOOP, OTHER]);
  expect(rules[OTHER]?.excluded).toBe(true);
});
