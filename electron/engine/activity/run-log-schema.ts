/** The tables of the run log, and opening a database that holds them. */
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** How long a statement waits for another process, milliseconds; it blocks this one. */
export const BUSY_TIMEOUT_MS = 400;

/** One entry a version: what makes of the version before it the next one. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE runs (
     id TEXT PRIMARY KEY,
     kind TEXT NOT NULL,
     subject TEXT NOT NULL,
     -- The subject in lower case, for searches.
     folded TEXT NOT NULL,
     state TEXT NOT NULL,
     -- Milliseconds since the epoch; "updated": when the owner last wrote.
     started INTEGER NOT NULL,
     finished INTEGER,
     updated INTEGER NOT NULL,
     elapsed REAL NOT NULL,
     read_bytes INTEGER NOT NULL,
     stored_bytes INTEGER NOT NULL,
     deduplicated_bytes INTEGER NOT NULL,
     warning_count INTEGER NOT NULL,
     error_code TEXT,
     image_id TEXT,
     repeatable INTEGER NOT NULL,
     -- Identity of the process that runs it; empty once it has ended.
     owner TEXT NOT NULL,
     log_length INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX runs_by_start ON runs (started DESC, id DESC);
   CREATE INDEX runs_by_subject ON runs (subject, started DESC);
   CREATE INDEX runs_unfinished ON runs (owner) WHERE owner <> '';
   CREATE TABLE details (
     id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
     command TEXT NOT NULL,
     request TEXT,
     warnings TEXT NOT NULL,
     log TEXT NOT NULL,
     result TEXT,
     error TEXT
   ) STRICT;`,
  `ALTER TABLE runs ADD COLUMN schedule TEXT;
   CREATE INDEX runs_by_schedule ON runs (schedule, started DESC) WHERE schedule IS NOT NULL;`,
];

/** A database of a version that this program does not know: it is left alone. */
export class NewerRunLog extends Error {
  override readonly name = 'NewerRunLog';
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

/** Brings the tables to the newest version; several processes may try at once. */
function migrate(database: DatabaseSync): void {
  const version = versionOf(database);
  if (version === MIGRATIONS.length) return;
  if (version > MIGRATIONS.length) throw new NewerRunLog(`version ${version} of the run log is not known`);
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been first.
    for (const step of MIGRATIONS.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function opened(path: string, prepare: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec(prepare);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens or makes the file, readable by its owner only. Throws SQLite's errors, and `NewerRunLog`. */
export function openFile(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite gives its other files the mode of this one.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  // The log may be lost, so a commit need not wait for the disk; WAL keeps it whole after a crash.
  return opened(path, 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
}

/** One that only lives in memory. */
export function openMemory(): DatabaseSync {
  return opened(':memory:', 'PRAGMA foreign_keys = ON');
}
