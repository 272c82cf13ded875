/**
 * `REFLINK`: volumes in image files, and loop devices over them, on btrfs or XFS. The mounted file system is frozen for
 * the moment that a clone of the file takes (FICLONE); the clone is read.
 */
import { lstat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ProviderReadiness, Volume } from '#contract';
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import { findVolume } from '../volumes/discover.ts';
import { assertSameVolume } from '../volumes/same-volume.ts';
import { isRefusal } from './freezing/freezable.ts';
import type { CreateOptions, Provider, SnapshotStatus, TakenSnapshot } from './provider.ts';
import { removeCloneSurely } from './reflinks/clone-file.ts';
import { type CloneSource, findCloneSource, freeBytesAt, GIVE_UP_BYTES } from './reflinks/clone-source.ts';
import { sweepClones } from './reflinks/sweep-clones.ts';
import { type CloneChange, cloneChange, takeClone } from './reflinks/take-clone.ts';
import { reflinkTracking, type TakenClone } from './reflinks/tracking.ts';

interface Taken extends TakenClone {
  source: CloneSource;
  volume: Volume;
  change: CloneChange;
  journal: CreateOptions['journal'];
  released: boolean;
}

const taken = new WeakMap<TakenSnapshot, Taken>();

async function release(snapshot: TakenSnapshot): Promise<void> {
  const own = taken.get(snapshot);
  if (own === undefined || own.released) return;
  if (!own.kept) await removeCloneSurely(own.path, own.volume.name);
  await own.journal.settle(own.change);
  own.released = true;
}

function lacksSpace({ space, file }: CloneSource): string | undefined {
  if (space.neededBytes <= space.presentBytes) return undefined;
  return `The file system that holds ${file} has too little free space: a clone needs some as the volume changes.`;
}

async function status({ path, volume }: Taken): Promise<SnapshotStatus> {
  const lost = (reason: string): SnapshotStatus => ({ valid: false, reason });
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile()) return lost(`Its clone ${path} was removed by another program.`);
  if (found.size !== volume.sizeBytes) return lost(`Its clone ${path} was changed by another program.`);
  if ((await freeBytesAt(dirname(path))) >= GIVE_UP_BYTES) return { valid: true, reason: '' };
  // Programs on the volume would be the next to get errors.
  return lost(`The file system that holds ${basename(path)} is nearly full, and the volume needs its space.`);
}

export const reflink: Provider = {
  name: 'REFLINK',
  capabilities: { platforms: ['linux'], snapshots: true, bounded: false, blocksWriters: false },

  async readiness(volume, _cache, signal): Promise<ProviderReadiness> {
    throwIfCancelled(signal);
    const fixed = { provider: 'REFLINK', blocksWriters: false, tracksChanges: true } as const;
    const source = await findCloneSource(volume);
    if (isRefusal(source)) return { ...fixed, ready: false, method: '', ...source };
    const { space } = source;
    const reason = lacksSpace(source) ?? '';
    if (reason !== '') return { ...fixed, ready: false, method: '', reason, remedy: 'Free some space there.', space };
    return { ...fixed, ready: true, method: 'clone of the image file (reflink)', reason, remedy: '', space };
  },

  async create(described, options) {
    const { journal, signal } = options;
    throwIfCancelled(signal);
    const volume = await findVolume(described.name, { signal });
    assertSameVolume(described, volume);
    const source = await findCloneSource(volume);
    if (isRefusal(source)) throw new EngineError('SNAPSHOT_UNAVAILABLE', { volume: volume.name, ...source });
    const reason = lacksSpace(source);
    if (reason !== undefined) {
      const remedy = 'Free some space there.';
      throw new EngineError('SNAPSHOT_NO_SPACE', { volume: volume.name, reason, remedy, ...source.space });
    }
    const change = await cloneChange(volume, source, options);
    await journal.add(change);
    try {
      const { path, frozen } = await takeClone(volume, source, change, options);
      const own: Taken = { source, volume, change, journal, path, kept: false, released: false };
      const snapshot: TakenSnapshot = {
        name: change.name,
        get readPath() {
          return own.path;
        },
        frozen,
        warnings: source.warnings,
        [Symbol.asyncDispose]: () => release(snapshot),
      };
      taken.set(snapshot, own);
      return snapshot;
    } catch (error) {
      // What could not be removed or thawed stays on record.
      const isLeft = error instanceof EngineError && error.code === 'SNAPSHOT_RELEASE_FAILED';
      if (!isLeft) await journal.settle(change);
      throw error;
    }
  },

  async status(snapshot) {
    const own = taken.get(snapshot);
    if (own === undefined || own.released) return { valid: false, reason: 'The snapshot was released.' };
    return status(own);
  },

  extend: async () => false,
  release,
  sweep: sweepClones,
  tracking: reflinkTracking((snapshot) => {
    const own = taken.get(snapshot);
    return own === undefined || own.released ? undefined : own;
  }),
};
