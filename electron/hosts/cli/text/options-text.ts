/** What `query options` prints for people. */
import type { OptionSource, PlacedRule, RuleTest } from '#contract';
import type { OptionRow } from '#engine/policy/options.ts';
import { formatRule } from '#engine/policy/rules.ts';
import { formatTable } from '../text-table.ts';

export interface OptionInForce {
  row: OptionRow;
  value: string;
  source: OptionSource;
}

/** One line an option. */
export function optionTable(options: readonly OptionInForce[]): string[] {
  return formatTable(
    [
      { title: 'Option', cell: ({ row }: OptionInForce) => row.display },
      { title: 'Value', cell: ({ value }: OptionInForce) => value || '-' },
      { title: 'Set by', cell: ({ source }: OptionInForce) => sourceText(source) },
    ],
    options,
  );
}

/** A paragraph an option. */
export function optionDetailLines(options: readonly OptionInForce[]): string[] {
  return options.flatMap(({ row, value, source }) => [
    `${row.display}  ${value || '-'}  (${sourceText(source)})`,
    `    ${row.help}`,
    `    Default: ${row.fallbackText || 'none'}. Allowed: ${row.allowed}.`,
  ]);
}

/** The rules in the order in which they are gone through, and what they make of a volume. */
export function ruleLines(
  rules: readonly PlacedRule[],
  tested: RuleTest | undefined,
  holds: PlacedRule | undefined,
): string[] {
  if (rules.length === 0) return [];
  const verdict = holds && (tested?.excluded ? 'is excluded from image backup by' : 'is backed up as it says in');
  return [
    '',
    'Rules, in the order in which they are tried (the first that matches holds):',
    ...[...rules].reverse().map((rule) => `  line ${rule.line}: ${formatRule(rule)}`),
    ...(tested
      ? [verdict ? `${tested.volume} ${verdict} line ${holds?.line}.` : `No rule names ${tested.volume}.`]
      : []),
  ];
}

export function sourceText(source: OptionSource): string {
  switch (source.from) {
    case 'command':
      return 'command line';
    case 'environment':
      return source.variable;
    case 'rule':
      return `rule in line ${source.line}`;
    case 'file':
      return `line ${source.line}`;
    case 'default':
      return 'default';
  }
}
