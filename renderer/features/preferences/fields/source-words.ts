/** Where the value of an option comes from, in short sentences. */
import type { ImageRule, OptionDescription, OptionSource } from '#contract';
import { t } from '../../../i18n/t.ts';
import { valueWords } from './option-values.ts';

/** `stillframe.opt` of `/etc/stillframe/stillframe.opt`. */
export function fileName(path: string): string {
  return path.split('/').at(-1) ?? path;
}

export function sourceWords(source: OptionSource): string {
  switch (source.from) {
    case 'command':
      return t('preferences:source.command');
    case 'environment':
      return t('preferences:source.environment', { variable: source.variable });
    case 'rule':
      return t('preferences:source.rule', { file: fileName(source.path), line: source.line });
    case 'file':
      return t('preferences:source.file', { file: fileName(source.path), line: source.line });
    case 'default':
      return t('preferences:source.default');
  }
}

/** The default, the place, and who says otherwise. */
export function originWords(option: OptionDescription, rules: readonly ImageRule[]): string[] {
  const { source, name, fileValue } = option;
  const words: string[] = [t('preferences:field.default', { value: valueWords(option, option.default) })];
  if (source.from === 'file') words.push(sourceWords(source));
  else if (fileValue !== undefined) words.push(t('preferences:source.alsoFile'));
  const numbers = rules.flatMap((rule, index) =>
    rule.kind === 'include.image' && Object.hasOwn(rule.options, name) ? [rules.length - index] : [],
  );
  if (numbers.length > 0) {
    const list = numbers.toSorted((a, b) => a - b).join(', ');
    words.push(t('preferences:field.rules', { count: numbers.length, list }));
  }
  return words;
}

/** Who overrules the file, so that a change has no effect now; undefined where nobody does. */
export function overruling(option: OptionDescription): string | undefined {
  const value = valueWords(option, option.value);
  if (option.source.from === 'environment')
    return t('preferences:field.overEnvironment', { variable: option.source.variable, value });
  return option.source.from === 'command' ? t('preferences:field.overCommand', { value }) : undefined;
}
