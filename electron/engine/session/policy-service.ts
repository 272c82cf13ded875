/** The management classes of the open repository. */
import type { Policy, PolicyVersion } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { EnginePolicy } from '../engine.ts';

export class PolicyService implements EnginePolicy {
  describe(): Promise<Policy> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  save(): Promise<Policy> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  history(): Promise<PolicyVersion[]> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
}
