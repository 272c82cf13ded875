/**
 * Texts by key. `t('backup:toolbar.estimate')`, with values in double braces; what is counted has `_one` and `_other`.
 * It is called while something is drawn, never at a module's top: the language may change, and then all is drawn again.
 */
import type { TFunction } from 'i18next';
import { i18next } from './instance.ts';
import { currentLanguage } from './language.ts';
import type { Namespace } from './texts.ts';

type AllNamespaces = ['common', ...Exclude<Namespace, 'common'>[]];

export const t: TFunction<AllNamespaces> = ((...args: Parameters<typeof i18next.t>) =>
  i18next.t(...args)) as unknown as TFunction<AllNamespaces>;

/** A label as it is written in the middle of a sentence: in small letters where the language has it so. */
export function inSentence(label: string): string {
  return currentLanguage() === 'en' ? label.toLocaleLowerCase('en') : label;
}
