/** Watches the space of a snapshot while it is read: shows how full it is, enlarges it in time, notices its loss. */
import type { SnapshotFill, WarningKind } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { Clock } from '../ports.ts';
import type { Provider, SnapshotStatus, TakenSnapshot } from './provider.ts';

/** A writer at 500 MB/s fills 150 MB between two looks. */
const INTERVAL_MS = 300;
/** Enlarged when fuller than this share, or when full sooner than `EXTEND_BEFORE_SECONDS`. */
const EXTEND_ABOVE = 0.6;
const EXTEND_BEFORE_SECONDS = 10;
/** By a quarter, or by what is written in half a minute. */
const EXTEND_SHARE = 0.25;
const EXTEND_SECONDS = 30;
const MINIMUM_EXTENSION_BYTES = 64 * 1024 * 1024;

export interface SpaceWatchOptions {
  provider: Provider;
  snapshot: TakenSnapshot;
  /** Name of the volume. */
  volume: string;
  /** Its size: a snapshot with as much space can never run full. */
  sizeBytes: number;
  clock: Pick<Clock, 'monotonic'>;
  onFill(fill: SnapshotFill | undefined): void;
  warn(text: string, kind?: WarningKind): void;
}

/** Ends with its disposal, after the look that is under way. */
export class SpaceWatch implements AsyncDisposable {
  readonly #options: SpaceWatchOptions;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;
  #last: { at: number; usedBytes: number } | undefined;
  /** Bytes a second, smoothed. */
  #rate = 0;
  #canGrow = true;

  constructor(options: SpaceWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
    }, INTERVAL_MS);
    this.#timer.unref();
  }

  /** Aborts with `SNAPSHOT_LOST` once what was read is worthless. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Looks now; throws `SNAPSHOT_LOST`. */
  async assertValid(): Promise<void> {
    await this.#looking;
    await this.#look();
    if (this.#lost.signal.aborted) throw this.#lost.signal.reason;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    this.#options.onFill(undefined);
  }

  async #look(): Promise<void> {
    if (this.#lost.signal.aborted) return;
    const { provider, snapshot } = this.#options;
    try {
      const status = await provider.status(snapshot);
      if (!status.valid) this.#lose(status.reason);
      else await this.#follow(status);
    } catch (error) {
      // What cannot be asked cannot be trusted.
      this.#lose(`Its state cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }

  #lose(reason: string): void {
    const { volume } = this.#options;
    const remedy = 'Repeat the backup; what was stored is used again. Older images are as they were.';
    this.#lost.abort(
      new EngineError('SNAPSHOT_LOST', { volume, reason: `The snapshot of ${volume} was lost. ${reason}`, remedy }),
    );
  }

  async #follow({ usedBytes, totalBytes }: SnapshotStatus): Promise<void> {
    if (usedBytes === undefined || totalBytes === undefined || totalBytes === 0) return;
    const at = this.#options.clock.monotonic();
    if (this.#last !== undefined && at > this.#last.at) {
      const now = (Math.max(0, usedBytes - this.#last.usedBytes) * 1000) / (at - this.#last.at);
      this.#rate = this.#rate === 0 ? now : this.#rate * 0.7 + now * 0.3;
    }
    this.#last = { at, usedBytes };
    const secondsToFull = this.#rate > 0 ? (totalBytes - usedBytes) / this.#rate : undefined;
    this.#options.onFill({ usedBytes, totalBytes, ...(secondsToFull === undefined ? {} : { secondsToFull }) });
    const soon = (secondsToFull ?? Number.POSITIVE_INFINITY) < EXTEND_BEFORE_SECONDS;
    const mayRunFull = totalBytes < this.#options.sizeBytes;
    if (mayRunFull && this.#canGrow && (usedBytes > totalBytes * EXTEND_ABOVE || soon)) await this.#extend(totalBytes);
  }

  async #extend(totalBytes: number): Promise<void> {
    const { provider, snapshot, volume, warn } = this.#options;
    const bytes = Math.max(MINIMUM_EXTENSION_BYTES, totalBytes * EXTEND_SHARE, this.#rate * EXTEND_SECONDS);
    this.#canGrow = await provider.extend(snapshot, Math.ceil(bytes));
    if (!this.#canGrow) {
      warn(`The snapshot of ${volume} cannot be enlarged any more; if it fills up, this run fails.`, 'snapshotSpace');
    }
  }
}
