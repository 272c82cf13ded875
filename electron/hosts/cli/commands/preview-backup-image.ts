/** `preview backup image [VOLUME…]`: what a backup would do with each, and what decides it. Changes nothing. */
import type { BackupPlan, BackupRequest, PlacedRule, RuleTest, WireError } from '#contract';
import { EngineError, toEngineError, toWireError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import { highest, type ReturnCode, returnCodeOf } from '../exit-codes.ts';
import { withReasonOfName } from '../foreign-commands.ts';
import { previewLines } from '../text/preview-text.ts';
import { expand, noMatch, requestFrom, volumesOf } from './backup-image.ts';

/** What is known about one volume before its backup. */
interface VolumePreview {
  volume: string;
  /** Of the backup, as far as it can be told now. */
  returnCode: ReturnCode;
  excluded?: boolean;
  /** The line of the options file that decides; absent: none names the volume. */
  rule?: PlacedRule & { file: string };
  managementClass?: string;
  plan?: BackupPlan;
  error?: WireError;
}

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { options, output, name, cancellation } = context;
  const request = requestFrom(options);
  const { names, unmatched } = await expand(context, volumesOf(context));
  await openIfThere(context);
  const previews = unmatched.map((pattern) => refused(context, pattern, noMatch(pattern)));
  for (const volume of new Set(names)) {
    if (cancellation.signal.aborted) throw new EngineError('CANCELLED');
    previews.push(await preview(context, { ...request, volume }));
  }
  const returnCode = highest(...previews.map((one) => one.returnCode), output.worst);
  output.json({ command: name, returnCode, volumes: previews });
  return returnCode;
}

/** A personal repository that is not there yet is made by the first backup, not by looking. */
async function openIfThere({ repository, options, output }: CommandContext): Promise<void> {
  try {
    await repository.open();
  } catch (error) {
    const absent = error instanceof EngineError && error.code === 'REPOSITORY_NOT_FOUND';
    if (!absent || options.sources.repository.from !== 'default') throw error;
    output.info(`The repository ${repository.location} does not exist yet; the first backup creates it.`);
  }
}

async function preview(context: CommandContext, request: BackupRequest): Promise<VolumePreview> {
  const { engine, output, cancellation } = context;
  const { volume } = request;
  try {
    const { path, rules } = await engine.preferences.describe();
    const tested = await cancellation.race(engine.preferences.test({ volume }));
    const holds = rules[tested.evaluated.find(({ matches }) => matches)?.rule ?? -1];
    const plan = await cancellation.race(engine.planBackup(request));
    const known = {
      excluded: tested.excluded,
      ...(holds ? { rule: { ...holds, file: path } } : {}),
      managementClass: await classOf(context, tested),
    };
    output.result(...previewLines(plan, known), '');
    return { volume, returnCode: codeOf(plan, tested), ...known, plan };
  } catch (error) {
    const known = withReasonOfName(toEngineError(error));
    if (known.code === 'CANCELLED') throw known;
    return refused(context, volume, known);
  }
}

function refused({ output }: CommandContext, volume: string, cause: EngineError): VolumePreview {
  const error = toWireError(cause);
  output.error(error);
  return { volume, returnCode: returnCodeOf({ kind: 'error', code: cause.code }), error };
}

/** The class that the image would be bound to: said for this run, by the rule, by the options file, or by policy. */
async function classOf({ options, engine }: CommandContext, tested: RuleTest): Promise<string> {
  const { values, sources } = options;
  if (sources.managementclass.from === 'command') return values.managementclass;
  const ruled = tested.options.find(({ name }) => name === 'managementclass');
  if (tested.managementClass !== '' && ruled?.source.from !== 'default') return tested.managementClass;
  if (sources.managementclass.from !== 'default') return values.managementclass;
  try {
    return (await engine.policy.describe()).set.defaultClass;
  } catch {
    // Of a repository that is not there yet.
    return values.managementclass;
  }
}

function codeOf({ obstacles }: BackupPlan, { excluded }: RuleTest): ReturnCode {
  if (excluded) return returnCodeOf({ kind: 'skipped' });
  return obstacles.length > 0 ? returnCodeOf({ kind: 'error', code: 'COMMAND_INVALID' }) : 0;
}
