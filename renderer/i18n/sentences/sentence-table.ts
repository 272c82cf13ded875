/** All templates of one language, found by the first word of a sentence. */
import { type Captures, matchTemplate, parseTemplate, type SentenceTemplate } from './sentence-template.ts';

export interface Fit {
  readonly captures: Captures;
  /** The template in the other language. */
  readonly target: SentenceTemplate;
  /** The template says so little that it only counts where all of its parts are understood. */
  readonly isVague: boolean;
}

interface Row {
  readonly source: SentenceTemplate;
  readonly target: SentenceTemplate;
}

export interface SentenceTable {
  /** Sentences without slots. */
  readonly constant: ReadonlyMap<string, string>;
  readonly byFirstWord: ReadonlyMap<string, readonly Row[]>;
  /** What begins with a slot, or with a word that goes on in one. */
  readonly open: readonly Row[];
}

const VAGUE_WEIGHT = 14;
/** No text fits more templates than this, unless somebody made it to. */
const MOST_FITS = 4;

const byWeight = (a: Row, b: Row): number => b.source.weight - a.source.weight;

/** `areas`: templates of one part of the engine each, English to the other language. */
export function sentenceTable(areas: readonly Readonly<Record<string, string>>[]): SentenceTable {
  const constant = new Map<string, string>();
  const byFirstWord = new Map<string, Row[]>();
  const open: Row[] = [];
  for (const [english, other] of areas.flatMap((area) => Object.entries(area))) {
    const source = parseTemplate(english);
    if (source.slots.length === 0) {
      constant.set(english, other);
      continue;
    }
    const row = { source, target: parseTemplate(other) };
    const word = firstWord(source.literals[0] ?? '');
    if (word === undefined) open.push(row);
    else byFirstWord.set(word, [...(byFirstWord.get(word) ?? []), row]);
  }
  for (const rows of byFirstWord.values()) rows.sort(byWeight);
  return { constant, byFirstWord, open: open.sort(byWeight) };
}

/** The templates that fit the whole `text`, the one that says most first. */
export function* fitsOf(table: SentenceTable, text: string): Generator<Fit> {
  const word = firstWord(text);
  const rows = [...(word === undefined ? [] : (table.byFirstWord.get(word) ?? [])), ...table.open].sort(byWeight);
  let found = 0;
  for (const { source, target } of rows) {
    const captures = matchTemplate(source, text);
    if (captures === undefined) continue;
    yield { captures, target, isVague: source.weight < VAGUE_WEIGHT };
    found += 1;
    if (found === MOST_FITS) return;
  }
}

/** Up to the first blank, which must be there. */
function firstWord(text: string): string | undefined {
  const end = text.indexOf(' ');
  return end <= 0 ? undefined : text.slice(0, end);
}
