/** What a snapshot provider must do. One file a provider, one row each in `registry.ts`. */
import type { ProviderReadiness, SnapshotProvider, Volume } from '#contract';
import type { Extents } from '../base/extents.ts';
import type { ProcessIdentity } from '../volumes/process-identity.ts';
import type { RunChange, RunRecord } from '../volumes/run-journal.ts';

/** Every object of ours (logical volume, clone, …) has a name that begins so. */
export const SNAPSHOT_PREFIX = 'stillframe_';

/** What a provider can do at all, on any volume. */
export interface ProviderCapabilities {
  /** `process.platform` values on which it exists. */
  platforms: readonly NodeJS.Platform[];
  /** It makes point-in-time copies; false for `NONE`. */
  snapshots: boolean;
  /** The space of a snapshot is limited and can run out, so `status` must be watched. */
  bounded: boolean;
  /** Programs cannot write to the volume as long as the snapshot exists: only used when somebody names the provider. */
  blocksWriters: boolean;
}

/** How large the space for a snapshot is to be (options `snapshotcachesize`, `snapshotcachelocation`). */
export interface CacheRequest {
  /** Percent of the volume, 1-100; absent: sized by the write rate. */
  percent?: number | undefined;
  /** Where the space is to lie; absent: where the provider likes. */
  location?: string | undefined;
  /** Bytes a second written to the volume lately; absent: not measured. */
  writeRate?: number | undefined;
  /** Bytes that the run is expected to read. */
  readBytes?: number | undefined;
}

/** How a snapshot is doing. */
export interface SnapshotStatus {
  /** False once the snapshot was lost, for example because its space ran out: what was read is worthless. */
  valid: boolean;
  /** Why it is not valid, one English sentence; empty while it is. */
  reason: string;
  /** Space taken and given, bytes; absent where it is not limited. */
  usedBytes?: number;
  totalBytes?: number;
}

/** A snapshot that exists. Disposing releases it, unless it was kept. */
export interface TakenSnapshot extends AsyncDisposable {
  /** Begins with `SNAPSHOT_PREFIX` and carries the run's id, so that leftovers can be told. */
  readonly name: string;
  /** Device or file to read instead of the volume; as large as it. */
  readonly readPath: string;
  /** A file system on it was frozen, or nobody had it mounted: nothing was half written. */
  readonly frozen: boolean;
  /** What the person should know, English sentences. */
  readonly warnings: readonly string[];
}

export interface CreateOptions {
  /** 16 hexadecimal digits. */
  runId: string;
  /** The process that owns the snapshot; goes into names or tags, so that any later sweep can tell whether it lives. */
  owner: ProcessIdentity;
  /** What is about to be made is written down here first (`kind: 'snapshot'`), and settled when it is gone. */
  journal: RunRecord;
  cache: CacheRequest;
  /** Milliseconds after which whatever blocks writers ends by itself, even when this process is dead. */
  deadlineMs: number;
  signal?: AbortSignal | undefined;
}

/** What a provider writes into the journal before it makes something. */
export interface SnapshotChange extends RunChange {
  kind: 'snapshot';
  provider: SnapshotProvider;
  /** As the person knows it. */
  volume: string;
  name: string;
}

/** A snapshot that outlives its run, so that the next one can ask what changed since. Plain data. */
export interface KeptSnapshot {
  provider: SnapshotProvider;
  name: string;
  /** Identity of what it is a snapshot of, which must be the same next time: an LV's UUID, a file's device and inode. */
  of: string;
  /** Where it is, as the provider needs it: `vg/lv`, a path. */
  place: string;
}

/** Ranges that may differ between two snapshots, or why that is not known (one English sentence). */
export type ChangedRanges = { known: true; ranges: Extents } | { known: false; reason: string };

/** Of providers that can tell what changed between a kept snapshot and a new one. */
export interface ChangeTracking {
  /**
   * Turns a taken snapshot into one that stays: marked with `keeper`, read-only, using no more than it must. Its
   * disposal then does nothing. Throws where it cannot stay (its space is short): the caller lets it go then.
   */
  keep(snapshot: TakenSnapshot, keeper: string): Promise<KeptSnapshot>;
  /**
   * Byte ranges of `snapshot` that may hold other bytes than `kept`: sorted, disjoint, within the volume. It may name
   * too much, never too little. Never throws for what merely cannot be told. `CANCELLED`.
   */
  changesSince(kept: KeptSnapshot, snapshot: TakenSnapshot, signal?: AbortSignal): Promise<ChangedRanges>;
  /** Why a kept snapshot must go although a record refers to it, one English clause; `undefined`: it may stay. */
  burden(kept: KeptSnapshot): Promise<string | undefined>;
  /** Removes a kept snapshot. Idempotent. Throws `SNAPSHOT_RELEASE_FAILED`. */
  drop(kept: KeptSnapshot): Promise<void>;
}

export interface SweepOptions {
  /** Whether a process that owns something still lives. */
  isAlive(owner: ProcessIdentity): Promise<boolean>;
  /** Entries that dead runs left in the journal, of this provider. */
  changes: readonly SnapshotChange[];
  /** Folders in which something of this state folder may ever have been kept. */
  places: readonly string[];
  /** `keeper` of kept snapshots that are ours to judge; those of others are left alone. */
  keeper: string;
  /** Kept snapshots that a record still refers to. */
  isKept(name: string): boolean;
}

/** What a sweep did. */
export interface SweepReport {
  /** English sentences on what was removed. */
  removed: string[];
  /** English sentences on what is left to do. */
  left: string[];
}

/** A way to make a volume stand still while it is in use. */
export interface Provider {
  readonly name: SnapshotProvider;
  readonly capabilities: ProviderCapabilities;
  /** Cheap, changes nothing, throws nothing but `CANCELLED`. */
  readiness(volume: Volume, cache: CacheRequest, signal?: AbortSignal): Promise<ProviderReadiness>;
  /**
   * Throws `SNAPSHOT_UNAVAILABLE` with `reason` and `remedy`, `SNAPSHOT_NO_SPACE` with `neededBytes` and `presentBytes`,
   * `CANCELLED`; leaves nothing behind then.
   */
  create(volume: Volume, options: CreateOptions): Promise<TakenSnapshot>;
  status(snapshot: TakenSnapshot): Promise<SnapshotStatus>;
  /** Gives a bounded snapshot `bytes` more space, or as much as there is; false where there is no more. */
  extend(snapshot: TakenSnapshot, bytes: number): Promise<boolean>;
  /** Idempotent. Throws `SNAPSHOT_RELEASE_FAILED` with `leftBehind` after trying for a while. */
  release(snapshot: TakenSnapshot): Promise<void>;
  /** Removes what no living run owns. Throws nothing. */
  sweep(options: SweepOptions): Promise<SweepReport>;
  readonly tracking?: ChangeTracking;
}
