/** What the restored copy of a volume that was written to must be like. */
import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { expectedSequences, sequencesOf } from './stamps.ts';

/** The stamped file is of one moment, not later than sequence number `upTo`; returns the newest number in it. */
export async function expectOneMoment(path: string, seed: number, upTo: number): Promise<number> {
  const sequences = sequencesOf(await readFile(path));
  const newest = sequences.reduce((most, sequence) => Math.max(most, sequence), 0);
  expect(newest).toBeLessThanOrEqual(upTo);
  expect(sequences).toEqual(expectedSequences(sequences.length, seed, newest));
  return newest;
}

/** The database is whole and holds only whole transactions, not more than `upTo`; returns how many. */
export function expectWholeDatabase(path: string, upTo: number): number {
  const database = new DatabaseSync(path);
  try {
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(database.prepare('SELECT count(*) AS n, sum(credit) AS s FROM account').get()).toEqual({
      n: 500,
      s: 500_000,
    });
    const commits = Number(database.prepare('SELECT commits FROM done').get()?.commits);
    expect(commits).toBeLessThanOrEqual(upTo);
    return commits;
  } finally {
    database.close();
  }
}
