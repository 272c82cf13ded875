/** Expiration, deletion, pruning, as hosts ask for them. */
import type { ExpirationPreview, PrunePlan, PruneRequest } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { EngineRetention } from '../engine.ts';
import { type PruneDependencies, previewPrune, startPrune } from './prune-task.ts';

export class RetentionService implements EngineRetention {
  readonly #dependencies: PruneDependencies;

  constructor(dependencies: PruneDependencies) {
    this.#dependencies = dependencies;
  }

  preview(): Promise<ExpirationPreview> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  expire(): Promise<{ taskId: string }> {
    throw new EngineError('UNSUPPORTED_ON_HOST', {});
  }
  prunePreview(request: PruneRequest): Promise<PrunePlan> {
    return previewPrune(this.#dependencies.session, request);
  }
  prune(request: PruneRequest): Promise<{ taskId: string }> {
    return startPrune(this.#dependencies, request);
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
