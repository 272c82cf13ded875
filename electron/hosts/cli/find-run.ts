/** Which run of the record a person means by the beginning of its id. */
import type { RunSummary } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from './command-context.ts';

/** As many runs as the record keeps. */
const ALL_RUNS = 5000;
const SHORTEST = 4;

/** Throws `TASK_NOT_FOUND`; `COMMAND_INVALID` where several begin like this. */
export async function findRun(
  { engine, cancellation }: Pick<CommandContext, 'engine' | 'cancellation'>,
  typed: string,
): Promise<RunSummary> {
  const { runs } = await cancellation.race(engine.activity.list({ filter: {}, limit: ALL_RUNS }));
  const word = typed.toLowerCase();
  const exact = runs.find(({ id }) => id === word);
  if (exact) return exact;
  const [first, second] = word.length < SHORTEST ? [] : runs.filter(({ id }) => id.startsWith(word));
  if (first && second) {
    const reason = `Several runs begin with “${typed}”.`;
    throw new EngineError('COMMAND_INVALID', { value: typed, reason, remedy: 'Type more of the id.' });
  }
  if (first) return first;
  const remedy = `“query activity” lists the runs; at least ${SHORTEST} characters of an id are needed.`;
  throw new EngineError('TASK_NOT_FOUND', { value: typed, reason: `There is no run ${typed} in the record.`, remedy });
}
