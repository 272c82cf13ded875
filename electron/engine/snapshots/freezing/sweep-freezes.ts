/** Thaws what dead runs left frozen. */
import { fateOf } from '../../volumes/process-identity.ts';
import type { SweepOptions, SweepReport } from '../provider.ts';
import { freezeChangeSchema, thawLeft } from './freeze-change.ts';

/** By the records of dead runs. Throws nothing. */
export async function sweepFreezes({ changes, isAlive }: SweepOptions): Promise<SweepReport> {
  const report: SweepReport = { removed: [], left: [] };
  for (const change of changes) {
    const parsed = freezeChangeSchema.safeParse(change);
    if (!parsed.success || (await isAlive(parsed.data.owner))) continue;
    const { volume, owner } = parsed.data;
    // No freeze outlives the machine; one that is there now is somebody else's.
    if ((await fateOf(owner)) === 'rebooted') continue;
    const result = await thawLeft(parsed.data);
    if ('error' in result) {
      report.left.push(`A stopped run may have left ${volume} frozen: ${result.error}.`);
    } else if (result.frozen) {
      report.removed.push(`${volume} was left frozen by a stopped run; programs can write to it again.`);
    }
  }
  return report;
}
