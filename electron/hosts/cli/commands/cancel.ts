/** `cancel [RUN]`: stops a run that any process of this computer executes, and waits until it released what it held. */
import type { RunSummary } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { formatInstant } from '../figures.ts';
import { findRun } from '../find-run.ts';
import { runTable, SHORT_ID } from '../text/activity-text.ts';
import { pickedNumbers } from '../versions/choose-versions.ts';

const MOST_RUNS = 100;

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { output, name } = context;
  const target = await targetOf(context);
  if (target === undefined) {
    output.json({ command: name, returnCode: 0, run: null });
    output.result('Nothing is running.');
    return output.worst;
  }
  output.info(`Stopping the ${target.kind} of '${target.subject}', run ${target.id.slice(0, SHORT_ID)}.`);
  const ended = await stop(context, target);
  if (ended.state === 'cancelled') output.result(endText(ended));
  else output.warning(endText(ended));
  const returnCode = output.worst;
  output.json({ command: name, returnCode, run: ended });
  return returnCode;
}

/** Its last state. One that nobody named may end before it can be asked. */
async function stop({ engine, cancellation, operands }: CommandContext, { id }: RunSummary): Promise<RunSummary> {
  try {
    return await engine.activity.cancel(id, cancellation.signal);
  } catch (error) {
    const ended = error instanceof EngineError && error.code === 'TASK_NOT_FOUND' && operands.length === 0;
    if (!ended) throw error;
    return (await engine.activity.details(id)).run;
  }
}

/** The run that was named; else the only one there is. Undefined where there is none. */
async function targetOf(context: CommandContext): Promise<RunSummary | undefined> {
  const { operands, engine, cancellation } = context;
  const [typed] = operands;
  if (typed !== undefined) return findRun(context, typed);
  const { runs } = await cancellation.race(
    engine.activity.list({ filter: { states: ['queued', 'running', 'cancelling'] }, limit: MOST_RUNS }),
  );
  const [only, second] = runs;
  if (only === undefined) return undefined;
  if (second !== undefined) return pick(context, runs);
  if (only.kind !== 'restore') return only;
  throw new EngineError('COMMAND_INVALID', {
    reason: `It is a restore that is running. Stopped, it leaves ${only.subject} without a complete volume.`,
    remedy: `Name it if it is to stop: “cancel ${only.id.slice(0, SHORT_ID)}”.`,
  });
}

async function pick(
  { output, terminal, cancellation }: CommandContext,
  runs: readonly RunSummary[],
): Promise<RunSummary> {
  if (!terminal.interactive || output.style.json) {
    const ids = runs.map(({ id, kind, subject }) => `${id.slice(0, SHORT_ID)} (${kind} of ${subject})`).join(', ');
    const reason = `Several runs are going on: ${ids}.`;
    throw new EngineError('COMMAND_INVALID', { reason, remedy: 'Name the one that is to stop.' });
  }
  const [head = '', ...lines] = runTable(runs, formatInstant);
  output.message(`   ${head}`, ...lines.map((line, index) => `${String(index + 1).padStart(2)} ${line}`), '');
  const [number, more] =
    pickedNumbers(await terminal.ask('Number of the run to stop: ', cancellation.signal), runs.length) ?? [];
  const picked = more === undefined && number !== undefined ? runs[number - 1] : undefined;
  if (picked) return picked;
  throw new EngineError('COMMAND_INVALID', {
    reason: 'One of the numbers of the list is needed.',
    remedy: 'Nothing was stopped.',
  });
}

function endText({ state, kind, subject }: RunSummary): string {
  if (state !== 'cancelled') return `The ${kind} of '${subject}' had ended by then: ${state}.`;
  const left = kind === 'restore' ? ' The target does not hold a complete volume.' : '';
  return `The ${kind} of '${subject}' was cancelled, and everything it held is released.${left}`;
}
