/** What the entries of the FATs make of a cluster: free (0), bad or used. */
import type { Entries, EntryRules } from './allocation-table.ts';

/** Kinds of cluster, the stronger with the higher number: where FATs differ, the stronger counts. */
export const BAD = 1;
export const USED = 2;

/**
 * Raises the kinds from entry `from` on; returns the first index whose entry points nowhere, -1 where there is none.
 * Such a cluster counts as used.
 */
export function classify(
  entries: Entries,
  from: number,
  kinds: Uint8Array,
  rules: EntryRules,
  lastCluster: number,
): number {
  const { mask, bad, endOfChain } = rules;
  let wrong = -1;
  for (let index = from; index < entries.length; index++) {
    const value = (entries[index] ?? 0) & mask;
    if (value === 0) continue;
    if (value === bad) {
      if (kinds[index] === 0) kinds[index] = BAD;
      continue;
    }
    kinds[index] = USED;
    const leadsOn = value >= 2 && value <= lastCluster;
    if (!leadsOn && value < endOfChain && wrong < 0) wrong = index;
  }
  return wrong;
}
