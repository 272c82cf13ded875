/** The problems that a check finds. */
import type { CheckProblem } from '#contract';
import { EngineError } from '../base/errors.ts';
import { type DamagedKind, fileOf, isDamaged } from './damage.ts';
import type { Session } from './session.ts';
import type { Id } from './types.ts';

/** Problems of one kind and file that are listed one by one, at most this many in all. */
const MAX_PROBLEMS = 10_000;

/** Collects problems. */
export class ProblemList {
  readonly problems: CheckProblem[] = [];
  readonly #session: Session;
  #dropped = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  add(kind: DamagedKind, id: Id, problem: string, severity: CheckProblem['severity'] = 'error'): void {
    if (this.problems.length >= MAX_PROBLEMS) {
      this.#dropped++;
      return;
    }
    const file = fileOf({ repository: this.#session.backend.location, kind, id });
    this.problems.push({ kind, file, problem, severity });
  }

  /**
   * Adds what an error says about a file. Anything else than damage is thrown, except that a file that the medium
   * cannot read is damage as long as the rest of the repository answers.
   */
  async addError(error: unknown, kind: DamagedKind, id: Id): Promise<void> {
    if (isDamaged(error)) {
      const { kind: of, id: at, reason } = error.details;
      const isSame = of === kind && at === id;
      this.add(kind, id, isSame ? String(reason) : `${String(of)} ${String(at)}: ${String(reason)}`);
      return;
    }
    const isUnreadable = error instanceof EngineError && error.code === 'REPOSITORY_UNREACHABLE';
    if (!isUnreadable || !(await this.#session.backend.exists('config', '').catch(() => false))) throw error;
    this.add(kind, id, `The file cannot be read: ${String(error.details.reason)}.`);
  }

  finish(): CheckProblem[] {
    if (this.#dropped > 0) {
      const problem = `${this.#dropped} more problems are not listed.`;
      this.problems.push({ kind: 'config', file: 'config', problem, severity: 'error' });
    }
    return this.problems;
  }
}
