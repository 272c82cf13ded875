/** Turns the rule lines of a file into other rules, touching as few lines as possible. */
import type { ImageRule } from '#contract';
import type { FileLines } from './file-lines.ts';
import { formatRule, ruleKey } from './rules.ts';

/** Above this many comparisons, rules in the middle are simply written anew. */
const MOST_COMPARISONS = 4_000_000;

/** A rule and the line (from 0) that it stands in. */
export interface RuleLine {
  readonly rule: ImageRule;
  readonly index: number;
}

/** `old`: all rules of the file, in its order. `next`: the rules that it is to hold, in theirs. */
export function editRules(lines: FileLines, old: readonly RuleLine[], next: readonly ImageRule[]): void {
  const kept = commonRules(
    old.map(({ rule }) => ruleKey(rule)),
    next.map(ruleKey),
  );
  let fromOld = 0;
  let fromNext = 0;
  for (const [keptOld, keptNext] of [...kept, [old.length, next.length] as const]) {
    exchange(lines, old, { from: fromOld, to: keptOld }, next.slice(fromNext, keptNext));
    fromOld = keptOld + 1;
    fromNext = keptNext + 1;
  }
}

/** Puts `rules` where the lines `from` to `to` (not included) of `old` are. */
function exchange(
  lines: FileLines,
  old: readonly RuleLine[],
  { from, to }: { from: number; to: number },
  rules: readonly ImageRule[],
): void {
  const texts = rules.map(formatRule);
  const places = old.slice(from, to).map(({ index }) => index);
  for (const [at, index] of places.entries()) {
    const text = texts[at];
    if (text === undefined) lines.remove(index);
    else lines.replace(index, text);
  }
  const further = texts.slice(places.length);
  if (further.length === 0) return;
  const previous = places.at(-1) ?? old[from - 1]?.index;
  const following = old[to]?.index;
  if (previous !== undefined) lines.insertAfter(previous, further);
  else if (following !== undefined) lines.insertBefore(following, further);
  else lines.append(further);
}

/** Pairs of positions of a longest common subsequence, ascending. */
function commonRules(old: readonly string[], next: readonly string[]): [number, number][] {
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start++;
  let endOld = old.length;
  let endNext = next.length;
  while (endOld > start && endNext > start && old[endOld - 1] === next[endNext - 1]) {
    endOld--;
    endNext--;
  }
  const pairs: [number, number][] = Array.from({ length: start }, (_, at) => [at, at]);
  pairs.push(
    ...commonMiddle(old.slice(start, endOld), next.slice(start, endNext)).map(([a, b]): [number, number] => [
      a + start,
      b + start,
    ]),
  );
  for (let at = 0; at < old.length - endOld; at++) pairs.push([endOld + at, endNext + at]);
  return pairs;
}

function commonMiddle(old: readonly string[], next: readonly string[]): [number, number][] {
  if (old.length * next.length > MOST_COMPARISONS) return [];
  const width = next.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  const at = (a: number, b: number): number => longest[a * width + b] ?? 0;
  for (let a = old.length - 1; a >= 0; a--) {
    for (let b = next.length - 1; b >= 0; b--) {
      longest[a * width + b] = old[a] === next[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let a = 0, b = 0; a < old.length && b < next.length; ) {
    if (old[a] === next[b]) pairs.push([a++, b++]);
    else if (at(a + 1, b) >= at(a, b + 1)) a++;
    else b++;
  }
  return pairs;
}
