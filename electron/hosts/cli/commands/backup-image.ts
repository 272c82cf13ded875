/** `backup image [VOLUME…]`: one image of each, one after the other; of the volumes of `domain.image` where none is named. */
import {
  type BackupRequest,
  type BackupResult,
  type MessageId,
  messageIdOfError,
  messageIdOfWarning,
  OUTCOME_MESSAGE_IDS,
  type WireError,
} from '#contract';
import { EngineError, toEngineError, toWireError } from '#engine/base/errors.ts';
import { formatOption, type OptionName } from '#engine/policy/options.ts';
import { effectiveImageType, type ResolvedOptions } from '#engine/policy/resolve-options.ts';
import { RUN_OPTIONS } from '#engine/policy/run-options.ts';
import type { CommandContext } from '../command-context.ts';
import { highest, type ReturnCode, returnCodeOf } from '../exit-codes.ts';
import { followTask, isLogged } from '../follow-task.ts';
import { withReasonOfName } from '../foreign-commands.ts';
import { runningElsewhere } from '../run-on-schedule.ts';
import { planLines, reboundText, sentLines, summaryLines, type VolumeTally } from '../text/backup-text.ts';
import { type BackupTotals, totalLines } from '../text/totals-text.ts';
import { type ExpandedVolumes, expandVolumes, isPattern } from '../volume-names.ts';

/** One volume in the result document. */
type VolumeResult = { volume: string; returnCode: ReturnCode } & Partial<Omit<BackupResult, 'kind'>> & {
    /** Seconds of reading and writing. */
    seconds?: number;
    skipped?: string;
    error?: WireError;
    /** Of the error, or of why it was skipped. */
    messageId?: MessageId;
    /** Of the warnings, in their order. */
    warningIds?: MessageId[];
  };

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { options, output, repository, name, ports, cancellation } = context;
  const request = requestFrom(options);
  const { names: volumes, unmatched } = await expand(context, volumesOf(context));
  await repository.openOrCreate();
  output.info('Backup Image function invoked.');
  const started = ports.clock.monotonic();
  const results: VolumeResult[] = unmatched.map((pattern) => nothingMatches(context, pattern));
  for (const [index, volume] of volumes.entries()) {
    if (cancellation.signal.aborted) {
      results.push(failed(volume, new EngineError('CANCELLED', { volume })));
      continue;
    }
    const repeated = volumes.indexOf(volume) < index ? 'It was named before on the same command line.' : undefined;
    results.push(repeated ? skip(context, volume, repeated) : await backUp(context, { ...request, volume }));
  }
  const returnCode = highest(...results.map((result) => result.returnCode), output.worst);
  const elapsedSeconds = (ports.clock.monotonic() - started) / 1000;
  output.info('', ...totalLines(totals(results, elapsedSeconds)), ...summaryLines(tally(results), elapsedSeconds));
  output.json({ type: 'result', command: name, returnCode, results });
  return returnCode;
}

/** What was named, else what the options file names. Throws `COMMAND_INVALID` where that is nothing. */
export function volumesOf({ operands, options }: CommandContext): readonly string[] {
  if (operands.length > 0) return operands;
  const domain = options.values['domain.image'];
  if (domain.length > 0) return domain;
  throw new EngineError('COMMAND_INVALID', {
    reason: 'No volume is named, and there is no domain.image in the options file; nothing was done.',
    remedy: 'Name a volume, or put a line like “domain.image /home” into the options file.',
  });
}

/** Patterns become the volumes that they match. */
export async function expand(
  { engine, cancellation }: CommandContext,
  typed: readonly string[],
): Promise<ExpandedVolumes> {
  if (!typed.some(isPattern)) return { names: typed, unmatched: [] };
  return expandVolumes(typed, await cancellation.race(engine.listVolumes()));
}

/** Nothing is what the pattern stands for. */
export function noMatch(pattern: string): EngineError {
  const reason = 'No volume with a file system has a name or a mount point like this.';
  return new EngineError('VOLUME_NOT_FOUND', { volume: pattern, reason });
}

function nothingMatches({ output }: CommandContext, pattern: string): VolumeResult {
  const error = noMatch(pattern);
  output.error(toWireError(error));
  return failed(pattern, error);
}

/** What was said for this run; rules, the options file and defaults are the engine's to read. */
export function requestFrom(options: ResolvedOptions): Omit<BackupRequest, 'volume'> {
  const { values, sources } = options;
  // A contradiction ends the command, not each of its volumes.
  effectiveImageType(options);
  const said = <T>(option: OptionName, value: T) => (sources[option].from === 'command' ? value : undefined);
  const request = {
    mode: said('mode', values.mode),
    imageType: said('imagetype', values.imagetype),
    snapshotProviderImage: said('snapshotproviderimage', values.snapshotproviderimage),
    imageGapBytes: said('imagegapsize', values.imagegapsize),
    managementClass: said('managementclass', values.managementclass),
    compressionLevel: said('compressionlevel', values.compressionlevel),
    allowRaw: said('allowraw', values.allowraw),
    options: optionTexts(options),
  };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}

