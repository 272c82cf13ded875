/** `check [-readdata]`. */
import { messageIdOfError } from '#contract';
import type { CommandContext } from '../command-context.ts';
import { highest, type ReturnCode, returnCodeOf } from '../exit-codes.ts';
import { followTask } from '../follow-task.ts';
import { checkLines } from '../text/check-text.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { options, output, repository, engine, cancellation, name } = context;
  await repository.open();
  const { readdata } = options.values;
  output.info(`Checking the repository ${repository.location}${readdata ? ', every stored block' : ''}.`);
  const { taskId } = await cancellation.race(engine.repository.check({ readData: readdata }));
  const { kind: _, ...result } = await followTask(context, taskId, 'check');
  const damaged = result.problems.some((problem) => problem.severity === 'error');
  const outcome = returnCodeOf(damaged ? { kind: 'error', code: 'REPOSITORY_DAMAGED' } : { kind: 'done' });
  const returnCode = highest(outcome, output.worst);
  output.result(...checkLines(result));
  const messageId = damaged ? { messageId: messageIdOfError('REPOSITORY_DAMAGED') } : {};
  output.json({ type: 'result', command: name, returnCode, ...messageId, ...result });
  return returnCode;
}
