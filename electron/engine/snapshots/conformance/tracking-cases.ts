/** What a provider that tracks changes must do: it may name too much, never too little. */
import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { extentBytes } from '../../base/extents.ts';
import type { ProcessIdentity } from '../../volumes/process-identity.ts';
import type { ChangeTracking, KeptSnapshot } from '../provider.ts';
import type { ProviderCase } from './cases.ts';
import {
  assertWritable,
  copyOut,
  createOptions,
  differingUnits,
  KEEPER,
  mentions,
  newMarker,
  type ProviderStand,
  type ProviderSubject,
  startOwner,
  sweep,
  writeDurably,
} from './stand.ts';

/** Those of `units` (offsets of 512 bytes each, ascending) that the ranges do not cover wholly. */
export function uncovered(units: number[], ranges: Float64Array): number[] {
  let at = 0;
  return units.filter((offset) => {
    while (at < ranges.length && (ranges[at] ?? 0) + (ranges[at + 1] ?? 0) <= offset) at += 2;
    const start = ranges[at] ?? Number.POSITIVE_INFINITY;
    return start > offset || start + (ranges[at + 1] ?? 0) < offset + 512;
  });
}

/** The cases; none where the provider does not track changes. */
export function trackingCases(subject: ProviderSubject): ProviderCase[] {
  const { provider } = subject;
  const { tracking } = provider;
  if (tracking === undefined) return [];

  const onVolume = (title: string, body: (stand: ProviderStand, tracking: ChangeTracking) => Promise<void>) => ({
    title,
    run: async (): Promise<void> => {
      await using stand = await subject.makeVolume();
      const before = await stand.inventory();
      await body(stand, tracking);
      assert.deepEqual(await stand.inventory(), before);
      await assertWritable(stand.folder);
    },
  });

  /** A kept snapshot of the volume as it is; `copy`: where its content goes. */
  const keepOne = async (
    stand: ProviderStand,
    { copy, owner }: { copy?: string; owner?: ProcessIdentity } = {},
  ): Promise<KeptSnapshot> => {
    const options = await createOptions(owner && { owner });
    await using snapshot = await provider.create(await stand.volume(), options);
    if (copy !== undefined) await copyOut(snapshot.readPath, copy);
    const kept = await tracking.keep(snapshot, KEEPER);
    assert.equal(kept.provider, provider.name);
    await provider.release(snapshot);
    assert.deepEqual(options.memory.changes, []);
    return kept;
  };

  return [
    onVolume('names every byte that changed since the kept snapshot, and not everything', async (stand) => {
      await writeDurably(stand.folder, 'stays', newMarker().content.repeat(20));
      await writeDurably(stand.folder, 'changes', newMarker().content);
      const copies = ['one', 'two'].map((name) => join(stand.scratch, name));
      const [one = '', two = ''] = copies;
      const kept = await keepOne(stand, { copy: one });
      await writeDurably(stand.folder, 'changes', newMarker().content);
      await writeDurably(stand.folder, 'appears', newMarker().content);
      await rm(join(stand.folder, 'stays'));
      {
        const volume = await stand.volume();
        await using snapshot = await provider.create(volume, await createOptions());
        await copyOut(snapshot.readPath, two);
        const changed = await tracking.changesSince(kept, snapshot);
        assert.ok(changed.known, changed.known ? '' : changed.reason);
        const units = await differingUnits(one, two);
        assert.ok(units.length > 0);
        assert.deepEqual(uncovered(units, changed.ranges), []);
        assert.ok(extentBytes(changed.ranges) < volume.sizeBytes / 2);
        for (let i = 0; i < changed.ranges.length; i += 2) {
          const start = changed.ranges[i] ?? -1;
          assert.ok(start >= (i === 0 ? 0 : (changed.ranges[i - 2] ?? 0) + (changed.ranges[i - 1] ?? 0)));
          assert.ok(start + (changed.ranges[i + 1] ?? 0) <= volume.sizeBytes);
        }
        const aborted = tracking.changesSince(kept, snapshot, AbortSignal.abort());
        await assert.rejects(aborted, { code: 'CANCELLED' });
      }
      await tracking.drop(kept);
      await tracking.drop(kept);
      await Promise.all(copies.map((copy) => rm(copy)));
    }),

    onVolume('admits that it does not know where the kept snapshot is gone or of something else', async (stand) => {
      const kept = await keepOne(stand);
      await using snapshot = await provider.create(await stand.volume(), await createOptions());
      const strange = await tracking.changesSince({ ...kept, of: `${kept.of}0` }, snapshot);
      assert.equal(strange.known, false);
      await tracking.drop(kept);
      const gone = await tracking.changesSince(kept, snapshot);
      assert.ok(!gone.known);
      assert.match(gone.reason, /^[A-Z/].*\.$/s);
    }),

    onVolume('sweeps kept snapshots of dead runs that no record refers to, and no others', async (stand) => {
      const owner = await startOwner();
      const orphan = await keepOne(stand, { owner: owner.identity });
      await owner.kill();
      // Kept by a run that has not written its record yet.
      const fresh = await keepOne(stand);
      // A later run's entry leads a sweep to where snapshots of this volume are.
      const options = await createOptions();
      const later = await provider.create(await stand.volume(), options);
      const changes = options.memory.snapshots(provider);
      await sweep(provider, changes, { isKept: (name) => name === orphan.name });
      await sweep(provider, changes, { keeper: 'somebody-else' });
      const changed = await tracking.changesSince(orphan, later);
      assert.ok(changed.known, changed.known ? '' : changed.reason);
      const report = await sweep(provider, changes);
      assert.ok(mentions(report.removed, orphan.name) <= 1, JSON.stringify(report));
      assert.equal((await tracking.changesSince(orphan, later)).known, false);
      assert.equal((await tracking.changesSince(fresh, later)).known, true);
      await tracking.drop(fresh);
      await provider.release(later);
    }),
  ];
}
