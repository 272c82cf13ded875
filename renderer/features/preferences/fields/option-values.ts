/** Values of options in words, and whether two texts mean the same. */
import type { OptionDescription } from '#contract';
import { currentLanguage } from '../../../i18n/language.ts';
import { optionChoice, optionEmpty, optionUnit } from '../../../i18n/option-texts.ts';
import { formatBytes } from '../../../i18n/quantities.ts';
import { t } from '../../../i18n/t.ts';
import { sizeBytes } from './option-sizes.ts';

const YES = ['yes', 'y', 'true', 'on'];

export function isYes(text: string): boolean {
  return YES.includes(text.toLowerCase());
}

/** A number and its unit stay on one line. */
const NO_BREAK = '\u00a0';

/** What follows a number, with a blank before it; units are symbols or words. */
export function unitSuffix({ unit }: Pick<OptionDescription, 'unit'>): string {
  return unit === '' ? '' : `${NO_BREAK}${optionUnit(unit)}`;
}

/** A value as people read it. */
export function valueWords(option: OptionDescription, text: string): string {
  if (text === '') return optionEmpty(option);
  switch (option.type) {
    case 'flag':
      return isYes(text) ? t('preferences:value.yes') : t('preferences:value.no');
    case 'enum':
      return optionChoice(option.name, choiceOf(option, text) ?? text);
    case 'size': {
      const bytes = sizeBytes(text);
      return bytes === undefined ? text : formatBytes(bytes);
    }
    case 'integer':
      return `${text}${unitSuffix(option)}`;
    default:
      return text;
  }
}

/** The value of an enumeration that `text` names. */
export function choiceOf(option: OptionDescription, text: string): string | undefined {
  return option.values.find((value) => value.toLowerCase() === text.toLowerCase());
}

/** One form for all texts that mean the same. */
function canonical(option: OptionDescription, text: string): string {
  if (option.type === 'flag') return isYes(text) ? 'yes' : 'no';
  if (option.type === 'enum') return choiceOf(option, text) ?? text;
  if (option.type === 'size') return String(sizeBytes(text) ?? text);
  if (option.type === 'integer' && /^\d+$/.test(text)) return String(Number(text));
  return text;
}

export function meansSame(option: OptionDescription, one: string, other: string): boolean {
  return one === other || canonical(option, one) === canonical(option, other);
}

/** What may be given, where it can be said in short; empty where the control says it. */
export function rangeWords(option: OptionDescription): string {
  const { type, minimum, maximum } = option;
  if (type === 'wait') return t('preferences:range.wait');
  if (minimum === undefined || maximum === undefined) return '';
  if (type === 'size') return t('preferences:range.between', { from: formatBytes(minimum), to: formatBytes(maximum) });
  if (type === 'integer') {
    const numbers = new Intl.NumberFormat(currentLanguage());
    const to = `${numbers.format(maximum)}${unitSuffix(option)}`;
    return t('preferences:range.between', { from: numbers.format(minimum), to });
  }
  return '';
}
