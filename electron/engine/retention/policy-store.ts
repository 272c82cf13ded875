/** Saving the policy: a new snapshot each time, so that of several who save at once exactly one wins. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PolicySet } from '#contract';
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import { normalizeTime } from '../image/image-list.ts';
import { isPolicySnapshot } from '../image/policy-snapshot.ts';
import type { Ports } from '../ports.ts';
import type { Repository, RepositoryLock } from '../repository/types.ts';
import { type Marks, ownerOf, withoutStaleMarks } from './marks.ts';
import { decodePolicy, encodePolicy, POLICY_FORMAT, type PolicyDocument, policyOf } from './policy-document.ts';
import { type Author, writePolicy } from './policy-files.ts';
import { type PolicyState, policyState, versionsIn } from './policy-state.ts';
import { allSnapshots, assertAllReadable, markable, type StoredSnapshot } from './stored-snapshots.ts';

/** What is to be in force; `undefined`: nothing is to be changed. */
export type PolicyChange = { set?: PolicySet; marks?: Marks; changes: string[] } | undefined;

/** Decides by the newest state, under the lock; it is asked again where somebody else saved at the same moment. */
export type ChangePolicy = (
  state: PolicyState,
  snapshots: readonly StoredSnapshot[],
) => Promise<PolicyChange> | PolicyChange;

export type StorePorts = Pick<Ports, 'clock' | 'random' | 'nodeName'>;

/** How often two who save at the same moment try again. */
const MOST_COLLISIONS = 12;
const FIRST_WAIT_MS = 20;
/** After so many tries two of one version are none of which one is just being withdrawn. */
const MOST_DISPUTES = 6;
/** Sentences about one save that are kept. */
const MOST_CHANGES = 500;

const saving = new WeakMap<Repository, Promise<unknown>>();

/**
 * Saves what `change` makes of the newest policy; resolves with what is in force then. Throws what `change` throws,
 * `REPOSITORY_LOCKED`, and `POLICY_CHANGED` where others were always faster.
 */
export function changePolicy(
  repository: Repository,
  ports: StorePorts,
  change: ChangePolicy,
  signal?: AbortSignal,
): Promise<PolicyState> {
  const before = saving.get(repository) ?? Promise.resolve();
  const next = before.catch(() => undefined).then(() => saveRepeatedly(repository, ports, change, signal));
  saving.set(repository, next);
  return next;
}

async function saveRepeatedly(
  repository: Repository,
  ports: StorePorts,
  change: ChangePolicy,
  signal: AbortSignal | undefined,
): Promise<PolicyState> {
  for (let collisions = 0; collisions < MOST_COLLISIONS; collisions++) {
    throwIfCancelled(signal);
    {
      await using lock = await repository.lock(false, signal);
      const saved = await saveOnce(repository, lock, ports, change, collisions < MOST_DISPUTES);
      if (saved !== undefined) return saved;
    }
    await sleep(FIRST_WAIT_MS + ports.random.below(FIRST_WAIT_MS * 2 ** Math.min(collisions, 6)));
  }
  throw new EngineError('POLICY_CHANGED', {
    repository: repository.location,
    reason: 'Others are changing the policy all the time.',
  });
}

/**
 * The new snapshot is written, then it is looked whether somebody else wrote one from the same version meanwhile; who
 * sees another one withdraws. The one who wins has seen none, so everybody who writes later sees the winner's.
 * `undefined`: withdrawn, or `isPatient` and somebody else may be about to withdraw.
 */
async function saveOnce(
  repository: Repository,
  lock: RepositoryLock,
  ports: StorePorts,
  change: ChangePolicy,
  isPatient: boolean,
): Promise<PolicyState | undefined> {
  const { snapshots, damaged } = await allSnapshots(repository);
  assertAllReadable(damaged);
  const state = await policyState(repository, snapshots);
  if (state.isDisputed && isPatient) return undefined;
  const wanted = await change(state, snapshots);
  if (wanted === undefined) return state;
  const author: Author = { nodeName: ports.nodeName, userName: userName() };
  const { set = state.policy.set, marks = state.marks } = wanted;
  const document: PolicyDocument = {
    format: POLICY_FORMAT,
    version: state.knownVersion + 1,
    revision: Buffer.from(ports.random.bytes(16)).toString('hex'),
    savedAt: new Date(ports.clock.now()).toISOString(),
    savedBy: `${author.userName}@${author.nodeName}`.slice(0, 1000),
    changes: shortened(wanted.changes),
    set,
    marks: withoutStaleMarks(marks, snapshots.map(markable), newestTimes(snapshots)),
  };
  // Nobody could read, nor replace, a document that is not understood.
  decodePolicy(encodePolicy(document), { repository: repository.location, snapshot: document.revision });
  await lock.assertHeld();
  const id = await writePolicy(repository, document, author);
  if (await hasRivals(repository, document).catch((error: unknown) => withdraw(repository, id, error))) {
    await repository.withdrawSnapshot(id);
    return undefined;
  }
  return { policy: policyOf(document), marks: document.marks, knownVersion: document.version, isDisputed: false };
}

/** Whether somebody else saved from the same version, too. */
async function hasRivals(repository: Repository, { version, revision }: PolicyDocument): Promise<boolean> {
  const versions = await versionsIn(repository, (await allSnapshots(repository)).snapshots);
  return versions.some(({ facts }) => facts.version >= version && facts.revision !== revision);
}

/** Whether it won is not known, and an error is reported: then it must not hold. */
async function withdraw(repository: Repository, id: string, error: unknown): Promise<never> {
  await repository.withdrawSnapshot(id);
  throw error;
}

function newestTimes(snapshots: readonly StoredSnapshot[]): Map<string, string> {
  const newest = new Map<string, string>();
  for (const { snapshot } of snapshots) {
    const [volume, ...others] = snapshot.paths;
    if (volume === undefined || others.length > 0 || isPolicySnapshot(snapshot)) continue;
    const owner = ownerOf({ hostname: snapshot.hostname ?? '', volume });
    const time = normalizeTime(snapshot.time);
    if (time > (newest.get(owner) ?? '')) newest.set(owner, time);
  }
  return newest;
}

function shortened(changes: readonly string[]): string[] {
  if (changes.length <= MOST_CHANGES) return [...changes];
  return [...changes.slice(0, MOST_CHANGES), `Further changes that were left out: ${changes.length - MOST_CHANGES}.`];
}

function userName(): string {
  const uid = process.getuid?.();
  return uid === 0 ? 'root' : process.env.USER || String(uid ?? '');
}
