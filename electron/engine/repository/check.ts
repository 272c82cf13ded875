/**
 * Checks a repository: that everything is there, fits together and, with `readData`, that every byte is what it was.
 * All problems are collected; only what makes going on impossible is thrown.
 */
import { throwIfCancelled } from '../base/errors.ts';
import { GrowingBlobIndex } from './blob-index.ts';
import { checkIndexes } from './check-indexes.ts';
import { checkPacks } from './check-packs.ts';
import { ProblemList } from './check-problems.ts';
import { checkTrees } from './check-trees.ts';
import { loadConfig } from './config.ts';
import { damaged, fileReference, isMissing } from './damage.ts';
import { loadKeyFile } from './keys.ts';
import { stateOfLock } from './lock-file.ts';
import { listLocks } from './locks.ts';
import type { Session } from './session.ts';
import { listSnapshots } from './snapshots.ts';
import type { CheckOptions, CheckReport, Id } from './types.ts';

/** See `Repository.check`. `ownLocks` are the ids of locks that this process holds. */
export async function checkRepository(
  session: Session,
  { readData, signal, onProgress }: CheckOptions,
  ownLocks: ReadonlySet<Id>,
): Promise<CheckReport> {
  const problems = new ProblemList(session);
  await checkConfig(session, problems);
  await checkKeys(session, problems);
  await checkLocks(session, problems, ownLocks);

  throwIfCancelled(signal);
  const index = new GrowingBlobIndex();
  await checkIndexes(session, index, problems, signal);
  const options = { readData, ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const { packs, readBytes } = await checkPacks(session, index, problems, options);

  const damagedSnapshots: [Id, Error][] = [];
  const snapshots = await listSnapshots(session, (id, error) => damagedSnapshots.push([id, error]));
  for (const [id, error] of damagedSnapshots) await problems.addError(error, 'snapshot', id);
  await checkTrees(session, index, snapshots, problems, signal);
  return { packs, blobs: index.blobCount, snapshots: snapshots.length, readBytes, problems: problems.finish() };
}

async function checkConfig(session: Session, problems: ProblemList): Promise<void> {
  try {
    await loadConfig(session);
  } catch (error) {
    // Nothing else would be found either, if the whole repository were gone.
    if (isMissing(error) || !(await session.backend.exists('config', ''))) throw error;
    await problems.addError(error, 'config', '');
  }
}

async function checkKeys({ backend }: Session, problems: ProblemList): Promise<void> {
  let count = 0;
  for await (const { name } of backend.list('keys')) {
    count++;
    try {
      await loadKeyFile(backend, name);
    } catch (error) {
      await problems.addError(error, 'key', name);
    }
  }
  const reference = fileReference(backend.location, 'keys', '');
  if (count === 0) await problems.addError(damaged(reference, 'The repository has no key file.'), 'key', '');
}

async function checkLocks(session: Session, problems: ProblemList, own: ReadonlySet<Id>): Promise<void> {
  for (const { id, lock, error } of await listLocks(session)) {
    if (own.has(id)) continue;
    if (lock === undefined) await problems.addError(error, 'lock', id);
    else {
      const state = stateOfLock(lock, session.ports.clock.now());
      const holder = `process ${lock.pid} on ${lock.hostname}`;
      if (state === 'dead') problems.add('lock', id, `Left behind by ${holder}; the next run removes it.`, 'notice');
      if (state !== 'stale') continue;
      const remedy = 'if that no longer runs, "restic unlock" removes it';
      problems.add('lock', id, `Not refreshed for half an hour by ${holder}; ${remedy}.`, 'notice');
    }
  }
}
