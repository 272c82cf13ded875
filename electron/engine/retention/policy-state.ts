/** The policy in force: the newest version that the snapshots hold. */
import type { Policy, PolicyVersion } from '#contract';
import { EngineError } from '../base/errors.ts';
import { isPolicySnapshot } from '../image/policy-snapshot.ts';
import { STANDARD_POLICY } from '../policy/classes/standard.ts';
import type { Repository } from '../repository/types.ts';
import { type Marks, NO_MARKS } from './marks.ts';
import { policyOf as policyOfDocument, unreadable, type VersionFacts } from './policy-document.ts';
import { factsOf, readPolicy } from './policy-files.ts';
import { allSnapshots, type StoredSnapshot } from './stored-snapshots.ts';

export interface PolicyState {
  policy: Policy;
  marks: Marks;
  /** Newest version that anything in the repository speaks of. Higher than the policy's: that version was removed. */
  knownVersion: number;
  /** Another one of the same version is beside it, which a killed save left: either may be the one that was reported. */
  isDisputed: boolean;
}

/** The policy in force now; throws as `policyState`. */
export async function policyOf(repository: Repository): Promise<Policy> {
  const { snapshots } = await allSnapshots(repository);
  return (await policyState(repository, snapshots)).policy;
}

interface Version extends StoredSnapshot {
  facts: VersionFacts;
}

/**
 * `snapshots`: all of the repository. Throws `POLICY_INVALID` and `REPOSITORY_DAMAGED`: a policy that cannot be read is
 * never taken for the standard policy.
 */
export async function policyState(repository: Repository, snapshots: readonly StoredSnapshot[]): Promise<PolicyState> {
  const [newest, next] = await versionsIn(repository, snapshots);
  const ofImages = Math.max(0, ...snapshots.map(policyVersionOf));
  if (newest === undefined)
    return { policy: STANDARD_POLICY, marks: NO_MARKS, knownVersion: ofImages, isDisputed: false };
  const document = await readPolicy(repository, newest);
  if (document.revision !== newest.facts.revision || document.version !== newest.facts.version) {
    const where = { repository: repository.location, snapshot: newest.id };
    throw unreadable(where, 'It is not the version that its snapshot names.');
  }
  return {
    policy: policyOfDocument(document),
    marks: document.marks,
    knownVersion: Math.max(document.version, ofImages),
    isDisputed: next?.facts.version === document.version,
  };
}

/** Newest first. Of several that were saved at once, which only a killed save leaves, the first one counts. */
export async function versionsIn(repository: Repository, snapshots: readonly StoredSnapshot[]): Promise<Version[]> {
  const byRevision = new Map<string, Version>();
  for (const stored of snapshots) {
    if (!isPolicySnapshot(stored.snapshot)) continue;
    const facts = await factsOf(repository, stored);
    // restic can leave a snapshot beside its copy: both hold the same version.
    byRevision.set(facts.revision, { ...stored, facts });
  }
  return [...byRevision.values()].sort(
    (a, b) =>
      b.facts.version - a.facts.version ||
      Date.parse(a.facts.savedAt) - Date.parse(b.facts.savedAt) ||
      (a.facts.revision < b.facts.revision ? -1 : 1),
  );
}

/** Every version that was saved, newest first. */
export async function policyHistory(
  repository: Repository,
  snapshots: readonly StoredSnapshot[],
): Promise<PolicyVersion[]> {
  const versions = await versionsIn(repository, snapshots);
  return versions.map(({ id, facts }) => {
    const { version, savedAt, savedBy, changes } = facts;
    return { id, version, savedAt, savedBy, changes };
  });
}

/** An image says under which version of the policy it was made, unless restic wrote its snapshot anew. */
function policyVersionOf({ snapshot: { stillframe } }: StoredSnapshot): number {
  const version: unknown =
    typeof stillframe === 'object' && stillframe !== null ? Reflect.get(stillframe, 'policyVersion') : undefined;
  return typeof version === 'number' && Number.isSafeInteger(version) && version > 0 && version < 1e9 ? version : 0;
}

/**
 * Throws `POLICY_INVALID` where a newer version than the one in force once held, or another one may: removing by the
 * wrong one loses images.
 */
export function assertNothingLost(state: PolicyState): void {
  const lost = whatIsLost(state);
  if (lost !== undefined) throw new EngineError('POLICY_INVALID', { ...lost });
}

/** What `assertNothingLost` would say. */
export function whatIsLost(state: PolicyState): { reason: string; remedy: string } | undefined {
  const { policy, knownVersion, isDisputed } = state;
  const { version } = policy;
  if (isDisputed) {
    return {
      reason: `Version ${version} of the policy was saved twice at the same moment, and one of the two was interrupted.`,
      remedy:
        'Look at the management classes, save them again, and look at the pinned and deleted images: the marks of one of the two are gone. Until then nothing expires.',
    };
  }
  if (knownVersion <= version) return undefined;
  return {
    reason:
      version === 0
        ? `Images were made under version ${knownVersion} of the policy, but the repository holds no policy any more.`
        : `Images were made under version ${knownVersion} of the policy, but the repository holds only version ${version}.`,
    remedy:
      'Look at the management classes, save them again, and pin again what must stay: pins and deletions of the lost version are gone. Until then nothing expires.',
  };
}
