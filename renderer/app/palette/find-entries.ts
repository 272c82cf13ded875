/** What a query finds among the palette's entries. */
import { type Match, matchOf } from './fuzzy.ts';
import type { EntryGroup, PaletteEntry } from './use-entries.ts';

export interface FoundEntry {
  entry: PaletteEntry;
  /** Letters of the label that fitted. */
  marks: Match['marks'];
}

export interface FoundGroup {
  group: EntryGroup;
  found: FoundEntry[];
}

/** More than this helps nobody. */
const MOST = 40;
/** Without a query every group shows its beginning. */
const MOST_UNASKED: Readonly<Record<EntryGroup, number>> = {
  views: 5,
  commands: 8,
  volumes: 4,
  images: 3,
  preferences: 0,
};

function fitEntry(query: string, entry: PaletteEntry): { score: number; marks: Match['marks'] } | undefined {
  const label = matchOf(query, entry.label);
  if (label) return { score: label.score + 4, marks: label.marks };
  const all = `${entry.label} ${entry.detail}`;
  const both = matchOf(query, all);
  const { length } = [...entry.label];
  return both && { score: both.score, marks: both.marks.filter((mark) => mark < length) };
}

/** Groups with what fits; the best group first, and in each the best entry. */
export function findEntries(query: string, entries: readonly PaletteEntry[]): FoundGroup[] {
  const groups = new Map<EntryGroup, FoundEntry[]>();
  const put = (found: FoundEntry): void => {
    const group = groups.get(found.entry.group);
    if (group) group.push(found);
    else groups.set(found.entry.group, [found]);
  };
  if (query.trim() === '') {
    for (const entry of entries) put({ entry, marks: [] });
    return [...groups]
      .map(([group, found]) => ({ group, found: found.slice(0, MOST_UNASKED[group]) }))
      .filter(({ found }) => found.length > 0);
  }
  entries
    .flatMap((entry) => {
      const found = fitEntry(query, entry);
      return found ? [{ entry, ...found }] : [];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .forEach(put);
  return [...groups].map(([group, found]) => ({ group, found }));
}
