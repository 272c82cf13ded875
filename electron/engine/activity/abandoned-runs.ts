/** Runs whose engine was killed: the log says that they run, and nobody will ever end them. */
import type { WireError } from '#contract';
import { EngineError, toWireError } from '../base/errors.ts';
import { fateOf, ownIdentity, processIdentitySchema } from '../volumes/process-identity.ts';
import type { RunLog } from './run-log.ts';

/** Identity of this process as the log keeps it; a mark that is never judged where there is none to be had. */
export async function ownerOfNow(): Promise<string> {
  return ownIdentity().then(
    (identity) => JSON.stringify(identity),
    () => '?',
  );
}

function explain(fate: 'dead' | 'rebooted'): WireError {
  const reason =
    fate === 'rebooted'
      ? 'The computer was restarted, or lost power, while this ran.'
      : 'The engine was ended from outside while this ran.';
  const remedy = 'Start it again. What it had stored already is used by the next run.';
  return toWireError(new EngineError('ENGINE_GONE', { reason, remedy }));
}

async function fateOfOwner(owner: string): Promise<'alive' | 'dead' | 'rebooted'> {
  try {
    return await fateOf(processIdentitySchema.parse(JSON.parse(owner)));
  } catch {
    return 'alive';
  }
}

/** Marks the runs of dead engines as failed, with the reason. Never throws. */
export async function settleAbandonedRuns(log: RunLog): Promise<void> {
  const unfinished = log.unfinished();
  for (const owner of new Set(unfinished.map((run) => run.owner))) {
    const fate = await fateOfOwner(owner);
    if (fate === 'alive') continue;
    log.abandon(
      unfinished.filter((run) => run.owner === owner),
      explain(fate),
    );
  }
}
