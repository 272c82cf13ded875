/** How well a few typed letters fit a text: the words of the query in any order, each a run of letters with gaps. */

export interface Match {
  /** Higher is better. */
  score: number;
  /** Indices of the letters that fitted, for marking them. */
  marks: readonly number[];
}

/** Letters without case and accents, one for each of the text's, so that indices stay. */
function bare(text: string): string[] {
  return [...text].map((letter) => letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() || letter);
}

const isWordStart = (letters: readonly string[], at: number): boolean =>
  at === 0 || !/[\p{L}\p{N}]/u.test(letters[at - 1] ?? ' ');

/** Letters in a row count most, then starts of words; early is better than late. */
function scoreOf(letters: readonly string[], marks: readonly number[]): number {
  let score = 0;
  marks.forEach((at, index) => {
    score += 1;
    if (isWordStart(letters, at)) score += 8;
    if (index > 0 && marks[index - 1] === at - 1) score += 5;
  });
  return score - (marks[0] ?? 0) * 0.1;
}

/** The letters of `word` from `from` on, each as early as it goes; undefined where one is missing. */
function marksFrom(letters: readonly string[], word: readonly string[], from: number): number[] | undefined {
  const marks: number[] = [];
  let at = from;
  for (const wanted of word) {
    const found = letters.indexOf(wanted, at);
    if (found < 0) return undefined;
    marks.push(found);
    at = found + 1;
  }
  return marks;
}

/** The best of all places where the first letter stands. */
function fitWord(letters: readonly string[], word: readonly string[]): Match | undefined {
  let best: Match | undefined;
  for (let from = letters.indexOf(word[0] ?? ''); from >= 0; from = letters.indexOf(word[0] ?? '', from + 1)) {
    const marks = marksFrom(letters, word, from);
    if (!marks) break;
    const score = scoreOf(letters, marks);
    // Letters that are strewn over the whole text are no fit.
    const spread = (marks.at(-1) ?? 0) - (marks[0] ?? 0) + 1;
    if (spread > word.length * 4 + 2) continue;
    if (!best || score > best.score) best = { score, marks };
  }
  return best;
}

/** Undefined where a word of the query does not fit at all. An empty query fits everything alike. */
export function matchOf(query: string, text: string): Match | undefined {
  const letters = bare(text);
  const words = bare(query.trim()).join('').split(/\s+/).filter(Boolean);
  let score = 0;
  const marks = new Set<number>();
  for (const word of words) {
    const found = fitWord(letters, [...word]);
    if (!found) return undefined;
    score += found.score;
    for (const mark of found.marks) marks.add(mark);
  }
  return { score, marks: [...marks].sort((a, b) => a - b) };
}
