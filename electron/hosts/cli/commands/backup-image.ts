/** `backup image [VOLUME…]`: one image of each, one after the other; of the volumes of `domain.image` where none is named. */
import type { BackupRequest, BackupResult, WireError } from '#contract';
import { EngineError, toEngineError, toWireError } from '#engine/base/errors.ts';
import { formatOption, type OptionName } from '#engine/policy/options.ts';
import { effectiveImageType, type ResolvedOptions } from '#engine/policy/resolve-options.ts';
import { RUN_OPTIONS } from '#engine/policy/run-options.ts';
import type { CommandContext } from '../command-context.ts';
import { errorReport } from '../error-report.ts';
import { highest, type ReturnCode, returnCodeOf } from '../exit-codes.ts';
import { followTask } from '../follow-task.ts';
import { runningElsewhere } from '../run-on-schedule.ts';
import { planLines, sentLines, summaryLines, type VolumeTally } from '../text/backup-text.ts';

/** One volume in the result document. */
type VolumeResult = { volume: string; returnCode: ReturnCode } & Partial<Omit<BackupResult, 'kind'>> & {
    skipped?: string;
    error?: WireError;
  };

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { options, output, repository, name, ports, cancellation } = context;
  const request = requestFrom(options);
  const volumes = volumesOf(context);
  await repository.openOrCreate();
  output.info('Backup Image function invoked.');
  const started = ports.clock.monotonic();
  const results: VolumeResult[] = [];
  for (const [index, volume] of volumes.entries()) {
    if (cancellation.signal.aborted) {
      results.push(failed(volume, new EngineError('CANCELLED', { volume })));
      continue;
    }
    const repeated = volumes.indexOf(volume) < index ? 'It was named before on the same command line.' : undefined;
    results.push(repeated ? skip(context, volume, repeated) : await backUp(context, { ...request, volume }));
  }
  const returnCode = highest(...results.map((result) => result.returnCode), output.worst);
  output.info('', ...summaryLines(tally(results), (ports.clock.monotonic() - started) / 1000));
  output.json({ type: 'result', command: name, returnCode, results });
  return returnCode;
}

/** What was named, else what the options file names. Throws `COMMAND_INVALID` where that is nothing. */
function volumesOf({ operands, options }: CommandContext): readonly string[] {
  if (operands.length > 0) return operands;
  const domain = options.values['domain.image'];
  if (domain.length > 0) return domain;
  throw new EngineError('COMMAND_INVALID', {
    reason: 'No volume is named, and there is no domain.image in the options file; nothing was done.',
    remedy: 'Name a volume, or put a line like “domain.image /home” into the options file.',
  });
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
  const { engine, output, cancellation } = context;
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
    const { kind: _, ...result } = await followTask(context, taskId, 'backup', { volume });
    for (const warning of result.warnings) output.message(`Warning: ${warning}`);
    output.result(...sentLines(result));
    const incomplete = result.warnings.length > 0 || result.counters.unreadableBytes > 0;
    return { volume, returnCode: returnCodeOf({ kind: incomplete ? 'warnings' : 'done' }), ...result };
  } catch (error) {
    output.message(...errorReport(toEngineError(error)));
    output.info(`Image backup of '${volume}' finished with failures.`);
    return failed(volume, error);
  }
}

function failed(volume: string, cause: unknown): VolumeResult {
  const error = toWireError(cause);
  return { volume, returnCode: returnCodeOf({ kind: 'error', code: error.code }), error };
}

function skip({ output }: CommandContext, volume: string, skipped: string): VolumeResult {
  output.message(`Skipped '${volume}': ${skipped}`);
  return { volume, returnCode: returnCodeOf({ kind: 'skipped' }), skipped };
}

function tally(results: readonly VolumeResult[]): VolumeTally {
  return {
    inspected: results.length,
    backedUp: results.filter((result) => result.image).length,
    skipped: results.filter((result) => result.skipped).length,
    failed: results.filter((result) => result.error).length,
    counters: results.flatMap((result) => result.counters ?? []),
  };
}
