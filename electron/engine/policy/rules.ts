/**
 * `include.image PATTERN [CLASS] [option=value …]` and `exclude.image PATTERN` (domain reference 1.10): which volumes
 * are backed up, and with what, read from the bottom of the file to its top; the first that matches holds.
 */
import type { ImageRule, PlacedRule } from '#contract';
import { matchAbbreviation } from './abbreviations.ts';
import { ValueRejected } from './option-definition.ts';
import { definitionOf, OPTION_ROWS, type OptionName, type OptionRow } from './options.ts';
import { compilePattern } from './pattern.ts';
import { hasControlCharacter, quoteWord, splitWords } from './words.ts';

/** The two statements, with their guaranteed abbreviations. */
export const RULE_STATEMENTS = [
  {
    name: 'include.image',
    display: 'INCLUDE.Image',
    usage: 'include.image PATTERN [CLASS] [OPTION=VALUE …]',
    help: 'Back up the volumes that match with this management class and these options.',
  },
  {
    name: 'exclude.image',
    display: 'EXCLUDE.Image',
    usage: 'exclude.image PATTERN',
    help: 'Do not back up the volumes that match.',
  },
] as const;

/** Longest pattern, in characters. */
export const MAXIMUM_PATTERN = 4096;

/** Options that a rule can carry, in the order of the table. */
export const RULE_OPTIONS: readonly OptionRow[] = OPTION_ROWS.filter((row) => row.places.includes('rule'));

/** What is wrong with a pattern, one English sentence; undefined where nothing is. */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.trim() === '') return 'The pattern must not be empty.';
  if (pattern.length > MAXIMUM_PATTERN) return `The pattern is longer than ${MAXIMUM_PATTERN} characters.`;
  if (hasControlCharacter(pattern)) return 'The pattern must not hold control characters.';
  return undefined;
}

/** What is wrong with a management class; undefined where nothing is. */
export function classProblem(managementClass: string): string | undefined {
  try {
    definitionOf('managementclass').parse(managementClass, { workingDirectory: '/', homeDirectory: '/' });
    return undefined;
  } catch (error) {
    if (error instanceof ValueRejected) return error.message;
    throw error;
  }
}

/** What the rest of a rule's line says; `problems` are parts that make no sense and were left out. */
export function parseRule(
  kind: ImageRule['kind'],
  rest: string,
): { rule?: ImageRule; problems: readonly string[]; lineProblem?: string } {
  const words = splitWords(rest);
  if (words === undefined) return { problems: [], lineProblem: 'a quote is not closed' };
  const [pattern = '', ...further] = words;
  const problem = patternProblem(pattern);
  if (problem !== undefined) return { problems: [], lineProblem: `${kind} needs a pattern of volumes` };
  const problems: string[] = [];
  if (kind === 'exclude.image') {
    if (further.length > 0) problems.push('exclude.image takes a pattern only');
    return { rule: { kind, pattern, managementClass: '', options: {} }, problems };
  }
  let managementClass = '';
  const options = new Map<OptionName, string>();
  for (const [index, word] of further.entries()) {
    const equals = word.indexOf('=');
    if (equals > 0) addOption(word.slice(0, equals), word.slice(equals + 1), options, problems);
    else if (index > 0) problems.push(`“${clip(word)}” is no option=value`);
    else if (classProblem(word) === undefined) managementClass = word;
    else problems.push(`“${clip(word)}” cannot be a management class`);
  }
  return { rule: { kind, pattern, managementClass, options: Object.fromEntries(options) }, problems };
}

function addOption(typed: string, value: string, options: Map<OptionName, string>, problems: string[]): void {
  const match = matchAbbreviation(typed, RULE_OPTIONS, { suggest: false });
  if (match.kind === 'found') {
    const { name } = match.value;
    if (options.has(name)) problems.push(`${name} is given twice, the later one holds`);
    options.set(name, value);
  } else if (match.kind === 'ambiguous') {
    problems.push(`“${typed}” could be ${match.values.map((row) => row.name).join(' or ')}`);
  } else {
    problems.push(`a rule has no option “${clip(typed)}”`);
  }
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** The rule as a line; `parseRule` reads it back. */
export function formatRule({ kind, pattern, managementClass, options }: ImageRule): string {
  const settings = Object.entries(options).map(([name, value]) => `${name}=${quoteWord(value)}`);
  return [kind, quoteWord(pattern), ...(managementClass === '' ? [] : [managementClass]), ...settings].join(' ');
}

/** Same kind, pattern, class and options, in whatever order the options stand. */
export function sameRule(a: ImageRule, b: ImageRule): boolean {
  return ruleKey(a) === ruleKey(b);
}

/** Equal for equal rules. */
export function ruleKey({ kind, pattern, managementClass, options }: ImageRule): string {
  return JSON.stringify([kind, pattern, managementClass, Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** How the rules were gone through for one volume. */
export interface RuleEvaluation<R extends ImageRule> {
  /** In the order of evaluation, up to the first that matches. */
  readonly evaluated: readonly { readonly rule: number; readonly matches: boolean }[];
  /** The rule that holds, if any. */
  readonly rule: R | undefined;
}

/** `names`: the volume's name, its mount points, and other names of the same device. */
export function evaluateRules<R extends ImageRule>(rules: readonly R[], names: readonly string[]): RuleEvaluation<R> {
  const evaluated: { rule: number; matches: boolean }[] = [];
  for (let at = rules.length - 1; at >= 0; at--) {
    const rule = rules[at];
    if (rule === undefined) continue;
    const pattern = compilePattern(rule.pattern);
    const matches = names.some((name) => pattern.matches(name));
    evaluated.push({ rule: at, matches });
    if (matches) return { evaluated, rule };
  }
  return { evaluated, rule: undefined };
}

/** The rule that holds for a volume. */
export function ruleFor(rules: readonly PlacedRule[], names: readonly string[]): PlacedRule | undefined {
  return evaluateRules(rules, names).rule;
}
