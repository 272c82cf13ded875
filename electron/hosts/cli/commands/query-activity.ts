/** `query activity [RUN] [-detail] [filters]`: the runs of this computer, newest first; of one RUN its log. */
import { type RunDetails, type RunFilter, runSummarySchema } from '#contract';
import type { CommandContext } from '../command-context.ts';
import { instantFormatter, momentOf } from '../dates/moments.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { findRun } from '../find-run.ts';
import { runLines, runTable } from '../text/activity-text.ts';
import { formatsOf } from '../versions/version-options.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, options, output, engine, cancellation } = context;
  const [wanted] = operands;
  const { detail, maxruns } = options.values;
  const when = instantFormatter(formatsOf(options));
  if (wanted !== undefined) {
    const { id } = await findRun(context, wanted);
    const details = await cancellation.race(engine.activity.details(id));
    output.json(details);
    output.result(...runLines(details, { when, log: true }));
    return output.worst;
  }
  const { runs, total } = await cancellation.race(engine.activity.list({ filter: filterOf(context), limit: maxruns }));
  const details: RunDetails[] = [];
  if (detail) for (const { id } of runs) details.push(await cancellation.race(engine.activity.details(id)));
  output.json({ runs: detail ? details : runs.map((one) => runSummarySchema.parse(one)), total });
  if (runs.length === 0) output.result('There is no such run in the record of this computer.');
  else if (detail) output.result(...details.flatMap((one) => [...runLines(one, { when, log: false }), '']));
  else output.result(...runTable(runs, when));
  if (total > runs.length) output.info('', `${total - runs.length} older runs are not shown (-maxruns).`);
  return output.worst;
}

function filterOf({ options }: CommandContext): RunFilter {
  const { runkind, runstate, search, fromdate, fromtime, todate, totime } = options.values;
  const formats = formatsOf(options);
  const [from, to] = [
    momentOf(
      {
        date: { option: 'fromdate', text: fromdate },
        time: { option: 'fromtime', text: fromtime },
        otherwise: 'begin of the day',
      },
      formats,
    ),
    momentOf(
      {
        date: { option: 'todate', text: todate },
        time: { option: 'totime', text: totime },
        otherwise: 'end of the day',
      },
      formats,
    ),
  ];
  return {
    ...(runkind === undefined ? {} : { kinds: [runkind] }),
    ...(runstate === undefined ? {} : { states: [runstate] }),
    ...(search === undefined ? {} : { text: search.slice(0, 200) }),
    ...(from === undefined ? {} : { after: new Date(from).toISOString() }),
    // The second that is named belongs to it.
    ...(to === undefined ? {} : { before: new Date(to + 1000).toISOString() }),
  };
}
