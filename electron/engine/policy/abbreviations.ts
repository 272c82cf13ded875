/**
 * Abbreviations in the manner of dsmc: a name is displayed with its shortest guaranteed abbreviation in capitals
 * (`IMAGEGapsize`), and may be typed at any length from there on. Shorter prefixes work while they are unique.
 */

/** A name that can be abbreviated. */
export interface Abbreviable {
  /** The name with its guaranteed abbreviation in capitals. */
  readonly display: string;
  /** Other full names for the same thing, displayed the same way. */
  readonly aliases?: readonly string[];
}

export type AbbreviationMatch<T> =
  | { readonly kind: 'found'; readonly value: T }
  /** Several names begin like this; scripts that use it would break, so nothing is guessed. */
  | { readonly kind: 'ambiguous'; readonly values: readonly T[] }
  | { readonly kind: 'unknown'; readonly suggestions: readonly T[] };

/** The full name in lower case. */
export function fullName(display: string): string {
  return display.toLowerCase();
}

/** The shortest guaranteed abbreviation, in lower case: everything up to the last capital. */
export function shortestAbbreviation(display: string): string {
  let end = 0;
  for (let i = 0; i < display.length; i++) {
    const character = display.charAt(i);
    if (character !== character.toLowerCase()) end = i + 1;
  }
  return fullName(display.slice(0, end === 0 ? display.length : end));
}

function displays(candidate: Abbreviable): readonly string[] {
  return [candidate.display, ...(candidate.aliases ?? [])];
}

/**
 * Finds what `typed` stands for, ignoring case. A full name wins over a guaranteed abbreviation, which wins over a
 * prefix that only happens to be unique today. Without `suggest`, nothing is looked for that is like an unknown word.
 */
export function matchAbbreviation<T extends Abbreviable>(
  typed: string,
  candidates: readonly T[],
  { suggest = true }: { suggest?: boolean } = {},
): AbbreviationMatch<T> {
  const word = typed.toLowerCase();
  const exact = candidates.find((candidate) => displays(candidate).some((display) => fullName(display) === word));
  if (exact) return { kind: 'found', value: exact };
  const prefixed = candidates.filter((candidate) =>
    displays(candidate).some((display) => word !== '' && fullName(display).startsWith(word)),
  );
  const guaranteed = prefixed.filter((candidate) =>
    displays(candidate).some(
      (display) => fullName(display).startsWith(word) && word.startsWith(shortestAbbreviation(display)),
    ),
  );
  const hits = guaranteed.length > 0 ? guaranteed : prefixed;
  const [first, second] = hits;
  if (first && !second) return { kind: 'found', value: first };
  if (first) return { kind: 'ambiguous', values: hits };
  return { kind: 'unknown', suggestions: suggest ? nearest(word, candidates) : [] };
}

/** Candidates at most a few typing errors away, nearest first. */
function nearest<T extends Abbreviable>(word: string, candidates: readonly T[]): T[] {
  const limit = Math.max(1, Math.floor(word.length / 3));
  // Each character too many is an error, so a word of another length need not be compared.
  const distanceOf = (display: string): number =>
    Math.abs(display.length - word.length) > limit ? Number.POSITIVE_INFINITY : editDistance(word, fullName(display));
  return candidates
    .map((candidate) => ({ candidate, distance: Math.min(...displays(candidate).map(distanceOf)) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (before[j - 2] ?? 0) + 1 : replace;
      row.push(Math.min(replace, swap, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
