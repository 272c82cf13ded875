/**
 * The record of all runs, `activity.sqlite` in the state folder, shared by every engine of this person. It may be
 * deleted, damaged, locked or without space at any time: the runs of this engine are then answered from memory, and
 * written as soon as that works again. Nothing here throws because of the file.
 */
import { join } from 'node:path';
import type { RunFilter, RunSummary, WireError } from '#contract';
import type { Ports } from '../ports.ts';
import { type Fault, faultOf, fileIdentity, setAside } from './run-log-faults.ts';
import { openFile, openMemory } from './run-log-schema.ts';
import { type RunPlace, RunStore, type StoredDetails, type UnfinishedRun } from './run-log-store.ts';
import { isEndedState, type RunRecord } from './run-record.ts';

/** Ended runs of this engine that stay in memory. */
const REMEMBERED = 200;
/** How long nothing is tried after a failure. */
const PAUSE_MS: Record<Fault, number> = { damaged: 60_000, busy: 2_000, closed: 10_000, refused: 10_000 };

/** Where the run log of a state folder is. */
export function runLogPath(stateDirectory: string): string {
  return join(stateDirectory, 'activity.sqlite');
}

export class RunLog implements Disposable {
  readonly #path: string;
  readonly #ports: Pick<Ports, 'clock' | 'logger'>;
  /** Runs of this engine, oldest first. */
  readonly #records = new Map<string, RunRecord>();
  /** Ids of records that the file does not have as they are; the shelter has them. */
  readonly #unsaved = new Set<string>();
  readonly #warned = new Set<string>();
  #shelter: RunStore | undefined;
  #file: { store: RunStore; identity: string | undefined } | undefined;
  #openAgainAt = 0;
  #writeAgainAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(ports: Pick<Ports, 'clock' | 'logger' | 'directories'>) {
    this.#path = runLogPath(ports.directories.state);
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
      ...(this.#read((store) => store.list(filter, place, limit, except)) ?? []),
      ...(this.#sheltered((store) => store.list(filter, place, limit)) ?? []),
    ];
    const sorted = runs.sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt) || (a.id < b.id ? 1 : -1));
    return { runs: sorted.slice(0, limit).map((run) => this.#upToNow(run)), total: this.#count(filter, except) };
  }

  details(id: string): StoredDetails | undefined {
    this.#flush();
    const found =
      (this.#unsaved.has(id) ? this.#sheltered((store) => store.details(id)) : undefined) ??
      this.#read((store) => store.details(id));
    return found && { ...found, run: this.#upToNow(found.run) };
  }

  /** Of every subject the newest backup that has ended. */
  latestBackups(): RunSummary[] {
    this.#flush();
    const all = [
      ...(this.#read((store) => store.latestBackups()) ?? []),
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
    return this.#read((store) => store.unfinished()) ?? [];
  }

  /** Their owners are gone: they failed. */
  abandon(runs: readonly UnfinishedRun[], error: WireError): void {
    for (const run of runs) this.#write((store) => store.abandon(run, error));
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#writeAgainAt = 0;
    this.#openAgainAt = 0;
    this.#flush();
    clearTimeout(this.#timer);
    this.#close();
    this.#shelter?.[Symbol.dispose]();
    this.#shelter = undefined;
  }

  #count(filter: RunFilter, except: readonly string[]): number {
    const inFile = this.#read((store) => store.count(filter, except)) ?? 0;
    return inFile + (this.#sheltered((store) => store.count(filter)) ?? 0);
  }

  #placeOf(id: string): RunPlace | undefined {
    return this.#sheltered((store) => store.placeOf(id)) ?? this.#read((store) => store.placeOf(id));
  }

  #upToNow(run: RunSummary): RunSummary {
    if (run.finishedAt !== undefined) return run;
    const elapsedSeconds = Math.max(0, (this.#ports.clock.now() - Date.parse(run.startedAt)) / 1000);
    return { ...run, elapsedSeconds };
  }

  /** Writes what is not in the file yet; where that does not work now, it is kept in the shelter. */
  #flush(): void {
    const file = this.#openFile();
    if (this.#unsaved.size === 0) return;
    const records = [...this.#unsaved].flatMap((id) => this.#records.get(id) ?? []);
    const ended = records.some(({ summary }) => isEndedState(summary.state));
    const now = this.#ports.clock.now();
    const written =
      file !== undefined &&
      this.#write((store) => {
        store.save(records, now);
        if (ended) store.prune(now);
      });
    if (written) {
      for (const { summary } of records) this.#settle(summary.id);
      return;
    }
    this.#shelter ??= new RunStore(openMemory());
    this.#shelter.save(records, now);
    this.#tryLater();
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
    }, PAUSE_MS.busy);
    this.#timer.unref();
  }

  #sheltered<T>(work: (store: RunStore) => T): T | undefined {
    return this.#unsaved.size > 0 && this.#shelter !== undefined ? work(this.#shelter) : undefined;
  }

  #read<T>(work: (store: RunStore) => T): T | undefined {
    return this.#attempt(work);
  }

  /** True where it was written. */
  #write(work: (store: RunStore) => void): boolean {
    if (this.#ports.clock.now() < this.#writeAgainAt) return false;
    return (
      this.#attempt((store) => {
        work(store);
        return true;
      }) ?? false
    );
  }

  /** Works on the file; a damaged one is set aside and the work done on a new one. `undefined` where it did not work. */
  #attempt<T>(work: (store: RunStore) => T, again = true): T | undefined {
    const store = this.#openFile();
    if (store === undefined) return undefined;
    try {
      return work(store);
    } catch (error) {
      const fault = this.#fail(error);
      return fault === 'damaged' && again ? this.#attempt(work, false) : undefined;
    }
  }

  #openFile(): RunStore | undefined {
    try {
      // Somebody may have deleted the file, or another engine may have set it aside.
      if (this.#file !== undefined && this.#file.identity !== fileIdentity(this.#path)) this.#close();
      if (this.#file !== undefined) return this.#file.store;
      if (this.#ports.clock.now() < this.#openAgainAt) return undefined;
      this.#open();
    } catch (error) {
      if (this.#fail(error) !== 'damaged') return undefined;
      try {
        this.#open();
      } catch (second) {
        this.#fail(second, false);
      }
    }
    return this.#file?.store;
  }

  #open(): void {
    const store = new RunStore(openFile(this.#path));
    this.#file = { store, identity: fileIdentity(this.#path) };
    // What this engine did is known here, whatever became of the file before.
    for (const id of this.#records.keys()) this.#unsaved.add(id);
  }

  #close(): void {
    const store = this.#file?.store;
    this.#file = undefined;
    try {
      store?.[Symbol.dispose]();
    } catch {
      // It was given up already.
    }
  }

  #fail(error: unknown, mayReplace = true): Fault {
    let fault = faultOf(error);
    const now = this.#ports.clock.now();
    let reason = error instanceof Error ? error.message : String(error);
    if (fault === 'damaged') {
      this.#close();
      try {
        if (!mayReplace) throw error;
        reason = `it was damaged and is now ${setAside(this.#path, now)}`;
      } catch {
        fault = 'closed';
      }
    }
    if (fault === 'closed') this.#close();
    if (fault !== 'damaged') {
      this.#writeAgainAt = now + PAUSE_MS[fault];
      if (this.#file === undefined) this.#openAgainAt = this.#writeAgainAt;
    }
    if (!this.#warned.has(fault)) {
      this.#warned.add(fault);
      this.#ports.logger.warn('the record of all runs cannot be used as it should', { file: this.#path, reason });
    }
    return fault;
  }
}
