/** What a snapshot provider must do. One file a provider, one row each in `registry.ts`. */
import type { SnapshotProvider, Volume } from '#contract';

/** What a provider can do at all, on any volume. */
export interface ProviderCapabilities {
  /** `process.platform` values on which it exists. */
  platforms: readonly NodeJS.Platform[];
  /** It makes point-in-time copies; false for `NONE`. */
  snapshots: boolean;
  /** The space of a snapshot is limited and can run out, so `status` must be watched. */
  bounded: boolean;
}

/** Whether it can be used on one volume now. */
export interface Readiness {
  ready: boolean;
  /** Why not, one English sentence; empty when ready. */
  reason: string;
  /** What to do about it, one English sentence; may be empty. */
  remedy: string;
}

/** How a snapshot is doing. */
export interface SnapshotStatus {
  /** False once the snapshot was lost, for example because its space ran out: what was read is worthless. */
  valid: boolean;
  /** Space taken and given, bytes; absent where it is not limited. */
  usedBytes?: number;
  totalBytes?: number;
}

/** A snapshot that exists. Disposing releases it. */
export interface TakenSnapshot extends AsyncDisposable {
  /** Carries our prefix and the run's id, so that leftovers can be told. */
  readonly name: string;
  /** Device to read instead of the volume. */
  readonly readPath: string;
}

export interface CreateOptions {
  runId: string;
  signal?: AbortSignal | undefined;
}

/** A way to make a volume stand still while it is in use. */
export interface Provider {
  readonly name: SnapshotProvider;
  readonly capabilities: ProviderCapabilities;
  readiness(volume: Volume): Promise<Readiness>;
  /** Throws `SNAPSHOT_UNAVAILABLE` with `reason` and `remedy`, `CANCELLED`; leaves nothing behind then. */
  create(volume: Volume, options: CreateOptions): Promise<TakenSnapshot>;
  status(snapshot: TakenSnapshot): Promise<SnapshotStatus>;
  /** Gives a bounded snapshot `bytes` more space; false where there is no more. */
  extend(snapshot: TakenSnapshot, bytes: number): Promise<boolean>;
  /** Idempotent. */
  release(snapshot: TakenSnapshot): Promise<void>;
  /** Removes snapshots of runs that are not alive; English sentences on what was done. */
  sweep(isAlive: (runId: string) => Promise<boolean>): Promise<string[]>;
}
