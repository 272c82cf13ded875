/** The words for an option and its values; the option's own name and English help where there are none. */
import i18next from 'i18next';
import type { OptionDescription } from '#contract';
import { t } from './t.ts';

type Part = 'label' | 'help' | 'empty' | `values.${string}`;

/** Keys of texts hold no dots, names of options do (`domain.image`). */
function textOf(name: string, part: Part): string | undefined {
  const key = `options:${name.replaceAll('.', '_')}.${part}`;
  return i18next.exists(key) ? i18next.t(key as never) : undefined;
}

/** What a person calls the option. */
export function optionLabel(name: string): string {
  return textOf(name, 'label') ?? name;
}

/** One line that says what it does. */
export function optionHelp(option: Pick<OptionDescription, 'name' | 'help'>): string {
  return textOf(option.name, 'help') ?? option.help;
}

/** What it means that nothing is set. */
export function optionEmpty(option: Pick<OptionDescription, 'name' | 'type'>): string {
  const own = textOf(option.name, 'empty');
  if (own !== undefined) return own;
  return option.type === 'enum' ? t('preferences:value.best') : t('preferences:value.none');
}

/** One value of an enumeration. */
export function optionChoice(name: string, value: string): string {
  return textOf(name, `values.${value}`) ?? value;
}

const UNIT_WORDS = ['days', 'runs'] as const;

/** The unit of an option as people read it: most are symbols, some are words. */
export function optionUnit(unit: string): string {
  const word = UNIT_WORDS.find((each) => each === unit);
  return word === undefined ? unit : t(`preferences:units.${word}`);
}
