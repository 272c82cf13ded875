/**
 * What the engine says, in the language of the window. The engine speaks English; until its messages have ids, its
 * sentences are recognised by their templates, which `electron/engine-sentences.test.ts` holds complete.
 */
import { formatDecimal } from '../formats.ts';
import { currentLanguage } from '../language.ts';
import { t } from '../t.ts';
import { learnedSentences } from './learned.ts';
import { type SentencePiece, translateWith } from './translate.ts';

/** As the engine writes quantities: `1.21 GiB`, `512 bytes`. */
const QUANTITY = /^(\d{1,15})(?:\.(\d{1,2}))? (bytes|[KMGTPE]iB)$/;

/** The text in pieces, each of which is in the window's language or in English. */
export function sentencePieces(text: string): SentencePiece[] {
  const table = learnedSentences(currentLanguage());
  return table === undefined ? [{ text, isEnglish: false }] : translateWith(table, text, writeQuantity);
}

/** The text in the language of the window; what is not understood stays English. */
export function translateSentence(text: string): string {
  return sentencePieces(text)
    .map((piece) => piece.text)
    .join('');
}

/** The language of a text where that is not the window's, for `lang`; of `translateSentence`'s result. */
export function sentenceLanguage(text: string): 'en' | undefined {
  const pieces = sentencePieces(text);
  return pieces.some((piece) => piece.isEnglish) ? 'en' : undefined;
}

function writeQuantity(value: string): string {
  const [, whole = '', decimals = '', unit = ''] = QUANTITY.exec(value) ?? [];
  if (unit === '') return value;
  const written = formatDecimal(Number(`${whole}.${decimals || '0'}`), decimals.length);
  return `${written} ${unit === 'bytes' ? t('words:quantity.bytes') : unit}`;
}
