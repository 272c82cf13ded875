/** What `prune` prints for people. */
import type { PrunePlan, PruneResult } from '#contract';
import { formatBytesExactly, formatCount, formatElapsed, plural } from '../figures.ts';
import { alignRight } from './backup-text.ts';

/** What a prune would do. */
export function prunePlanLines(plan: PrunePlan): string[] {
  const rows: [string, string][] = [
    ['Packs', formatCount(plan.packs)],
    ['Stored bytes', formatBytesExactly(plan.totalBytes)],
    ['Needed bytes', formatBytesExactly(plan.usedBytes)],
    ['Packs to remove', formatCount(plan.removePacks)],
    ['Bytes in them', formatBytesExactly(plan.removeBytes)],
    ['Packs to write anew', formatCount(plan.repackPacks)],
    ['Needed bytes in them', formatBytesExactly(plan.repackBytes)],
    ['Freed by that', formatBytesExactly(plan.repackFreesBytes)],
    ['Unused bytes that stay', formatBytesExactly(plan.remainingUnusedBytes)],
  ];
  const changes = plan.removePacks + plan.repackPacks > 0;
  const verdict = changes
    ? `A prune would free ${formatBytesExactly(plan.freedBytes)}. Nothing was changed.`
    : 'There is nothing to prune.';
  return [...alignRight(rows), '', verdict];
}

/** What a prune did. */
export function pruneResultLines(result: Omit<PruneResult, 'kind'>): string[] {
  const rows: [string, string][] = [
    ['Packs removed', formatCount(result.removedPacks)],
    ['Packs written anew', formatCount(result.repackedPacks)],
    ['Needed bytes in them', formatBytesExactly(result.repackedBytes)],
    ['Unused bytes that stay', formatBytesExactly(result.remainingUnusedBytes)],
    ['Stored bytes now', formatBytesExactly(result.totalBytes)],
    ['Elapsed processing time', formatElapsed(result.elapsedSeconds)],
  ];
  const changes = result.removedPacks + result.repackedPacks;
  const verdict =
    changes > 0
      ? `Freed ${formatBytesExactly(result.freedBytes)} in ${plural(changes, 'pack')}.`
      : 'There was nothing to prune.';
  return [...alignRight(rows), '', verdict];
}
