/** `backup image VOLUME…`: one image of each, one after the other. */
import type { BackupRequest, BackupResult, WireError } from '#contract';
import { EngineError, toEngineError, toWireError } from '#engine/base/errors.ts';
import { formatOption } from '#engine/policy/options.ts';
import { effectiveImageType, type ResolvedOptions } from '#engine/policy/resolve-options.ts';
import { RUN_OPTIONS } from '#engine/policy/run-options.ts';
import type { CommandContext } from '../command-context.ts';
import { errorReport } from '../error-report.ts';
import { highest, type ReturnCode, returnCodeOf } from '../exit-codes.ts';
import { followTask } from '../follow-task.ts';
import { planLines, sentLines, summaryLines, type VolumeTally } from '../text/backup-text.ts';

/** One volume in the result document. */
type VolumeResult = { volume: string; returnCode: ReturnCode } & Partial<Omit<BackupResult, 'kind'>> & {
    skipped?: string;
    error?: WireError;
  };

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, options, output, repository, name, ports, cancellation } = context;
  const request = requestFrom(options);
  await repository.openOrCreate();
  output.info('Backup Image function invoked.');
  const started = ports.clock.monotonic();
  const results: VolumeResult[] = [];
  for (const [index, volume] of operands.entries()) {
    if (operands.indexOf(volume) < index) results.push(skipRepeated(context, volume));
    else if (cancellation.signal.aborted) results.push(failed(volume, new EngineError('CANCELLED', { volume })));
    else results.push(await backUp(context, { ...request, volume }));
  }
  const returnCode = highest(...results.map((result) => result.returnCode), output.worst);
  output.info('', ...summaryLines(tally(results), (ports.clock.monotonic() - started) / 1000));
  output.json({ type: 'result', command: name, returnCode, results });
  return returnCode;
}

/** What was said on the command line or in the options file; the rest is left to the engine. */
export function requestFrom(options: ResolvedOptions): Omit<BackupRequest, 'volume'> {
  const { values, sources } = options;
  const said = <T>(option: keyof typeof sources, value: T) => (sources[option].from === 'default' ? undefined : value);
  const request = {
    mode: said('mode', values.mode),
    imageType: effectiveImageType(options),
    snapshotProviderImage: said('snapshotproviderimage', values.snapshotproviderimage),
    imageGapBytes: said('imagegapsize', values.imagegapsize),
    managementClass: said('managementclass', values.managementclass),
    compressionLevel: said('compressionlevel', values.compressionlevel),
    allowRaw: said('allowraw', values.allowraw),
    options: optionTexts(options),
  };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}

/** The other options that were said on the command line: the engine reads the options file itself. */
function optionTexts({ values, sources }: ResolvedOptions): Record<string, string> | undefined {
  const said = RUN_OPTIONS.filter((name) => sources[name].from === 'command');
  if (said.length === 0) return undefined;
  return Object.fromEntries(said.map((name) => [name, formatOption(name, values[name])]));
}

async function backUp(context: CommandContext, request: BackupRequest): Promise<VolumeResult> {
  const { engine, output, cancellation } = context;
  const { volume } = request;
  output.info('', `Image backup of volume '${volume}'`);
  try {
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

function skipRepeated({ output }: CommandContext, volume: string): VolumeResult {
  const skipped = 'It was named before on the same command line.';
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
