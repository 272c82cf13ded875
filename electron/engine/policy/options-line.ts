/** What one line of the options file means. */
import type { ImageRule } from '#contract';
import { matchAbbreviation } from './abbreviations.ts';
import { OPTION_ROWS, type OptionName } from './options.ts';
import { parseRule, RULE_STATEMENTS } from './rules.ts';

export type LineMeaning =
  /** Blank, or a comment. */
  | { readonly kind: 'none' }
  | { readonly kind: 'option'; readonly name: OptionName; readonly value: string }
  /** `problems`: parts of it that make no sense. */
  | { readonly kind: 'rule'; readonly rule: ImageRule; readonly problems: readonly string[] }
  | { readonly kind: 'ignored'; readonly problem: string };

const STATEMENTS = [
  ...OPTION_ROWS.map((row) => ({ display: row.display, aliases: row.aliases ?? [], option: row, rule: undefined })),
  ...RULE_STATEMENTS.map((row) => ({ display: row.display, aliases: [], option: undefined, rule: row })),
];
/** What can stand in the file; the others are only known so that it can be said where they belong. */
const OF_FILES = STATEMENTS.filter(({ option }) => option === undefined || option.places.includes('file'));

/** `include` alone means something else to other clients, and is never taken for `include.image`. */
function withoutDots<T extends { display: string }>(statements: readonly T[], typed: string): readonly T[] {
  return typed.includes('.') ? statements : statements.filter(({ display }) => !display.includes('.'));
}

/** An option of the command line alone never takes an abbreviation away from one that can stand in the file. */
function statementNamed(typed: string) {
  const match = matchAbbreviation(typed, withoutDots(STATEMENTS, typed), { suggest: false });
  const isMisplaced = match.kind === 'found' && !OF_FILES.includes(match.value);
  if (!isMisplaced) return match;
  const ofFile = matchAbbreviation(typed, withoutDots(OF_FILES, typed), { suggest: false });
  return ofFile.kind === 'found' ? ofFile : match;
}

function nameOf({ option, rule }: (typeof STATEMENTS)[number]): string {
  return option?.name ?? rule?.name ?? '';
}

/** `line` is without its line break. Never throws. */
export function readLine(line: string): LineMeaning {
  const content = line.trim();
  if (content === '' || content.startsWith('*')) return { kind: 'none' };
  const [, typed = '', rest = ''] = /^(\S+)(?:\s+(.*))?$/s.exec(content) ?? [];
  const match = statementNamed(typed);
  if (match.kind === 'ambiguous') return ignored(`“${typed}” could be ${match.values.map(nameOf).join(' or ')}`);
  if (match.kind === 'unknown') {
    return ignored(`the option “${typed.length > 60 ? `${typed.slice(0, 60)}…` : typed}” is not known`);
  }
  const { option, rule } = match.value;
  if (rule !== undefined) {
    const parsed = parseRule(rule.name, rest);
    if (parsed.rule === undefined) return ignored(parsed.lineProblem ?? 'the rule makes no sense');
    return { kind: 'rule', rule: parsed.rule, problems: parsed.problems };
  }
  const { name, places, kind } = option;
  if (!places.includes('file')) return ignored(`the option ${name} can only be given on the command line`);
  // A list takes the quotes off its names itself.
  const value = kind === 'list' ? rest : unquote(rest);
  return { kind: 'option', name, value: value === '' && kind === 'flag' ? 'yes' : value };
}

function ignored(problem: string): LineMeaning {
  return { kind: 'ignored', problem };
}

/** Takes one pair of matching quotes off. */
function unquote(value: string): string {
  const [, inner] = /^"([^"]*)"$/s.exec(value) ?? /^'([^']*)'$/s.exec(value) ?? [];
  return inner ?? value;
}

/** A value as it can stand in a line so that `readLine` gives it back; undefined where no line can hold it. */
export function quoteValue(value: string): string | undefined {
  const plain = value !== '' && !/\s/.test(value) && unquote(value) === value;
  if (plain) return value;
  if (!value.includes('"')) return `"${value}"`;
  if (!value.includes("'")) return `'${value}'`;
  return value.trim() === value && unquote(value) === value ? value : undefined;
}
