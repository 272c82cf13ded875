/** Translates what the engine says, sentence by sentence, with the templates of a table. */
import { type Fit, fitsOf, type SentenceTable } from './sentence-table.ts';

/** A piece of a text that was translated, or that was not understood and stays English. */
export interface SentencePiece {
  readonly text: string;
  readonly isEnglish: boolean;
}

/** Longer texts are no sentences. */
const LONGEST_TEXT = 4000;
/** Templates of several sentences hold so many at most. */
const MOST_SENTENCES = 3;
const DEEPEST = 5;
/** Of a list within a sentence. */
const MOST_ENTRIES = 20;
/** Times that a text or a part of it is looked up before the rest stays English. */
const MOST_LOOKUPS = 1000;

const SENTENCES = /(?<=[.!?]) +/;

interface Search {
  readonly table: SentenceTable;
  /** A value as the language writes it. */
  readonly writeValue: (value: string) => string;
  lookups: number;
}

/** The pieces of `text` in their order, blanks included. */
export function translateWith(
  table: SentenceTable,
  text: string,
  writeValue: (value: string) => string = (value) => value,
): SentencePiece[] {
  if (text.length > LONGEST_TEXT) return [english(text)];
  return joined(translated({ table, writeValue, lookups: 0 }, text, 0));
}

/** True where nothing of the text stays English. */
export function isUnderstood(pieces: readonly SentencePiece[]): boolean {
  return pieces.every(({ text, isEnglish }) => !isEnglish || text.trim() === '');
}

function english(text: string): SentencePiece {
  return { text, isEnglish: true };
}

/** A text of any number of sentences, or a part of one; blanks around it are kept. */
function translated(search: Search, text: string, depth: number): SentencePiece[] {
  const inner = text.trim();
  if (inner === '') return [{ text, isEnglish: false }];
  const at = text.indexOf(inner);
  const pieces = bestOf(search, inner, depth);
  const blank = (part: string): SentencePiece => ({ text: part, isEnglish: false });
  return [blank(text.slice(0, at)), ...pieces, blank(text.slice(at + inner.length))];
}

/** A template that ends in a part also fits when other sentences follow: then each may be understood by itself. */
function bestOf(search: Search, text: string, depth: number): SentencePiece[] {
  const together = whole(search, text, depth);
  if (together && isUnderstood(together)) return together;
  const apart = oneByOne(search, text, depth);
  return together === undefined || isUnderstood(apart) ? apart : together;
}

function oneByOne(search: Search, text: string, depth: number): SentencePiece[] {
  const sentences = text.split(SENTENCES);
  const pieces: SentencePiece[] = [];
  for (let at = 0; at < sentences.length; ) {
    let taken = 1;
    let found: SentencePiece[] | undefined;
    for (let count = Math.min(MOST_SENTENCES, sentences.length - at); count > 0 && !found; count--) {
      // All of them together were looked for already.
      if (count === sentences.length) continue;
      found = whole(search, sentences.slice(at, at + count).join(' '), depth);
      if (found) taken = count;
    }
    if (at > 0) pieces.push({ text: ' ', isEnglish: false });
    pieces.push(...(found ?? [english(sentences[at] ?? '')]));
    at += taken;
  }
  return pieces;
}

/** `text` by one template; `undefined` where none fits. */
function whole(search: Search, text: string, depth: number): SentencePiece[] | undefined {
  search.lookups += 1;
  if (depth > DEEPEST || search.lookups > MOST_LOOKUPS) return undefined;
  const constant = search.table.constant.get(text);
  if (constant !== undefined) return [{ text: constant, isEnglish: false }];
  let best: SentencePiece[] | undefined;
  for (const fit of fitsOf(search.table, text)) {
    const pieces = filled(search, fit, depth);
    if (isUnderstood(pieces)) return pieces;
    if (!fit.isVague) best ??= pieces;
  }
  return best;
}

function filled(search: Search, { captures, target }: Fit, depth: number): SentencePiece[] {
  const pieces: SentencePiece[] = [];
  for (const [index, literal] of target.literals.entries()) {
    pieces.push({ text: literal, isEnglish: false });
    const slot = target.slots[index];
    const capture = slot && captures.get(slot.number);
    if (capture === undefined) continue;
    if (capture.kind === 'part') pieces.push(...part(search, capture.text, depth + 1));
    else pieces.push({ text: search.writeValue(capture.text), isEnglish: false });
  }
  return pieces;
}

/** What is no sentence of ours may be a list of them, or a name. */
function part(search: Search, text: string, depth: number): SentencePiece[] {
  const pieces = translated(search, text, depth);
  if (isUnderstood(pieces) || depth > DEEPEST) return pieces;
  if (!text.includes(' ')) return [{ text, isEnglish: false }];
  for (const separator of ['; ', ', ']) {
    const entries = text.split(separator);
    if (entries.length === 1 || entries.length > MOST_ENTRIES) continue;
    const listed = entries.flatMap((entry, index) => [
      { text: index === 0 ? '' : separator, isEnglish: false },
      ...(entry.includes(' ') ? translated(search, entry, depth + 1) : [{ text: entry, isEnglish: false }]),
    ]);
    if (isUnderstood(listed)) return listed;
  }
  return pieces;
}

/** Neighbours of the same language as one piece; blanks belong to either. */
function joined(pieces: readonly SentencePiece[]): SentencePiece[] {
  const result: { text: string; isEnglish: boolean }[] = [];
  for (const { text, isEnglish } of pieces) {
    const last = result.at(-1);
    if (text === '') continue;
    if (last && (last.isEnglish === isEnglish || text.trim() === '')) last.text += text;
    else result.push({ text, isEnglish });
  }
  return result;
}
