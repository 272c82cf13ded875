/** A freeze of a volume's file system that is thawed, or reported. */
import { EngineError, throwIfCancelled } from '../../base/errors.ts';
import type { Freezable } from './freezable.ts';
import { type FreezeChange, thawLeft } from './freeze-change.ts';
import { type FreezeEnd, FreezeRefused, FreezeUnsure, type FrozenFileSystem, freeze } from './hold.ts';
import { openAnyMount } from './mount-handle.ts';
import { whyNotFrozen } from './words.ts';

export class SureFreeze {
  readonly mountPoint: string;
  /** Monotonic milliseconds. */
  readonly since = performance.now();
  readonly #frozen: FrozenFileSystem;
  readonly #change: FreezeChange;

  constructor(frozen: FrozenFileSystem, change: FreezeChange, mountPoint: string) {
    this.#frozen = frozen;
    this.#change = change;
    this.mountPoint = mountPoint;
  }

  /** How it ended before we ended it; `undefined`: it has not. */
  ended(): Promise<FreezeEnd | undefined> {
    return this.#frozen.ended();
  }

  /**
   * Lets writers go on; the answer is not `thawed` by `asked` where the file system did not stand still to the end.
   * Idempotent. Throws `SNAPSHOT_RELEASE_FAILED`.
   */
  async thaw(): Promise<FreezeEnd> {
    const end = await this.#frozen.thaw();
    if (end.kind !== 'stuck') return end;
    await undoFreeze(this.#change, this.mountPoint);
    return end;
  }
}

/** Thaws what may be frozen, once nothing of ours can freeze it any more. Throws `SNAPSHOT_RELEASE_FAILED`. */
async function undoFreeze(change: FreezeChange, mountPoint: string): Promise<void> {
  const { volume } = change;
  const result = await thawLeft(change);
  if (!('error' in result)) return;
  throw new EngineError('SNAPSHOT_RELEASE_FAILED', {
    volume,
    reason: `${volume} could not be thawed: ${result.error}.`,
    leftBehind: [`the frozen file system at ${mountPoint}`],
    remedy: `Run: fsfreeze --unfreeze ${mountPoint}`,
  });
}

export interface SureFreezeOptions {
  target: Freezable;
  /** On record already. */
  change: FreezeChange;
  deadlineMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Freezes. Throws `SNAPSHOT_UNAVAILABLE`, `CANCELLED`, and nothing is frozen then; `SNAPSHOT_RELEASE_FAILED` where that is
 * not sure.
 */
export async function freezeSurely(options: SureFreezeOptions): Promise<SureFreeze> {
  const { target, change, deadlineMs, signal } = options;
  const { volume, name } = change;
  await using mount = await openAnyMount(target.mounts);
  if (mount === undefined) {
    const reason = `Something else is mounted over every mount point of ${volume}.`;
    throw new EngineError('SNAPSHOT_UNAVAILABLE', { volume, reason, remedy: 'Unmount that.' });
  }
  try {
    const frozen = await freeze({ folder: mount.handle, name, deadlineMs, signal });
    return new SureFreeze(frozen, change, mount.mountPoint);
  } catch (error) {
    const isUnsure = error instanceof FreezeUnsure;
    if (!isUnsure && !(error instanceof FreezeRefused)) throw error;
    // Only then: after any other end, what is frozen was frozen by somebody else.
    if (isUnsure) await undoFreeze(change, mount.mountPoint);
    throwIfCancelled(signal);
    const why = whyNotFrozen(volume, isUnsure ? 'ECHILD' : error.code);
    throw new EngineError('SNAPSHOT_UNAVAILABLE', { volume, ...why }, { cause: error });
  }
}
