/** Commands that a schedule starts: what is being done already is skipped, and that is no failure. */
import type { RunSummary, TaskKind } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from './command-context.ts';
import { type ReturnCode, returnCodeOf } from './exit-codes.ts';
import { formatInstant } from './figures.ts';

/** Backups of different volumes do not stand in each other’s way; these are of the whole repository. */
const KINDS: Readonly<Record<string, TaskKind>> = { check: 'check', expire: 'expire' };
const LOOKED_AT = 100;

/** Runs the command, unless another process runs the same schedule or the same command now. `long`: as in its row. */
export async function runOnSchedule(
  context: CommandContext,
  long: boolean,
  run: () => Promise<ReturnCode>,
): Promise<ReturnCode> {
  const { options, engine, name } = context;
  const { scheduled } = options.values;
  if (scheduled === undefined) return run();
  await using claim = await engine.schedules.claim(scheduled);
  if (claim === undefined) return skip(context, long, `The schedule ${scheduled} is running already.`);
  const kind = KINDS[name];
  const [same] = kind === undefined ? [] : await unfinished(context, kind);
  if (same !== undefined)
    return skip(context, long, `It is being done already, since ${formatInstant(same.startedAt)}.`);
  return await run();
}

/** Why a volume need not be backed up by a schedule, as a sentence; `undefined` where it need. */
export async function runningElsewhere(context: CommandContext, volume: string): Promise<string | undefined> {
  if (context.options.values.scheduled === undefined) return undefined;
  const running = await unfinished(context, 'backup');
  if (running.length === 0) return undefined;
  const { engine, cancellation } = context;
  const names = [volume];
  try {
    names.push((await cancellation.race(engine.preferences.test({ volume }))).volume);
  } catch (error) {
    // Told by the backup itself.
    if (!(error instanceof EngineError) || error.code !== 'VOLUME_NOT_FOUND') throw error;
  }
  const same = running.find(({ subject }) => names.includes(subject));
  return same && `It is being backed up already, since ${formatInstant(same.startedAt)}.`;
}

async function unfinished({ engine }: CommandContext, kind: TaskKind): Promise<RunSummary[]> {
  const filter = { kinds: [kind], states: ['queued' as const, 'running' as const, 'cancelling' as const] };
  return (await engine.activity.list({ filter, limit: LOOKED_AT })).runs;
}

function skip({ output, name, options }: CommandContext, long: boolean, reason: string): ReturnCode {
  const returnCode = returnCodeOf({ kind: 'skipped' });
  output.warning(`Skipped: ${reason}`, 'skipped');
  output.json({
    ...(long ? { type: 'result' } : {}),
    command: name,
    returnCode,
    schedule: options.values.scheduled,
    skipped: reason,
  });
  return returnCode;
}
