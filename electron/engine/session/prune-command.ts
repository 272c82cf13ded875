/** The command line that prunes in the same way. */
import type { PruneRequest } from '#contract';
import { PRUNE_OPTIONS } from '../policy/table/prune.ts';

export function pruneCommand({ maxUnusedPercent, maxRepackBytes }: PruneRequest): string {
  const words = ['stillframe prune'];
  // The option takes whole percent.
  if (maxUnusedPercent !== undefined) words.push(`-maxunused=${Math.round(maxUnusedPercent)}`);
  if (maxRepackBytes !== undefined) words.push(`-maxrepack=${PRUNE_OPTIONS.maxrepack.format(maxRepackBytes)}`);
  return words.join(' ');
}
