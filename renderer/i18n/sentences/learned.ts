/** The templates of the languages that have been fetched. */
import { type SentenceTable, sentenceTable } from './sentence-table.ts';

const tables = new Map<string, SentenceTable>();

/** Keeps the templates of a language; `areas` as in `sentenceTable`. */
export function learnSentences(language: string, areas: readonly Readonly<Record<string, string>>[]): void {
  tables.set(language, sentenceTable(areas));
}

/** `undefined`: the language is English, or was not fetched. */
export function learnedSentences(language: string): SentenceTable | undefined {
  return tables.get(language);
}
