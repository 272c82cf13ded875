/** The run log's statements over one database. Everything throws what SQLite throws. */
import type { DatabaseSync } from 'node:sqlite';
import type { RunFilter, RunSummary, WireError } from '#contract';
import { conditions, detailsOf, detailValues, runValues, type StoredDetails, summaryOf } from './run-log-rows.ts';
import type { RunRecord } from './run-record.ts';

/** Runs that are kept. */
export const KEPT_RUNS = 5000;
/** How long runs are kept, milliseconds. */
export const KEPT_MS = 2 * 366 * 86_400_000;
/** Characters of all logs together; the oldest logs go first, their runs stay. */
const KEPT_LOG_LENGTH = 64 * 1024 * 1024;

/** A place in the list. */
export interface RunPlace {
  started: number;
  id: string;
}

/** A run that no process has ended yet. */
export interface UnfinishedRun {
  id: string;
  owner: string;
  /** When its owner last wrote, milliseconds. */
  updated: number;
}

const SAVE_RUN = `
  INSERT INTO runs VALUES (:id, :kind, :subject, :folded, :state, :started, :finished, :updated, :elapsed, :read, :stored,
    :deduplicated, :warnings, :error, :image, :repeatable, :owner, :log, :schedule)
  ON CONFLICT (id) DO UPDATE SET state = :state, started = :started, finished = :finished, updated = :updated,
    elapsed = :elapsed, read_bytes = :read, stored_bytes = :stored, deduplicated_bytes = :deduplicated,
    warning_count = :warnings, error_code = :error, image_id = :image, repeatable = :repeatable, owner = :owner,
    log_length = :log`;
const SAVE_DETAILS = `
  INSERT INTO details VALUES (:id, :command, :request, :warnings, :log, :result, :error)
  ON CONFLICT (id) DO UPDATE SET command = :command, request = :request, warnings = :warnings, log = :log,
    result = :result, error = :error`;

export class RunStore implements Disposable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Writes the records in one transaction. */
  save(records: readonly RunRecord[], nowMs: number): void {
    this.#write(() => {
      const run = this.#database.prepare(SAVE_RUN);
      const details = this.#database.prepare(SAVE_DETAILS);
      for (const record of records) {
        const log = JSON.stringify(record.log);
        run.run(runValues(record, nowMs, log.length));
        details.run(detailValues(record, log));
      }
    });
  }

  remove(id: string): void {
    this.#database.prepare('DELETE FROM runs WHERE id = ?').run(id);
  }

  /** Newest first, those after `after` in that order; `except`: ids that are answered from elsewhere. */
  list(filter: RunFilter, after: RunPlace | undefined, limit: number, except: readonly string[] = []): RunSummary[] {
    const { where, values } = conditions(filter, except);
    const place = after === undefined ? '' : 'AND (started, id) < (?, ?)';
    const at = after === undefined ? [] : [after.started, after.id];
    return this.#database
      .prepare(`SELECT * FROM runs WHERE ${where} ${place} ORDER BY started DESC, id DESC LIMIT ?`)
      .all(...values, ...at, limit)
      .flatMap(summaryOf);
  }

  count(filter: RunFilter, except: readonly string[] = []): number {
    const { where, values } = conditions(filter, except);
    return Number(this.#database.prepare(`SELECT count(*) AS n FROM runs WHERE ${where}`).get(...values)?.n ?? 0);
  }

  placeOf(id: string): RunPlace | undefined {
    const row = this.#database.prepare('SELECT started FROM runs WHERE id = ?').get(id);
    return row === undefined ? undefined : { started: Number(row.started), id };
  }

  details(id: string): StoredDetails | undefined {
    const row = this.#database.prepare('SELECT * FROM runs JOIN details USING (id) WHERE id = ?').get(id);
    return row && detailsOf(row);
  }

  /** Of every subject the newest backup that has ended. */
  latestBackups(except: readonly string[] = []): RunSummary[] {
    const { where, values } = conditions({ kinds: ['backup'], states: ['succeeded', 'failed', 'cancelled'] }, except);
    return this.#database
      .prepare(`SELECT *, max(started) FROM runs WHERE ${where} GROUP BY subject`)
      .all(...values)
      .flatMap(summaryOf);
  }

  unfinished(): UnfinishedRun[] {
    return this.#database
      .prepare("SELECT id, owner, updated FROM runs WHERE owner <> ''")
      .all()
      .map((row) => ({ id: String(row.id), owner: String(row.owner), updated: Number(row.updated) }));
  }

  /** Its owner is gone: it failed when it was last heard of. A run that ended meanwhile stays as it is. */
  abandon(run: UnfinishedRun, error: WireError): void {
    this.#write(() => {
      const { changes } = this.#database
        .prepare(
          `UPDATE runs SET state = 'failed', finished = updated, elapsed = max(0, (updated - started) / 1000.0),
             error_code = ?, owner = '', repeatable = kind <> 'restore'
               AND (SELECT request FROM details WHERE details.id = runs.id) IS NOT NULL
           WHERE id = ? AND owner = ?`,
        )
        .run(error.code, run.id, run.owner);
      if (changes === 0) return;
      this.#database.prepare('UPDATE details SET error = ? WHERE id = ?').run(JSON.stringify(error), run.id);
    });
  }

  /** Drops what is too old or too much; runs that go on stay. */
  prune(nowMs: number): void {
    this.#write(() => {
      this.#database.prepare("DELETE FROM runs WHERE started < ? AND owner = ''").run(nowMs - KEPT_MS);
      this.#database
        .prepare(
          `DELETE FROM runs WHERE owner = '' AND (started, id) <
             (SELECT started, id FROM runs ORDER BY started DESC, id DESC LIMIT 1 OFFSET ?)`,
        )
        .run(KEPT_RUNS - 1);
      const total = this.#database.prepare('SELECT sum(log_length) AS n FROM runs').get()?.n;
      if (Number(total ?? 0) > KEPT_LOG_LENGTH) this.#dropOldLogs();
    });
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #dropOldLogs(): void {
    const ids = this.#database
      .prepare(
        `SELECT id FROM (SELECT id, log_length, sum(log_length) OVER (ORDER BY started DESC, id DESC) AS upto FROM runs)
         WHERE upto > ? AND log_length > 2`,
      )
      .all(KEPT_LOG_LENGTH / 2);
    for (const { id } of ids) {
      this.#database.prepare("UPDATE details SET log = '[]' WHERE id = ?").run(String(id));
      this.#database.prepare('UPDATE runs SET log_length = 2 WHERE id = ?').run(String(id));
    }
  }

  #write(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}
