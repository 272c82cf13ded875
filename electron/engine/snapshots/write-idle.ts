/** Waiting for a moment in which nobody writes to a volume (options `snapshotfsidlewait`, `snapshotfsidleretries`). */
import type { Volume } from '#contract';
import { throwIfCancelled } from '../base/errors.ts';
import type { Clock } from '../ports.ts';
import { sleep as sleepFor } from './sleep.ts';
import { flushWrites, writtenBytes } from './write-counters.ts';

export interface WriteIdleOptions {
  volume: Pick<Volume, 'name' | 'mounts'>;
  /** How long the volume is to be without writes, at the first try and at the last one. */
  waits: { firstMs: number; lastMs: number };
  /** How many more tries follow the first. */
  retries: number;
  clock: Pick<Clock, 'monotonic'>;
  signal?: AbortSignal | undefined;
  /** Bytes written so far; default: the kernel's count. */
  readCounters?(): Promise<number | undefined>;
  /** Makes the counters tell of everything that was written; false: much of it waits still. Default: `flushWrites`. */
  flush?(): Promise<boolean>;
  sleep?(ms: number): Promise<void>;
}

export type WriteIdle =
  | {
      idle: true;
      /** Time until the volume was found idle, the idle time included. */
      waitedMs: number;
      /** How often it was tried; 0 where nobody asked for a wait. */
      tries: number;
    }
  | {
      idle: false;
      waitedMs: number;
      tries: number;
      /** One English sentence. */
      reason: string;
    };

/**
 * Waits for a stretch without writes; reads do not matter. The stretches step down evenly from the first length to the
 * last one, and a length of 0 ends the waiting at once.
 *
 * Whether a program wrote shows in the device's counters only when the kernel sends its pages to the device, which it
 * does seconds later and in bursts. So every stretch begins and ends with a flush: then the counters differ exactly
 * where somebody wrote in between. On a file system at rest flushing writes nothing.
 *
 * What to do about a volume that is never idle is the caller's to decide. Throws `CANCELLED`.
 */
export async function waitForWriteIdle(options: WriteIdleOptions): Promise<WriteIdle> {
  const { volume, waits, retries, clock, signal } = options;
  const {
    readCounters = () => writtenBytes(volume),
    flush = () => flushWrites(volume, signal),
    sleep = (ms) => sleepFor(ms, signal),
  } = options;
  const start = clock.monotonic();
  const waitedMs = () => clock.monotonic() - start;
  throwIfCancelled(signal);
  if (waits.firstMs === 0) return { idle: true, waitedMs: 0, tries: 0 };
  if ((await readCounters()) === undefined) return { idle: false, waitedMs: 0, tries: 0, reason: uncounted(volume) };
  await flush();
  let before = await readCounters();
  for (let attempt = 0; attempt <= retries; attempt++) {
    const ms = stretchMs(waits, attempt, retries);
    if (ms === 0) return { idle: true, waitedMs: waitedMs(), tries: attempt + 1 };
    await sleep(ms);
    const flushed = await flush();
    throwIfCancelled(signal);
    const after = await readCounters();
    const tries = attempt + 1;
    if (after === undefined) return { idle: false, waitedMs: waitedMs(), tries, reason: uncounted(volume) };
    if (flushed && after === before) return { idle: true, waitedMs: waitedMs(), tries };
    before = after;
  }
  const tries = retries + 1;
  return { idle: false, waitedMs: waitedMs(), tries, reason: neverIdle(volume, waits, retries) };
}

/** Length of one stretch: evenly from the first to the last. */
function stretchMs({ firstMs, lastMs }: WriteIdleOptions['waits'], attempt: number, retries: number): number {
  return retries === 0 ? firstMs : Math.round(firstMs + ((lastMs - firstMs) * attempt) / retries);
}

function uncounted({ name }: Pick<Volume, 'name'>): string {
  return `Nothing counts the writes to ${name}, so it cannot be told when it is idle.`;
}

function neverIdle({ name }: Pick<Volume, 'name'>, waits: WriteIdleOptions['waits'], retries: number): string {
  const shortest = stretchMs(waits, retries, retries);
  const tries = retries === 0 ? 'in the one try' : `in any of ${retries + 1} tries`;
  return `${name} was not without writes for ${shortest} ms ${tries}.`;
}
