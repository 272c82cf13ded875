/** Finds options by name, label, help and value, in whichever of our languages the words are. */
import type { OptionDescription } from '#contract';
import { options as german } from '../../i18n/de/options.ts';
import { options as english } from '../../i18n/en/options.ts';

/** Small letters without marks, so that `große` is found by `grosse` and `GROSSE`. */
function folded(text: string): string {
  return text
    .toLocaleLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '');
}

function wordsOf(texts: object, name: string): string[] {
  const own: unknown = Reflect.get(texts, name.replaceAll('.', '_'));
  return allTexts(own);
}

function allTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(allTexts) : [];
}

/** Options with every word of `query` somewhere, those that have it in their name or label first. */
export function found(
  options: readonly OptionDescription[],
  query: string,
  textOf: (option: OptionDescription) => string,
): OptionDescription[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const holds = (texts: readonly string[]) => {
    const all = folded(texts.join('\n'));
    return words.every((word) => all.includes(word));
  };
  const matches = options.filter(
    (option) =>
      option.tab !== undefined &&
      holds([
        option.name,
        option.help,
        textOf(option),
        option.value,
        ...wordsOf(english, option.name),
        ...wordsOf(german, option.name),
      ]),
  );
  const isNamed = (option: OptionDescription) =>
    holds([option.name, ...[english, german].map((texts) => wordsOf(texts, option.name)[0] ?? '')]);
  return [...matches.filter(isNamed), ...matches.filter((option) => !isNamed(option))];
}
