/** What an option is when nobody sets it for the run, and who says so. */
import type { OptionDescription, OptionSource } from '#contract';
import { optionChoice, optionUnit } from '../../i18n/option-texts.ts';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { bytesOfSize } from '../../stores/run-options.ts';
import { baseName } from './volume-tree.ts';

function sourceWord(source: OptionSource): string {
  switch (source.from) {
    case 'default':
      return t('backup:options.fromDefault');
    case 'file':
      return t('backup:options.fromFile', { path: baseName(source.path), line: source.line });
    case 'rule':
      return t('backup:options.fromRule', { line: source.line });
    case 'environment':
      return t('backup:options.fromEnvironment', { variable: source.variable });
    case 'command':
      return t('backup:options.fromCommand');
  }
}

/** A value of the option as people read it. */
export function valueWord({ name, type, unit, value }: OptionDescription): string {
  if (value === '') return t('backup:options.engineChooses');
  if (type === 'flag') return t(/^(y|yes|true|on)$/i.test(value) ? 'backup:options.yes' : 'backup:options.no');
  if (type === 'enum') return optionChoice(name, value);
  if (type === 'size') return formatBytes(bytesOfSize(value) ?? 0);
  return type === 'integer' && unit !== '' ? `${value} ${optionUnit(unit)}` : value;
}

/** `in force: 20 % · stillframe.opt, line 12`; `sourceOnly`: the second part alone. */
export function InForce({ option, sourceOnly = false }: { option: OptionDescription; sourceOnly?: boolean }) {
  const { source } = option;
  const word = sourceWord(source);
  return (
    <span className="sf-in-force" title={'path' in source ? source.path : undefined}>
      {sourceOnly ? word : `${t('backup:options.inForce', { value: valueWord(option) })} · ${word}`}
    </span>
  );
}
