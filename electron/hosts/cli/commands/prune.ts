/** `prune [-preview] [-maxunused=PERCENT] [-maxrepack=SIZE]`. */
import type { PruneRequest } from '#contract';
import type { CommandContext } from '../command-context.ts';
import { highest, type ReturnCode, returnCodeOf } from '../exit-codes.ts';
import { followTask } from '../follow-task.ts';
import { prunePlanLines, pruneResultLines } from '../text/prune-text.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { options, output, repository, engine, cancellation, name } = context;
  await repository.open();
  const { preview, maxunused, maxrepack } = options.values;
  const request: PruneRequest = { maxUnusedPercent: maxunused, ...(maxrepack > 0 && { maxRepackBytes: maxrepack }) };
  if (preview) {
    output.info(`Looking at what the images in ${repository.location} need.`);
    const plan = await cancellation.race(engine.retention.prunePreview(request));
    output.result(...prunePlanLines(plan));
    output.json({ type: 'result', command: name, returnCode: output.worst, preview: true, ...plan });
    return output.worst;
  }
  output.info(`Pruning the repository ${repository.location}.`);
  const { taskId } = await cancellation.race(engine.retention.prune(request));
  const { kind: _, ...result } = await followTask(context, taskId, 'prune');
  output.warnings(result);
  const returnCode = highest(returnCodeOf({ kind: 'done' }), output.worst);
  output.result(...pruneResultLines(result));
  output.json({ type: 'result', command: name, returnCode, preview: false, ...result });
  return returnCode;
}
