/** What every provider must do, as plain cases that any runner can run. */
import { strict as assert } from 'node:assert';
import { randomInt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ownIdentity } from '../../volumes/process-identity.ts';
import { type CreateOptions, SNAPSHOT_PREFIX, type TakenSnapshot } from '../provider.ts';
import {
  assertSameContent,
  assertWritable,
  contains,
  copyOut,
  createOptions,
  mentions,
  newMarker,
  type ProviderStand,
  type ProviderSubject,
  pause,
  sizeOf,
  startOwner,
  startWriter,
  sweep,
  writeDurably,
} from './stand.ts';
import { trackingCases } from './tracking-cases.ts';

/** One case; rejects with an `AssertionError` where the provider fails it. */
export interface ProviderCase {
  title: string;
  run(): Promise<void>;
}

/** All cases for a provider. Those about change tracking only where it has it. */
export function providerCases(subject: ProviderSubject): ProviderCase[] {
  const { provider } = subject;
  const { blocksWriters } = provider.capabilities;
  const cases: ProviderCase[] = [];

  /** Runs on a fresh volume, and asserts that nothing is left and the volume is writable in the end. */
  const onVolume = (title: string, body: (stand: ProviderStand) => Promise<void>): void => {
    const run = async (): Promise<void> => {
      await using stand = await subject.makeVolume();
      const before = await stand.inventory();
      await body(stand);
      assert.deepEqual(await stand.inventory(), before);
      await assertWritable(stand.folder);
    };
    cases.push({ title, run });
  };
  const create = async (stand: ProviderStand, options: CreateOptions): Promise<TakenSnapshot> => {
    return provider.create(await stand.volume(), options);
  };

  onVolume('says that it is ready, and how', async (stand) => {
    const readiness = await provider.readiness(await stand.volume(), {});
    assert.equal(readiness.reason, '');
    assert.equal(readiness.ready, true);
    assert.equal(readiness.provider, provider.name);
    assert.notEqual(readiness.method, '');
    assert.equal(readiness.blocksWriters, blocksWriters);
    assert.equal(readiness.tracksChanges, provider.tracking !== undefined);
    assert.equal(readiness.space !== undefined || !provider.capabilities.bounded, true);
  });

  cases.push({
    title: 'refuses a volume that it cannot keep still, with a reason and a remedy',
    run: async () => {
      await using unfit = await subject.makeUnfit();
      const readiness = await provider.readiness(unfit.volume, {});
      assert.equal(readiness.ready, false);
      assert.match(readiness.reason, /^[A-Z/].*\.$/s);
      assert.match(readiness.remedy, /^[A-Z].*\.$/s);
      const options = await createOptions();
      await assert.rejects(provider.create(unfit.volume, options), { code: 'SNAPSHOT_UNAVAILABLE' });
      assert.deepEqual(options.memory.changes, []);
    },
  });

  onVolume('keeps the volume as it was at one moment while it is written to', async (stand) => {
    const before = newMarker();
    const after = newMarker();
    const first = join(stand.scratch, 'first');
    const second = join(stand.scratch, 'second');
    let late: Promise<void> = Promise.resolve();
    {
      await using writer = await startWriter(stand.folder);
      await writeDurably(stand.folder, 'before', before.content);
      const volume = await stand.volume();
      const options = await createOptions();
      await using snapshot = await provider.create(volume, options);
      assert.equal(snapshot.name.includes(SNAPSHOT_PREFIX) && snapshot.name.includes(options.runId), true);
      assert.equal(snapshot.frozen, true);
      let lateIsDone = false;
      late = writeDurably(stand.folder, 'after', after.content).then(() => {
        lateIsDone = true;
      });
      const early = await writer.written();
      await copyOut(snapshot.readPath, first);
      if (blocksWriters) await pause(200);
      else await late;
      for (let wait = 0; !blocksWriters && (await writer.written()) === early && wait < 100; wait++) await pause(50);
      assert.equal(lateIsDone, !blocksWriters);
      assert.equal((await writer.written()) === early, blocksWriters);
      await copyOut(snapshot.readPath, second);
      assert.equal(await sizeOf(snapshot.readPath), volume.sizeBytes);
      // How full it is changes while it is written to.
      const { valid, reason } = await provider.status(snapshot);
      assert.deepEqual({ valid, reason }, { valid: true, reason: '' });
      await provider.release(snapshot);
      await provider.release(snapshot);
      assert.deepEqual(options.memory.changes, []);
    }
    await late;
    await assertSameContent(first, second);
    assert.equal(await contains(first, before.token), true);
    assert.equal(await contains(first, after.token), false);
    await stand.check(first);
    await Promise.all([rm(first), rm(second)]);
  });

  onVolume('leaves nothing when cancelled, before or meanwhile', async (stand) => {
    const volume = await stand.volume();
    const cancelled = await createOptions({ signal: AbortSignal.abort() });
    await assert.rejects(provider.create(volume, cancelled), { code: 'CANCELLED' });
    assert.deepEqual(cancelled.memory.changes, []);
    for (let round = 0; round < 4; round++) {
      const controller = new AbortController();
      const options = await createOptions({ signal: controller.signal });
      const timer = setTimeout(() => controller.abort(), randomInt(1, 150));
      try {
        const snapshot = await provider.create(volume, options);
        await provider.release(snapshot);
      } catch (error) {
        assert.equal(error instanceof Error && 'code' in error && error.code, 'CANCELLED');
      } finally {
        clearTimeout(timer);
      }
      assert.deepEqual(options.memory.changes, []);
      await assertWritable(stand.folder);
    }
  });

  onVolume('makes nothing that it could not write down first', async (stand) => {
    const options = await createOptions();
    const failure = new Error('the journal is full');
    options.memory.add = () => Promise.reject(failure);
    await assert.rejects(create(stand, options), failure);
  });

  onVolume('is swept when its owner is dead, and only then', async (stand) => {
    const { name: volumeName } = await stand.volume();
    const owner = await startOwner();
    const options = await createOptions({ owner: owner.identity });
    const orphan = await create(stand, options);
    const changes = options.memory.snapshots(provider);
    assert.deepEqual(
      changes.map(({ name }) => name),
      [orphan.name],
    );
    const early = await sweep(provider, changes);
    assert.equal(mentions([...early.removed, ...early.left], orphan.name, volumeName), 0, JSON.stringify(early));
    assert.equal((await provider.status(orphan)).valid, true);

    await owner.kill();
    const report = await sweep(provider, changes);
    // Any other start of Stillframe on this machine may have been first.
    assert.ok(mentions(report.removed, orphan.name, volumeName) <= 1, JSON.stringify(report));
    await assertWritable(stand.folder);
    assert.equal((await provider.status(orphan)).valid, false);
    const again = await sweep(provider, changes);
    assert.equal(mentions([...again.removed, ...again.left], orphan.name, volumeName), 0, JSON.stringify(again));
    await provider.release(orphan);
  });

  onVolume('sweeps after a restart of the machine', async (stand) => {
    const owner = { ...(await ownIdentity()), bootId: '00000000-0000-0000-0000-000000000000' };
    const options = await createOptions({ owner });
    const { name: volumeName } = await stand.volume();
    const orphan = await create(stand, options);
    const report = await sweep(provider, options.memory.snapshots(provider));
    assert.equal(mentions(report.left, orphan.name, volumeName), 0, JSON.stringify(report));
    await provider.release(orphan);
  });

  onVolume('keeps two runs apart', async (stand) => {
    const one = await createOptions();
    const two = await createOptions();
    const first = await create(stand, one);
    if (blocksWriters) {
      await assert.rejects(create(stand, two), { code: 'SNAPSHOT_UNAVAILABLE' });
    } else {
      const second = await create(stand, two);
      assert.notEqual(second.name, first.name);
      assert.notEqual(second.readPath, first.readPath);
      await provider.release(second);
    }
    assert.deepEqual(two.memory.changes, []);
    assert.equal((await provider.status(first)).valid, true);
    await provider.release(first);
  });

  if (blocksWriters) {
    onVolume('lets writers go on at the deadline, and says that the moment is lost', async (stand) => {
      const options = await createOptions({ deadlineMs: 1000 });
      await using snapshot = await create(stand, options);
      const started = performance.now();
      await writeDurably(stand.folder, 'waited', 'x');
      assert.ok(performance.now() - started < 10_000);
      for (let wait = 0; (await provider.status(snapshot)).valid && wait < 100; wait++) await pause(50);
      const status = await provider.status(snapshot);
      assert.equal(status.valid, false);
      assert.match(status.reason, /^[A-Z/].*\.$/s);
    });
  }

  if (provider.capabilities.bounded) {
    onVolume('knows how full it is, and gets more space', async (stand) => {
      await using snapshot = await create(stand, await createOptions({ cache: { percent: 20 } }));
      const before = await provider.status(snapshot);
      assert.ok((before.totalBytes ?? 0) > 0);
      assert.ok((before.usedBytes ?? -1) >= 0 && (before.usedBytes ?? 0) <= (before.totalBytes ?? 0));
      if (await provider.extend(snapshot, 8 * 1024 * 1024)) {
        assert.ok(((await provider.status(snapshot)).totalBytes ?? 0) > (before.totalBytes ?? 0));
      }
    });
  }

  return [...cases, ...trackingCases(subject)];
}
