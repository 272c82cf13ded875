/**
 * The record of all runs, `activity.sqlite` in the state folder, shared by every engine of this person. It may be
 * deleted, damaged, locked or without space at any time: the runs of this engine are then answered from memory, and
 * written as soon as that works again. Nothing here throws because of the file.
 */
import { join } from 'node:path';
import type { RunFilter, RunSummary, WireError } from '#contract';
import type { Ports } from '../ports.ts';
import { RunLogFile } from './run-log-file.ts';
import type { StoredDetails } from './run-log-rows.ts';
import { openMemory } from './run-log-schema.ts';
import { type RunPlace, RunStore, type UnfinishedRun } from './run-log-store.ts';
import { isEndedState, type RunRecord } from './run-record.ts';

/** Ended runs of this engine that stay in memory. */
const REMEMBERED = 200;
/** How long after a failure what is not written yet is tried again. */
const TRY_AGAIN_MS = 2000;

/** Where the run log of a state folder is. */
export function runLogPath(stateDirectory: string): string {
  return join(stateDirectory, 'activity.sqlite');
}

export class RunLog implements Disposable {
  readonly #file: RunLogFile;
  readonly #ports: Pick<Ports, 'clock' | 'logger'>;
  /** Runs of this engine, oldest first. */
  readonly #records = new Map<string, RunRecord>();
  /** Ids of records that the file does not have as they are; the shelter has them. */
  readonly #unsaved = new Set<string>();
  #shelter: RunStore | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(ports: Pick<Ports, 'clock' | 'logger' | 'directories'>) {
    this.#file = new RunLogFile(runLogPath(ports.directories.state), ports);
    this.#ports = ports;
  }

  /** Keeps a run of this engine as it is now. */
  save(record: RunRecord): void {
    const { id } = record.summary;
    this.#records.delete(id);
    this.#records.set(id, record);
    this.#unsaved.add(id);
    this.#flush();
    if (isEndedState(record.summary.state)) this.#forgetOldest();
  }

  /** Newest first. `beforeId`: the last one that is known; an id that is not kept any more gives nothing. */
  list({ filter, beforeId, limit }: { filter: RunFilter; beforeId?: string | undefined; limit: number }): {
    runs: RunSummary[];
    total: number;
  } {
    this.#flush();
    const except = [...this.#unsaved];
    const place = beforeId === undefined ? undefined : this.#placeOf(beforeId);
    if (beforeId !== undefined && place === undefined) return { runs: [], total: this.#count(filter, except) };
    const runs = [
      ...(this.#file.read((store) => store.list(filter, place, limit, except)) ?? []),
      ...(this.#sheltered((store) => store.list(filter, place, limit)) ?? []),
    ];
    const sorted = runs.sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt) || (a.id < b.id ? 1 : -1));
    return { runs: sorted.slice(0, limit).map((run) => this.#upToNow(run)), total: this.#count(filter, except) };
  }

  details(id: string): StoredDetails | undefined {
    this.#flush();
    const found =
      (this.#unsaved.has(id) ? this.#sheltered((store) => store.details(id)) : undefined) ??
      this.#file.read((store) => store.details(id));
    return found && { ...found, run: this.#upToNow(found.run) };
  }

  /** Of every subject the newest backup that has ended. */
  latestBackups(): RunSummary[] {
    this.#flush();
    const all = [
      ...(this.#file.read((store) => store.latestBackups()) ?? []),
      ...(this.#sheltered((store) => store.latestBackups()) ?? []),
    ];
    const latest = new Map<string, RunSummary>();
    for (const run of all) {
      const known = latest.get(run.subject);
      if (known === undefined || Date.parse(known.startedAt) <= Date.parse(run.startedAt)) latest.set(run.subject, run);
    }
    return [...latest.values()];
  }

  /** Runs that were not ended yet when their owner last wrote, those of other engines included. */
  unfinished(): UnfinishedRun[] {
    return this.#file.read((store) => store.unfinished()) ?? [];
  }

  /** Their owners are gone: they failed. */
  abandon(runs: readonly UnfinishedRun[], error: WireError): void {
    for (const run of runs) this.#file.write((store) => store.abandon(run, error));
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#file.retryNow();
    // Who did nothing that is recorded need not make a file.
    if (this.#unsaved.size > 0) this.#flush();
    clearTimeout(this.#timer);
    this.#file[Symbol.dispose]();
    this.#shelter?.[Symbol.dispose]();
    this.#shelter = undefined;
  }

  #count(filter: RunFilter, except: readonly string[]): number {
    const inFile = this.#file.read((store) => store.count(filter, except)) ?? 0;
    return inFile + (this.#sheltered((store) => store.count(filter)) ?? 0);
  }

  #placeOf(id: string): RunPlace | undefined {
    return this.#sheltered((store) => store.placeOf(id)) ?? this.#file.read((store) => store.placeOf(id));
  }

  #upToNow(run: RunSummary): RunSummary {
    if (run.finishedAt !== undefined) return run;
    const elapsedSeconds = Math.max(0, (this.#ports.clock.now() - Date.parse(run.startedAt)) / 1000);
    return { ...run, elapsedSeconds };
  }

  /** Writes what is not in the file yet; where that does not work now, it is kept in the shelter. */
  #flush(): void {
    // What this engine did is known here, whatever became of the file before.
    if (this.#file.opened() !== 'as before') for (const id of this.#records.keys()) this.#unsaved.add(id);
    if (this.#unsaved.size === 0) return;
    const records = [...this.#unsaved].flatMap((id) => this.#records.get(id) ?? []);
    const ended = records.some(({ summary }) => isEndedState(summary.state));
    const now = this.#ports.clock.now();
    const written = this.#file.write((store) => {
      store.save(records, now);
      if (ended) store.prune(now);
    });
    if (written) {
      for (const { summary } of records) this.#settle(summary.id);
      return;
    }
    this.#takeIn(records, now);
    this.#tryLater();
  }

  /** What memory does not take either is not kept: the run itself goes on. */
  #takeIn(records: readonly RunRecord[], nowMs: number): void {
    try {
      this.#shelter ??= new RunStore(openMemory());
      this.#shelter.save(records, nowMs);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#ports.logger.warn('what runs do cannot be kept in memory', { reason });
    }
  }

  #settle(id: string): void {
    this.#unsaved.delete(id);
    this.#shelter?.remove(id);
  }

  #forgetOldest(): void {
    const ended = [...this.#records.values()].filter(({ summary }) => isEndedState(summary.state));
    for (const { summary } of ended.slice(0, Math.max(0, ended.length - REMEMBERED))) {
      this.#records.delete(summary.id);
      this.#settle(summary.id);
    }
  }

  #tryLater(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, TRY_AGAIN_MS);
    this.#timer.unref();
  }

  #sheltered<T>(work: (store: RunStore) => T): T | undefined {
    return this.#unsaved.size > 0 && this.#shelter !== undefined ? work(this.#shelter) : undefined;
  }
}
