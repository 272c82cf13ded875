/** Activity as hosts ask for it: the record of runs, repeats and exports. */
import type { ActivityWeek, LogLine, RunDetails, RunFilter, RunSummary } from '#contract';
import type { TaskRegistry } from '../activity/task-registry.ts';
import { EngineError } from '../base/errors.ts';
import type { EngineActivity } from '../engine.ts';
import type { Ports } from '../ports.ts';

const missing = (): never => {
  throw new EngineError('UNSUPPORTED_ON_HOST', { reason: 'Runs are not recorded here.' });
};

/** What a run that is repeated starts. */
export interface Repeaters {
  backup(request: unknown): Promise<{ taskId: string }>;
  check(request: unknown): Promise<{ taskId: string }>;
}

export class ActivityService implements EngineActivity, AsyncDisposable {
  readonly #ports: Ports;
  readonly #tasks: TaskRegistry;
  readonly #repeaters: Repeaters;

  constructor(ports: Ports, tasks: TaskRegistry, repeaters: Repeaters) {
    this.#ports = ports;
    this.#tasks = tasks;
    this.#repeaters = repeaters;
  }

  async list(_request: {
    filter: RunFilter;
    beforeId?: string | undefined;
    limit: number;
  }): Promise<{ runs: RunSummary[]; total: number }> {
    return missing();
  }

  async details(_id: string): Promise<RunDetails> {
    return missing();
  }

  async repeat(_id: string): Promise<{ taskId: string }> {
    return missing();
  }

  async weeks(_count: number): Promise<ActivityWeek[]> {
    return missing();
  }

  async errorLog(_limit: number): Promise<{ path: string; lines: LogLine[] }> {
    return missing();
  }

  async export(_request: {
    filter: RunFilter;
    format: 'json' | 'csv';
  }): Promise<{ fileName: string; mediaType: string; text: string }> {
    return missing();
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
