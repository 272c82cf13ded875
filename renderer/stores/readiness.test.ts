/** Snapshot readiness: when it is asked, what is made of it, and what a backup then asks for. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProviderReadiness } from '#contract';
import { type CannedEngine, createCannedEngine, notReadyFor, readyFor } from './canned-engine.ts';
import { createStores, type Stores } from './create-stores.ts';
import { canTrackChanges, outlookOf } from './snapshot-outlook.ts';

const LOOP = '/dev/loop7';
const OTHER = '/dev/loop8';

const FREEZE: ProviderReadiness = {
  provider: 'FREEZE',
  ready: true,
  method: 'file system frozen while the image is taken',
  reason: '',
  remedy: '',
  blocksWriters: true,
  tracksChanges: false,
};

function shortOfSpace(volume: string) {
  const answer = notReadyFor(volume);
  return {
    ...answer,
    providers: answer.providers.map((one) => ({ ...one, space: { neededBytes: 64, presentBytes: 20 } })),
  };
}

describe('what a volume would get', () => {
  it('takes the snapshot that the engine would take', () => {
    expect(outlookOf('snapshot', readyFor(LOOP))).toMatchObject({ kind: 'snapshot', by: { provider: 'LINUX_LVM' } });
    expect(outlookOf('image', readyFor(LOOP))).toMatchObject({ kind: 'snapshot' });
    expect(outlookOf('image', readyFor(LOOP, { defaultImageType: 'static' }))).toEqual({ kind: 'static' });
  });

  it('becomes static with the reason that says most, and not that of a provider that stops writers', () => {
    const answer = notReadyFor(LOOP);
    const providers = [{ ...FREEZE, ready: false, reason: 'not mounted' }, ...answer.providers];
    expect(outlookOf('snapshot', { ...answer, providers })).toMatchObject({
      kind: 'static',
      no: { provider: 'LINUX_LVM' },
    });
    expect(outlookOf('snapshot', { ...answer, providers: [] })).toEqual({ kind: 'static' });
  });

  it('is refused where only space is missing', () => {
    expect(outlookOf('snapshot', shortOfSpace(LOOP))).toMatchObject({ kind: 'refused', no: { provider: 'LINUX_LVM' } });
    expect(outlookOf('image', shortOfSpace(LOOP))).toEqual({ kind: 'static' });
  });

  it('takes the provider that the person named, if it is ready', () => {
    const answer = shortOfSpace(LOOP);
    const withFreeze = { ...answer, providers: [...answer.providers, FREEZE] };
    expect(outlookOf('snapshot', withFreeze, 'FREEZE')).toMatchObject({ kind: 'snapshot', by: { provider: 'FREEZE' } });
    expect(outlookOf('snapshot', answer, 'FREEZE')).toMatchObject({ kind: 'refused' });
  });

  it('can track changes only by a snapshot that does', () => {
    expect(canTrackChanges('snapshot', readyFor(LOOP))).toBe(true);
    expect(canTrackChanges('dynamic', readyFor(LOOP))).toBe(false);
    expect(canTrackChanges('snapshot', notReadyFor(LOOP))).toBe(false);
    expect(canTrackChanges('snapshot', null)).toBe(false);
  });
});

describe('in the window', () => {
  let engine: CannedEngine;
  let stores: Stores;

  beforeEach(async () => {
    engine = createCannedEngine();
    stores = createStores(engine.connection);
    stores.start();
    await vi.waitFor(() => expect(stores.volumes.getState().list.phase).toBe('ready'));
  });
  afterEach(() => engine.cut());

  const asked = () => engine.asked.filter((name) => name === 'volumes.readiness').length;
  const known = (volume: string) => stores.readiness.getState().byVolume[volume];
  const answered = (volume: string) => vi.waitFor(() => expect(known(volume)?.phase).toBe('ready'));

  it('asks once for each selected volume, and anew when the list is refreshed', async () => {
    const { backup } = stores;
    backup.getState().choose([LOOP], true);
    await answered(LOOP);
    backup.getState().choose([OTHER], true);
    await answered(OTHER);
    expect(asked()).toBe(2);
    backup.getState().choose([OTHER], false);
    engine.readiness[LOOP] = shortOfSpace(LOOP);
    await stores.refreshVolumes();
    expect(asked()).toBe(3);
    expect(known(LOOP)?.value?.provider).toBe('NONE');
    expect(known(OTHER)).toBeUndefined();
  });

  it('asks for nothing while a dynamic image is chosen', async () => {
    const { backup } = stores;
    backup.getState().setType('dynamic');
    backup.getState().choose([LOOP], true);
    expect(asked()).toBe(0);
    backup.getState().setType('snapshot');
    await answered(LOOP);
    expect(asked()).toBe(1);
  });

  it('says why a volume could not be asked, and asks again', async () => {
    const all = engine.volumes;
    engine.volumes = all.filter(({ name }) => name !== LOOP);
    stores.backup.getState().choose([LOOP], true);
    await vi.waitFor(() => expect(known(LOOP)?.error?.code).toBe('VOLUME_NOT_FOUND'));
    engine.volumes = all;
    await stores.readiness.getState().ask([LOOP]);
    expect(known(LOOP)).toMatchObject({ phase: 'ready', error: null });
  });

  it('leaves the image type to the engine, unless the person chose one', async () => {
    const { backup } = stores;
    backup.getState().choose([LOOP], true);
    await answered(LOOP);
    await backup.getState().start();
    expect(engine.lastRequest).toEqual({ volume: LOOP });
    backup.getState().setType('snapshot');
    backup.getState().choose([LOOP], true);
    await backup.getState().start();
    expect(engine.lastRequest).toEqual({ volume: LOOP, imageType: 'snapshot' });
  });

  it('reads only what changed where that is known, and everything elsewhere', async () => {
    const { backup } = stores;
    backup.getState().setMode('incremental');
    backup.getState().choose([LOOP, OTHER], true);
    await answered(LOOP);
    await answered(OTHER);
    backup.getState().choose([OTHER], false);
    await backup.getState().start();
    expect(engine.lastRequest).toEqual({ volume: LOOP, mode: 'incremental' });
    backup.getState().choose([OTHER], true);
    await backup.getState().start();
    expect(engine.lastRequest).toEqual({ volume: OTHER });
  });

  it('insists on a provider only when another one is wanted than the best', async () => {
    const { backup } = stores;
    engine.readiness[LOOP] = readyFor(LOOP, { providers: [...readyFor(LOOP).providers, FREEZE] });
    backup.getState().setType('snapshot');
    backup.getState().choose([LOOP], true);
    await answered(LOOP);
    backup.getState().nameProvider(LOOP, 'FREEZE');
    await backup.getState().start();
    expect(engine.lastRequest).toEqual({ volume: LOOP, imageType: 'snapshot', snapshotProviderImage: 'FREEZE' });
    backup.getState().choose([LOOP], true);
    backup.getState().choose([LOOP], false);
    expect(backup.getState().providers).toEqual({});
    backup.getState().nameProvider(LOOP, 'LINUX_LVM');
    backup.getState().choose([LOOP], true);
    await backup.getState().start();
    expect(engine.lastRequest).toEqual({ volume: LOOP, imageType: 'snapshot' });
  });

  it('tries a task again as it was asked for, and a refused volume as it is chosen now', async () => {
    const { backup } = stores;
    backup.getState().setType('snapshot');
    backup.getState().choose([LOOP], true);
    await backup.getState().start();
    backup.getState().setType('dynamic');
    await backup.getState().retryTask({ id: 'task-1', subject: LOOP });
    expect(engine.lastRequest).toEqual({ volume: LOOP, imageType: 'snapshot' });

    engine.refuses[OTHER] = 'SNAPSHOT_NO_SPACE';
    backup.getState().choose([OTHER], true);
    await backup.getState().start();
    expect(backup.getState().refused[OTHER]?.code).toBe('SNAPSHOT_NO_SPACE');
    delete engine.refuses[OTHER];
    await backup.getState().retryRefused(OTHER);
    expect(engine.lastRequest).toEqual({ volume: OTHER, imageType: 'dynamic' });
    expect(backup.getState()).toMatchObject({ refused: {}, selected: [] });
  });

  it('cleans up what stopped runs left behind, and says what', async () => {
    const { system } = stores;
    engine.leftovers = { removed: ['Removed vg0/stillframe_1.'], left: [] };
    await system.getState().sweep();
    expect(system.getState().cleanUp).toMatchObject({ phase: 'ready', value: engine.leftovers });
    system.getState().putCleanUpAway();
    expect(system.getState().cleanUp).toMatchObject({ phase: 'idle', value: null });
  });
});
