/** What changed since an older image, by a snapshot that was kept for that; and keeping the next one. */
import { dirname } from 'node:path';
import { EngineError } from '../base/errors.ts';
import type { Extents } from '../base/extents.ts';
import type { Logger } from '../ports.ts';
import type { RunRecord } from '../volumes/run-journal.ts';
import type { ChangeTracking, KeptSnapshot, Provider, SnapshotChange, TakenSnapshot } from './provider.ts';
import { providerRow } from './registry.ts';
import type { TrackingRecord, TrackingStore } from './tracking-store.ts';

/** What change tracking says: ranges since an image, or why it says nothing (one English clause). */
export type HeldChanges =
  | {
      known: true;
      /** Snapshot id of the image that they are counted from. */
      baseImage: string;
      ranges: Extents;
      /** Percent of the unchanged blocks that is read all the same. */
      auditPercent: number;
      /** Why everything is read and compared instead, one English clause. */
      readAll?: string | undefined;
    }
  | { known: false; reason: string };

/** A moment of the volume that is kept. Dropped on disposal, unless an image was committed to it. */
export interface TrackingBase extends AsyncDisposable {
  commit(imageId: string, options: { everythingRead: boolean }): Promise<void>;
}

/** The options `changetracking…`. */
export interface TrackingSettings {
  /** `incremental`: read only what changed. `selective`: read everything, and check the tracking with it. */
  mode: 'selective' | 'incremental';
  auditPercent: number;
  /** Every how many runs everything is read. */
  fullEvery: number;
}

export interface TrackerOptions {
  provider: Provider;
  store: TrackingStore;
  repositoryId: string;
  /** Name of the volume. */
  volume: string;
  settings: TrackingSettings;
  logger: Logger;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Names what is kept until an image was committed to it. */
  journal: RunRecord;
}

/** Change tracking of one volume in one run. */
export class ChangeTracker {
  readonly #options: TrackerOptions;
  readonly #tracking: ChangeTracking;
  #record: TrackingRecord | undefined;

  private constructor(options: TrackerOptions, tracking: ChangeTracking, record: TrackingRecord | undefined) {
    this.#options = options;
    this.#tracking = tracking;
    this.#record = record;
  }

  /** `undefined`: the provider keeps no track. */
  static async of(options: TrackerOptions): Promise<ChangeTracker | undefined> {
    const { provider, store, repositoryId, volume } = options;
    if (provider.tracking === undefined) return undefined;
    return new ChangeTracker(options, provider.tracking, await store.find(repositoryId, volume));
  }

  /** Never throws for what cannot be told. `CANCELLED`. */
  async changes(snapshot: TakenSnapshot, signal: AbortSignal): Promise<HeldChanges | undefined> {
    const { provider, settings } = this.#options;
    const record = this.#record;
    const selective = settings.mode === 'selective';
    if (record === undefined || record.kept.provider !== provider.name) {
      if (selective) return undefined;
      const reason = record
        ? 'the last image was made with another snapshot provider'
        : 'no image before kept a snapshot';
      return { known: false, reason };
    }
    const found = await this.#tracking.changesSince(record.kept, snapshot, signal);
    if (!found.known) return selective ? undefined : { known: false, reason: clause(found.reason) };
    const { auditPercent, fullEvery } = settings;
    const due = record.runsSinceFull + 1 >= fullEvery;
    const readAll = selective
      ? 'The mode is selective'
      : due
        ? `Every ${ordinal(fullEvery)} run reads everything`
        : undefined;
    return { known: true, baseImage: record.imageId, ranges: found.ranges, auditPercent, readAll };
  }

  /**
   * `undefined`: nothing is kept, and the next run reads everything. A selective run keeps no first snapshot: who never
   * asks for incremental runs must not pay for one.
   */
  async keep(snapshot: TakenSnapshot): Promise<TrackingBase | undefined> {
    if (this.#options.settings.mode === 'selective' && this.#record === undefined) return undefined;
    const { store, logger, volume, journal, provider } = this.#options;
    let kept: KeptSnapshot;
    try {
      kept = await this.#tracking.keep(snapshot, await store.keeper());
    } catch (error) {
      logger.info('the snapshot is not kept, so the next run reads everything', { volume, reason: reasonOf(error) });
      return undefined;
    }
    const { name, place } = kept;
    const note: SnapshotChange = { kind: 'snapshot', provider: provider.name, volume, name, place };
    try {
      await journal.add(note);
      await store.notePlace(dirname(place));
    } catch (error) {
      logger.warn('the snapshot is not kept: nothing can be written down', { volume, reason: reasonOf(error) });
      await this.#drop(kept);
      return undefined;
    }
    let committed = false;
    return {
      commit: async (imageId, { everythingRead }) => {
        // Another process may have made an image meanwhile.
        const before = await store.find(this.#options.repositoryId, volume);
        await this.#remember(kept, imageId, everythingRead);
        committed = true;
        const isGone = before === undefined || before.kept.name === kept.name || (await this.#drop(before.kept));
        if (isGone) await journal.settle(note);
      },
      [Symbol.asyncDispose]: async () => {
        if (!committed && (await this.#drop(kept))) await journal.settle(note);
      },
    };
  }

  async #remember(kept: KeptSnapshot, imageId: string, everythingRead: boolean): Promise<void> {
    const { store, repositoryId, volume } = this.#options;
    const runsSinceFull = everythingRead ? 0 : (this.#record?.runsSinceFull ?? 0) + 1;
    this.#record = { repositoryId, volume, kept, imageId, runsSinceFull, keptAt: this.#options.now() };
    await store.put(this.#record);
  }

  /** False where it cannot be removed now: the journal's note stays then, and a sweep tries again. */
  async #drop(kept: KeptSnapshot): Promise<boolean> {
    const { provider, logger } = this.#options;
    return dropKept(kept, logger, kept.provider === provider.name ? this.#tracking : trackingOf(kept));
  }
}

function trackingOf({ provider }: KeptSnapshot): ChangeTracking | undefined {
  return providerRow(provider)?.provider?.tracking;
}

/** Removes a kept snapshot by whichever provider made it; false where that fails. */
async function dropKept(kept: KeptSnapshot, logger: Logger, tracking = trackingOf(kept)): Promise<boolean> {
  try {
    await tracking?.drop(kept);
    return true;
  } catch (error) {
    logger.warn('a kept snapshot could not be removed', { name: kept.name, reason: reasonOf(error) });
    return false;
  }
}

/** Gives up the track of a volume: its kept snapshot only costs space when no run is going to use it. */
export async function forgetTracking(store: TrackingStore, record: TrackingRecord, logger: Logger): Promise<boolean> {
  if (!(await dropKept(record.kept, logger))) return false;
  await store.remove(record);
  return true;
}

function reasonOf(error: unknown): string {
  if (error instanceof EngineError && typeof error.details.reason === 'string') return error.details.reason;
  return error instanceof Error ? error.message : String(error);
}

/** A sentence as part of another one. */
function clause(sentence: string): string {
  const bare = sentence.replace(/\.$/, '');
  return /^[A-Z][a-z]* /.test(bare) ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare;
}

function ordinal(count: number): string {
  const ending = count % 100 >= 11 && count % 100 <= 13 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[count % 10] ?? 'th');
  return `${count}${ending}`;
}
