/**
 * Commits numbered entries to a database as fast as it can, each one durable, for ever. After each commit its number
 * goes to a small file.
 *
 *   node e2e/uml/sqlite-writer.ts DATABASE JOURNAL-MODE PROGRESS-FILE
 */
import { openSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const [path = '', mode = '', progress = ''] = process.argv.slice(2);
const database = new DatabaseSync(path);
database.exec(`PRAGMA journal_mode = ${mode}; PRAGMA synchronous = FULL;`);
database.exec('CREATE TABLE entries (number INTEGER PRIMARY KEY, text TEXT, other TEXT UNIQUE)');
const insert = database.prepare('INSERT INTO entries VALUES (?, ?, ?)');
const update = database.prepare('UPDATE entries SET text = ? WHERE number % 7 = ?');
const told = openSync(progress, 'w');
const number = Buffer.alloc(8);
for (let count = 1; ; count++) {
  database.exec('BEGIN');
  insert.run(count, 'x'.repeat(1 + ((count * 997) % 5000)), `entry ${count}`);
  if (count % 10 === 0) update.run(`${count}`.repeat(1 + (count % 300)), count % 7);
  database.exec('COMMIT');
  number.writeBigUInt64LE(BigInt(count));
  writeSync(told, number, 0, number.length, 0);
}
