/** Providers that keep a file system frozen as long as it is read, and read the volume itself. */
import { open } from 'node:fs/promises';
import type { ProviderReadiness, SnapshotProvider, Volume } from '#contract';
import { EngineError, throwIfCancelled } from '../../base/errors.ts';
import { findVolume } from '../../volumes/discover.ts';
import { assertSameVolume } from '../../volumes/same-volume.ts';
import {
  type CreateOptions,
  type Provider,
  SNAPSHOT_PREFIX,
  type SnapshotChange,
  type TakenSnapshot,
} from '../provider.ts';
import { type Freezable, findFreezable, isRefusal, type Refusal } from './freezable.ts';
import { type FreezeChange, freezeFacts } from './freeze-change.ts';
import { freezeSurely, type SureFreeze } from './sure-freeze.ts';
import { sweepFreezes } from './sweep-freezes.ts';
import { whyThawed } from './words.ts';

export interface FreezeProviderFacts {
  name: SnapshotProvider;
  /** How it keeps the volume still, a few words. */
  method: string;
  /** Why it does not take this volume at all. */
  refuse(volume: Volume): Refusal | undefined;
}

/** What belongs to a snapshot, beside what everybody sees of it. */
interface Taken {
  freeze: SureFreeze;
  change: Change;
  journal: CreateOptions['journal'];
  released: boolean;
}

type Change = SnapshotChange & FreezeChange;

/** A run may freeze several volumes. */
function nameOf(runId: string, { number }: Freezable): string {
  return `${SNAPSHOT_PREFIX}${runId}_${number.replace(':', '-')}`;
}

/** What lies in the kernel's memory of the volume becomes the file's or device's. */
async function flush(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await using handle = await open(path, 'r');
    await handle.sync();
  }
}

/** Makes the provider. */
export function freezeProvider({ name, method, refuse }: FreezeProviderFacts): Provider {
  const taken = new WeakMap<TakenSnapshot, Taken>();

  const find = async (volume: Volume): Promise<Freezable | Refusal> => {
    const refusal = refuse(volume);
    if (refusal !== undefined) return refusal;
    return (
      (await findFreezable(volume, true)) ?? {
        reason: `${volume.name} is not mounted read-write, so there is nothing to freeze.`,
        remedy: 'Use a static image.',
      }
    );
  };

  const release = async (snapshot: TakenSnapshot): Promise<void> => {
    const own = taken.get(snapshot);
    if (own === undefined || own.released) return;
    await own.freeze.thaw();
    await own.journal.settle(own.change);
    own.released = true;
  };

  return {
    name,
    capabilities: { platforms: ['linux'], snapshots: true, bounded: false, blocksWriters: true },

    async readiness(volume, _cache, signal): Promise<ProviderReadiness> {
      throwIfCancelled(signal);
      const found = await find(volume);
      const refusal = isRefusal(found) ? found : undefined;
      return {
        provider: name,
        ready: refusal === undefined,
        method: refusal === undefined ? method : '',
        reason: refusal?.reason ?? '',
        remedy: refusal?.remedy ?? '',
        blocksWriters: true,
        tracksChanges: false,
      };
    },

    async create(described, options) {
      const { journal, owner, runId, deadlineMs, signal } = options;
      throwIfCancelled(signal);
      const volume = await findVolume(described.name, { signal });
      assertSameVolume(described, volume);
      const found = await find(volume);
      if (isRefusal(found)) throw new EngineError('SNAPSHOT_UNAVAILABLE', { volume: volume.name, ...found });
      const ofRun = { provider: name, volume: volume.name, name: nameOf(runId, found), owner };
      const change: Change = { kind: 'snapshot', ...ofRun, freeze: await freezeFacts(found) };
      await journal.add(change);
      await using undo = new AsyncDisposableStack();
      undo.defer(() => journal.settle(change));
      const freeze = await freezeSurely({ target: found, change, deadlineMs, signal }).catch((error: unknown) => {
        // What may be frozen still stays on record.
        if (error instanceof EngineError && error.code === 'SNAPSHOT_RELEASE_FAILED') undo.move();
        throw error;
      });
      const snapshot: TakenSnapshot = {
        name: change.name,
        readPath: volume.name,
        frozen: true,
        // Who named this provider was told that programs wait (`blocksWriters`).
        warnings: [],
        [Symbol.asyncDispose]: () => release(snapshot),
      };
      taken.set(snapshot, { freeze, change, journal, released: false });
      // From here on the snapshot's own release settles the record, or leaves it where thawing failed.
      undo.move();
      try {
        // A loop device keeps what the file system wrote until it has written it to its file.
        await flush(volume.kind === 'file' ? [found.device, volume.name] : [volume.name]);
        throwIfCancelled(signal);
        return snapshot;
      } catch (error) {
        await release(snapshot);
        throw error;
      }
    },

    async status(snapshot) {
      const own = taken.get(snapshot);
      if (own === undefined || own.released) return { valid: false, reason: 'The snapshot was released.' };
      const end = await own.freeze.ended();
      if (end === undefined) return { valid: true, reason: '' };
      return { valid: false, reason: whyThawed(own.change.volume, end, performance.now() - own.freeze.since) };
    },

    extend: async () => false,
    release,
    sweep: sweepFreezes,
  };
}