/** The options that a request has no fields for. */
function optionTexts({ values, sources }: ResolvedOptions): Record<string, string> | undefined {
  const said = RUN_OPTIONS.filter((name) => sources[name].from === 'command');
  if (said.length === 0) return undefined;
  return Object.fromEntries(said.map((name) => [name, formatOption(name, values[name])]));
}

/** Which rule keeps a volume from being backed up, as a sentence. */
async function exclusion({ engine, cancellation }: CommandContext, volume: string): Promise<string | undefined> {
  const { path, rules } = await engine.preferences.describe();
  if (!rules.some(({ kind }) => kind === 'exclude.image')) return undefined;
  try {
    const { excluded, evaluated } = await cancellation.race(engine.preferences.test({ volume }));
    const line = rules[evaluated.at(-1)?.rule ?? -1]?.line;
    return excluded ? `Line ${line} of ${path} excludes it.` : undefined;
  } catch (error) {
    // Told by the backup itself.
    if (error instanceof EngineError && error.code === 'VOLUME_NOT_FOUND') return undefined;
    throw error;
  }
}

async function backUp(context: CommandContext, request: BackupRequest): Promise<VolumeResult> {
  const { engine, output, cancellation, ports } = context;
  const { volume } = request;
  try {
    const excluded = await exclusion(context, volume);
    if (excluded) return skip(context, volume, excluded);
    const running = await runningElsewhere(context, volume);
    if (running) return skip(context, volume, running);
    output.info('', `Image backup of volume '${volume}'`);
    if (!output.style.json && !output.style.quiet) {
      output.info(...planLines(await cancellation.race(engine.planBackup(request))));
    }
    const { taskId } = await cancellation.race(engine.startBackup(request));
    const started = ports.clock.monotonic();
    const { kind: _, ...ended } = await followTask(context, taskId, 'backup', { volume });
    const seconds = (ports.clock.monotonic() - started) / 1000;
    output.warnings(ended);
    const result = withRebinding(context, ended);
    output.result(...sentLines(result));
    const incomplete = result.warnings.length > 0 || result.counters.unreadableBytes > 0;
    return { volume, returnCode: returnCodeOf({ kind: incomplete ? 'warnings' : 'done' }), seconds, ...result };
  } catch (error) {
    const known = withReasonOfName(toEngineError(error));
    output.report(OUTCOME_MESSAGE_IDS.notSent, `Sending of object '${volume}' failed.`);
    output.error(toWireError(known), isLogged(error));
    output.report(OUTCOME_MESSAGE_IDS.imageFailed, `Image backup of '${volume}' finished with failures.`);
    return failed(volume, known);
  }
}

/** Warns of images that are kept for another time from now on. */
function withRebinding<T extends Omit<BackupResult, 'kind'> & { warningIds?: MessageId[] }>(
  { output }: CommandContext,
  result: T,
): T {
  const { rebound, image, warnings, warningIds = warnings.map(() => messageIdOfWarning()) } = result;
  if (!rebound) return result;
  const text = reboundText(rebound, image.volume);
  output.warning(text, 'rebound');
  return { ...result, warnings: [...warnings, text], warningIds: [...warningIds, messageIdOfWarning('rebound')] };
}

function failed(volume: string, cause: unknown): VolumeResult {
  const error = toWireError(cause);
  return {
    volume,
    returnCode: returnCodeOf({ kind: 'error', code: error.code }),
    messageId: messageIdOfError(error.code),
    error,
  };
}

function skip({ output }: CommandContext, volume: string, skipped: string): VolumeResult {
  output.warning(`Skipped '${volume}': ${skipped}`, 'skipped');
  return { volume, returnCode: returnCodeOf({ kind: 'skipped' }), messageId: messageIdOfWarning('skipped'), skipped };
}

function totals(results: readonly VolumeResult[], elapsedSeconds: number): BackupTotals {
  const { inspected, backedUp, failed, counters } = tally(results);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    inspected,
    backedUp,
    failed,
    rebound: sum(results.map(({ rebound }) => rebound?.images ?? 0)),
    changedBytes: sum(counters.map(({ changedBytes }) => changedBytes)),
    storedBytes: sum(counters.map(({ storedBytes }) => storedBytes)),
    transferSeconds: sum(results.map(({ seconds = 0 }) => seconds)),
    elapsedSeconds,
  };
}

function tally(results: readonly VolumeResult[]): VolumeTally {
  return {
    inspected: results.length,
    backedUp: results.filter((result) => result.image).length,
    skipped: results.filter((result) => result.skipped).length,
    failed: results.filter((result) => result.error).length,
    rebound: results.reduce((sum, { rebound }) => sum + (rebound?.images ?? 0), 0),
    counters: results.flatMap((result) => result.counters ?? []),
  };
}
