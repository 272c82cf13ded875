/** `query options [VOLUME] [-detail]`. */
import type { PlacedRule, RuleTest } from '#contract';
import { formatOption, OPTION_ROWS, type OptionName } from '#engine/policy/options.ts';
import type { ResolvedOptions } from '#engine/policy/resolve-options.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { type OptionInForce, optionDetailLines, optionTable, ruleLines } from '../text/options-text.ts';

export async function run({ operands, options, output, engine, cancellation }: CommandContext): Promise<ReturnCode> {
  const [volume] = operands;
  const { path, exists, rules, warnings } = await engine.preferences.describe();
  const tested = volume === undefined ? undefined : await cancellation.race(engine.preferences.test({ volume }));
  const holds = rules[tested?.evaluated.find(({ matches }) => matches)?.rule ?? -1];
  const shown = inForce(options, tested?.options ?? [], holds && { holds, path });
  output.json({
    file: exists ? path : null,
    options: shown.map(({ row, value, source }) => ({ name: row.name, value, source, default: row.fallbackText })),
    rules,
    ...(tested ? { volume: tested.volume, excluded: tested.excluded, rule: holds ?? null } : {}),
    warnings,
  });
  output.result(exists ? `Options file: ${path}` : `There is no options file; it would be ${path}.`, '');
  output.result(...(options.values.detail ? optionDetailLines(shown) : optionTable(shown)));
  output.result(...ruleLines(rules, tested, holds));
  return output.worst;
}

/** Options that can be set for longer than a command; of a volume, with its rule. */
function inForce(
  { values, sources }: ResolvedOptions,
  tested: RuleTest['options'],
  rule: { holds: PlacedRule; path: string } | undefined,
): OptionInForce[] {
  const text = <N extends OptionName>(name: N): string => formatOption(name, values[name]);
  const ruled = new Map(tested.filter(({ source }) => source.from === 'rule').map((one) => [one.name, one]));
  if (rule && rule.holds.managementClass !== '') {
    const { managementClass: value, line } = rule.holds;
    ruled.set('managementclass', { name: 'managementclass', value, source: { from: 'rule', path: rule.path, line } });
  }
  return OPTION_ROWS.filter(({ places }) => places.includes('file')).map((row) => {
    const { value, source } = ruled.get(row.name) ?? { value: text(row.name), source: sources[row.name] };
    return { row, value, source };
  });
}
