/**
 * A program that commits transactions to an SQLite database at full speed. Each moves money between accounts, so that
 * the sum never changes; the counter is the number of commits.
 *
 *   node database-writer.ts FILE JOURNAL-MODE     prints `ready`, then on each line that it reads the number of commits
 */
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';

/** Accounts, and what each has at first. */
export const ACCOUNTS = 500;
export const CREDIT = 1000;

const [path = '', mode = 'wal'] = process.argv.slice(2);
const database = new DatabaseSync(path);
database.exec(`PRAGMA journal_mode = ${mode}; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 50`);
database.exec('CREATE TABLE account (id INTEGER PRIMARY KEY, credit INTEGER, note TEXT)');
database.exec('CREATE TABLE done (commits INTEGER); INSERT INTO done VALUES (0)');
const insert = database.prepare('INSERT INTO account VALUES (?, ?, ?)');
database.exec('BEGIN');
for (let id = 0; id < ACCOUNTS; id++) insert.run(id, CREDIT, 'x'.repeat(id % 300));
database.exec('COMMIT');
process.stdout.write('ready\n');

const move = database.prepare('UPDATE account SET credit = credit + ?, note = ? WHERE id = ?');
const count = database.prepare('UPDATE done SET commits = commits + 1');
let commits = 0;
let ended = false;
const input = createInterface({ input: process.stdin });
input.on('line', () => process.stdout.write(`${commits}\n`));
input.on('close', () => {
  ended = true;
});

function work(): void {
  const amount = 1 + (commits % 90);
  database.exec('BEGIN');
  move.run(-amount, 'y'.repeat(commits % 400), commits % ACCOUNTS);
  move.run(amount, 'z'.repeat(commits % 200), (commits * 7 + 1) % ACCOUNTS);
  count.run();
  database.exec('COMMIT');
  commits++;
  if (ended) database.close();
  else setImmediate(work);
}
work();
