/** Turns raw byte counters into what people are shown: averaged rates and an honest estimate of the time left. */
import type { ByteRange, Phase, Progress, SnapshotFill } from '#contract';

/** What the work reports; all counters are bytes and only grow within a phase. */
export interface ByteCounters {
  bytesDone: number;
  bytesTotal: number;
  /** Added to the repository so far. */
  storedBytes?: number | undefined;
  /** Read so far, where it differs from `bytesDone` (free space counts as done without being read). */
  readBytes?: number | undefined;
  /** What is being worked on. */
  current?: ByteRange | undefined;
}

interface Sample {
  at: number;
  done: number;
  read: number;
  stored: number;
}

/** Rates are averaged over this long, milliseconds. */
const WINDOW_MS = 5000;
/** Samples closer than this are merged, so that memory does not depend on how often the work reports. */
const SAMPLE_SPACING_MS = 100;
/** Shorter measurements say nothing about a rate. */
const FIRST_RATE_MS = 200;
/** No estimate earlier than this in a phase. */
const FIRST_ETA_MS = 3000;
/** Both ends of the estimate are widened by this share. */
const ETA_MARGIN = 0.1;

/** Measures one task; times are monotonic milliseconds given by the caller. */
export class ProgressMeter {
  #phase: Phase;
  #first: Sample;
  #samples: Sample[];
  #counters: ByteCounters = { bytesDone: 0, bytesTotal: 0 };
  /** Shown along as it is, whatever the phase. */
  snapshot: SnapshotFill | undefined;

  constructor(phase: Phase, now: number) {
    this.#phase = phase;
    this.#first = { at: now, done: 0, read: 0, stored: 0 };
    this.#samples = [this.#first];
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Starts a phase: bytes done begin at 0 again, what was stored stays. */
  enter(phase: Phase, now: number): void {
    const { storedBytes } = this.#counters;
    this.#phase = phase;
    this.#counters = { bytesDone: 0, bytesTotal: 0, storedBytes };
    this.#first = { at: now, done: 0, read: 0, stored: storedBytes ?? 0 };
    this.#samples = [this.#first];
  }

  /** Takes new counters. Absent optional ones keep their last value, except `current`. */
  update(counters: ByteCounters, now: number): void {
    const { storedBytes = this.#counters.storedBytes, readBytes = this.#counters.readBytes } = counters;
    this.#counters = { ...counters, storedBytes, readBytes };
    this.#sample(now);
  }

  /** The state at `now`. Called without new counters in between, the rates fall: a stalled device shows as one. */
  progress(now: number): Progress {
    this.#sample(now);
    const { bytesDone, bytesTotal, storedBytes = 0, current } = this.#counters;
    const etaSeconds = this.#eta(now);
    return {
      phase: this.#phase,
      bytesDone,
      // A total that was exceeded (a file that grew) must not show more than 100 %.
      bytesTotal: Math.max(bytesTotal, bytesDone),
      readRate: this.#rate('read', now),
      storeRate: this.#rate('stored', now),
      storedBytes,
      ...(etaSeconds === undefined ? {} : { etaSeconds }),
      ...(current === undefined ? {} : { current: { ...current } }),
      ...(this.snapshot === undefined ? {} : { snapshot: { ...this.snapshot } }),
    };
  }

  #sample(now: number): void {
    const { bytesDone, storedBytes = 0, readBytes = bytesDone } = this.#counters;
    const sample: Sample = { at: now, done: bytesDone, read: readBytes, stored: storedBytes };
    const previous = this.#samples.at(-2);
    if (previous !== undefined && now - previous.at < SAMPLE_SPACING_MS) this.#samples.pop();
    this.#samples.push(sample);
    // The last sample that is older than the window stays: the average then covers the whole window.
    while (now - (this.#samples[1]?.at ?? now) >= WINDOW_MS) this.#samples.shift();
  }

  /** Bytes a second over the window; never negative. */
  #rate(counter: 'done' | 'read' | 'stored', now: number): number {
    const oldest = this.#samples[0] ?? this.#first;
    const newest = this.#samples.at(-1) ?? oldest;
    const elapsed = now - oldest.at;
    if (elapsed < FIRST_RATE_MS) return 0;
    return (Math.max(0, newest[counter] - oldest[counter]) * 1000) / elapsed;
  }

  /** Between what the last seconds and what the whole phase promise; absent while that says nothing. */
  #eta(now: number): { low: number; high: number } | undefined {
    const { bytesDone, bytesTotal } = this.#counters;
    const elapsed = now - this.#first.at;
    const left = bytesTotal - bytesDone;
    if (elapsed < FIRST_ETA_MS || left <= 0) return undefined;
    const recent = this.#rate('done', now);
    const overall = (bytesDone * 1000) / elapsed;
    if (recent <= 0 || overall <= 0) return undefined;
    const low = (left / Math.max(recent, overall)) * (1 - ETA_MARGIN);
    const high = (left / Math.min(recent, overall)) * (1 + ETA_MARGIN);
    return { low: Math.max(1, Math.floor(low)), high: Math.max(1, Math.ceil(high)) };
  }
}
