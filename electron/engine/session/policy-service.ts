/** The management classes of the open repository. */
import { type Policy, type PolicySet, type PolicyVersion, policySetSchema } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { EnginePolicy } from '../engine.ts';
import { policyChanges } from '../policy/classes/diff.ts';
import { problemsOfPolicy } from '../policy/classes/validate.ts';
import type { Ports } from '../ports.ts';
import { policyHistory, policyState, whatIsLost } from '../retention/policy-state.ts';
import { changePolicy } from '../retention/policy-store.ts';
import { allSnapshots } from '../retention/stored-snapshots.ts';
import type { RepositorySession } from './repository-session.ts';

export class PolicyService implements EnginePolicy {
  readonly #ports: Ports;
  readonly #session: RepositorySession;

  constructor(ports: Ports, session: RepositorySession) {
    this.#ports = ports;
    this.#session = session;
  }

  /** `POLICY_INVALID` where it cannot be read: it is never taken for the standard policy. */
  async describe(): Promise<Policy> {
    const repository = await this.#session.require();
    const state = await policyState(repository, (await allSnapshots(repository)).snapshots);
    const doubt = whatIsLost(state)?.reason;
    return { ...state.policy, ...(doubt === undefined ? {} : { doubt }) };
  }

  async save({ revision, set }: { revision: string; set: PolicySet }): Promise<Policy> {
    assertValid(set);
    const repository = await this.#session.require();
    const state = await changePolicy(repository, this.#ports, (before) => {
      const { policy } = before;
      if (policy.revision !== revision) throw changedBy(policy);
      const changes = policyChanges(policy.set, set);
      if (changes.length === 0 && whatIsLost(before)) changes.push('The policy was saved again as it was.');
      return changes.length === 0 ? undefined : { set, changes };
    });
    return state.policy;
  }

  async history(): Promise<PolicyVersion[]> {
    const repository = await this.#session.require();
    return policyHistory(repository, (await allSnapshots(repository)).snapshots);
  }
}

function assertValid(set: PolicySet): void {
  const { error } = policySetSchema.safeParse(set);
  const [issue] = error?.issues ?? [];
  if (issue !== undefined) {
    throw new EngineError('POLICY_INVALID', { reason: `${issue.path.map(String).join('.')}: ${issue.message}` });
  }
  const problems = problemsOfPolicy(set);
  if (problems.length > 0) throw new EngineError('POLICY_INVALID', { reason: problems.join(' ') });
}

function changedBy({ version, savedAt, savedBy }: Policy): EngineError {
  if (savedAt === undefined || savedBy === undefined) return new EngineError('POLICY_CHANGED', { version });
  const time = savedAt.slice(0, 16).replace('T', ' ');
  return new EngineError('POLICY_CHANGED', {
    version,
    reason: `Version ${version} was saved by ${savedBy} at ${time} UTC.`,
  });
}
