/** `restore image SOURCE [DESTINATION]`. */
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCodeSchema, type RestorePlan, type RestoreRequest } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { followTask } from '../follow-task.ts';
import { confirmationLines, restoredLines, startLines } from '../text/restore-text.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, options, output, repository, engine, cancellation, name } = context;
  const [typedSource = '', target] = operands;
  await repository.open();
  output.info('Restore Image function invoked.');
  const { imagetofile, freespace, verifyimage, allowsmaller } = options.values;
  const request: RestoreRequest = {
    source: await sourceOf(context, typedSource),
    ...(target === undefined ? {} : { target }),
    toFile: imagetofile,
    freeSpace: freespace,
    verify: verifyimage,
    allowSmaller: allowsmaller,
  };
  const plan = await cancellation.race(engine.planRestore(request));
  refuse(plan);
  for (const warning of plan.warnings) output.message(`Note: ${warning}`);
  const consent = { planId: plan.planId, ...(plan.targetExists ? { confirmation: await confirm(context, plan) } : {}) };
  output.info('', ...startLines(plan));
  const { taskId } = await cancellation.race(engine.startRestore({ ...request, ...consent }));
  const { kind: _, ...result } = await followTask(context, taskId, 'restore', { target: plan.targetName });
  output.warnings(result);
  output.result(...restoredLines(result, plan.image.volume));
  const returnCode = output.worst;
  output.json({ type: 'result', command: name, returnCode, ...result });
  return returnCode;
}

/** A source may be named by a relative path or a link, where an image has the absolute or real name. */
async function sourceOf({ engine, cancellation }: CommandContext, typed: string): Promise<string> {
  const volumes = new Set((await cancellation.race(engine.listImages())).map((image) => image.volume));
  const absolute = resolve(typed);
  const names = [typed, absolute, await realpath(absolute).catch(() => absolute)];
  return names.find((candidate) => volumes.has(candidate)) ?? typed;
}

/** Throws the first refusal, naming the others too. */
function refuse({ refusals, targetName, target, image }: RestorePlan): void {
  const [first] = refusals;
  if (!first) return;
  const code = errorCodeSchema.catch('INTERNAL').parse(first.code);
  throw new EngineError(code, {
    target: targetName,
    reason: refusals.map((refusal) => refusal.text).join(' '),
    neededBytes: image.imageSize,
    ...(target ? { presentBytes: target.sizeBytes } : {}),
  });
}

/** The target's name as the person typed it, or as -noprompt stands for it. */
async function confirm(
  { options, output, terminal, cancellation }: CommandContext,
  plan: RestorePlan,
): Promise<string> {
  const { targetName } = plan;
  if (options.values.noprompt) return targetName;
  if (!terminal.interactive) {
    const reason = 'There is no terminal to ask at.';
    const remedy = 'Use -noprompt if everything on it may be overwritten.';
    throw new EngineError('TARGET_NOT_CONFIRMED', { target: targetName, reason, remedy });
  }
  output.message(...confirmationLines(plan));
  const typed = await terminal.ask(`Type ${targetName} to overwrite it: `, cancellation.signal);
  if (typed.trim() === targetName) return targetName;
  const reason = typed.trim() === '' ? 'Nothing was typed.' : 'What was typed is not its name.';
  throw new EngineError('TARGET_NOT_CONFIRMED', { target: targetName, reason });
}
