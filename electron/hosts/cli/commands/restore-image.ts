/** `restore image [SOURCE [DESTINATION]]`: the newest active image, or the version that the options choose. */
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCodeSchema, type RestorePlan, type RestoreRequest } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import { highest, type ReturnCode } from '../exit-codes.ts';
import { followTask } from '../follow-task.ts';
import { withReasonOfName } from '../foreign-commands.ts';
import { confirmationLines, restoredLines, startLines } from '../text/restore-text.ts';
import { chooseSource } from '../versions/choose-source.ts';
import { chooseVersions, type VersionWish } from '../versions/choose-versions.ts';
import { assertCanPick, pickImages } from '../versions/pick-images.ts';
import { versionWish } from '../versions/version-options.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, options, output, repository } = context;
  const [source, target] = operands;
  const { pick } = options.values;
  if (source === undefined && !pick) {
    const usage = 'Usage: stillframe restore image SOURCE [DESTINATION]';
    throw new EngineError('COMMAND_INVALID', { reason: '“restore image” needs a SOURCE, or -pick.', remedy: usage });
  }
  if (pick) assertCanPick(context);
  const wish = versionWish(options);
  await repository.open();
  output.info('Restore Image function invoked.');
  try {
    const sources = pick
      ? await pickedImages(context, source, wish, target !== undefined)
      : [await sourceOf(context, source ?? '', wish)];
    const codes: ReturnCode[] = [];
    // One after the other, each with its own confirmation; the first that fails ends the command.
    for (const one of sources) codes.push(await restore(context, one, target));
    return highest(...codes);
  } catch (error) {
    throw error instanceof EngineError ? withReasonOfName(error) : error;
  }
}

/** `source`: a volume's name or the id of an image. */
async function restore(context: CommandContext, source: string, target: string | undefined): Promise<ReturnCode> {
  const { options, output, engine, cancellation, name } = context;
  const { imagetofile, freespace, verifyimage, allowsmaller } = options.values;
  const request: RestoreRequest = {
    source,
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
async function namesOf(typed: string): Promise<string[]> {
  const absolute = resolve(typed);
  return [typed, absolute, await realpath(absolute).catch(() => absolute)];
}

async function sourceOf(context: CommandContext, typed: string, wish: VersionWish): Promise<string> {
  const { engine, cancellation, ports } = context;
  const images = await cancellation.race(engine.listImages());
  return chooseSource(images, { typed, names: await namesOf(typed), nodeName: ports.nodeName }, wish);
}

/** Ids of the images that were picked; with a `DESTINATION` only one can be. */
async function pickedImages(
  context: CommandContext,
  typed: string | undefined,
  wish: VersionWish,
  hasTarget: boolean,
): Promise<string[]> {
  const { engine, cancellation } = context;
  const names = typed === undefined ? undefined : await namesOf(typed);
  const all = await cancellation.race(engine.listImages());
  const images = chooseVersions(all, wish).filter(({ volume }) => names?.includes(volume) ?? true);
  if (images.length === 0) {
    const reason = 'There is nothing to pick from.';
    throw new EngineError('IMAGE_NOT_FOUND', { ...(typed === undefined ? {} : { image: typed }), reason });
  }
  return (await pickImages(context, images, { one: hasTarget })).map(({ id }) => id);
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
