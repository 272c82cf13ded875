/**
 * Names of files that are being written. They carry the writer's identity, so that those of a killed run are found and
 * removed, and those of a running one never. restic ignores names that are not ids.
 */
import { createHash, randomBytes } from 'node:crypto';
import { livenessOf, thisHost, thisMachine, thisProcess } from '../process-identity.ts';

const PATTERN = /^\.stillframe-([0-9a-f]{8})-([0-9a-f]*)-(\d*)-(\d+)-(\d*)-[0-9a-f]{12}$/;
const FOREIGN_AGE_MS = 7 * 24 * 60 * 60 * 1000;

/** Distinguishes machines that share a repository, also those of the same name; not a secret. */
const host = createHash('sha256').update(`${thisHost()} ${thisMachine()}`).digest('hex').slice(0, 8);

/** A new name, unique among all writers. */
export function temporaryName(): string {
  const { pid, boot, namespace, started } = thisProcess();
  return `.stillframe-${host}-${boot}-${namespace}-${pid}-${started}-${randomBytes(6).toString('hex')}`;
}

/** True for a name that `temporaryName` made, here or elsewhere. */
export function isTemporaryName(name: string): boolean {
  return PATTERN.test(name);
}

/**
 * True if nobody writes the file any more: its writer ran on this machine and is gone, or nobody could still be
 * writing a file that was last changed `ageMs` ago.
 */
export function isAbandoned(name: string, ageMs: number): boolean {
  const match = PATTERN.exec(name);
  if (match === null) return false;
  const [, madeBy, boot = '', namespace = '', pid, started = ''] = match;
  const liveness = madeBy === host ? livenessOf({ boot, namespace, pid: Number(pid), started }) : 'unknown';
  return liveness === 'dead' || (liveness === 'unknown' && ageMs > FOREIGN_AGE_MS);
}
