/** The command line that prunes in the same way. */
import type { PruneRequest } from '#contract';
import { PRUNE_OPTIONS } from '../policy/table/prune.ts';

export function pruneCommand(request: PruneRequest): string {
  return ['stillframe prune', ...pruneOptions(request)].join(' ');
}

/** What is said of a prune, as options of a command that prunes. */
export function pruneOptions({ maxUnusedPercent, maxRepackBytes }: PruneRequest): string[] {
  const options: string[] = [];
  // The option takes whole percent.
  if (maxUnusedPercent !== undefined) options.push(`-maxunused=${Math.round(maxUnusedPercent)}`);
  if (maxRepackBytes !== undefined) options.push(`-maxrepack=${PRUNE_OPTIONS.maxrepack.format(maxRepackBytes)}`);
  return options;
}
