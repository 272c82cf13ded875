/** Expiration, deletion, pruning, as hosts ask for them. */
import type { ExpirationPreview, PrunePlan } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { EngineRetention } from '../engine.ts';

export class RetentionService implements EngineRetention {
  preview(): Promise<ExpirationPreview> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  expire(): Promise<{ taskId: string }> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  prunePreview(): Promise<PrunePlan> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  prune(): Promise<{ taskId: string }> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  pin(): Promise<void> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  deactivate(): Promise<void> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  deleteImages(): Promise<void> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  imagesToDelete(): Promise<string[]> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  undeleteImages(): Promise<void> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
}
