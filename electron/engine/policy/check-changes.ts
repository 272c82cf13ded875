/** Whether changes that a window asks for can be made, and what they are as an edit of the file. */
import type { ImageRule, PreferenceChanges, PreferenceProblem } from '#contract';
import type { OptionsEdit } from './edit-options.ts';
import { type PathContext, ValueRejected } from './option-definition.ts';
import { definitionOf, isLocked, OPTION_ROWS, type OptionName, type OptionRow } from './options.ts';
import { quoteValue } from './options-line.ts';
import { classProblem, patternProblem, RULE_OPTIONS } from './rules.ts';
import { hasControlCharacter } from './words.ts';

/** Longest value, in characters. */
const MAXIMUM_VALUE = 4096;
const COMMAND_REASON = 'Commands are set in the options file by an administrator, not here.';
const LOCKED_REASON = 'It is set in the options file by an administrator, not here.';
const COMMAND_ALLOWED = 'what the options file says now';

export interface CheckedChanges {
  /** Empty: `edit` can be made. */
  readonly problems: readonly PreferenceProblem[];
  readonly edit: OptionsEdit;
}

export interface ChangeContext {
  /** The rules of the file as it is: commands in them stay where they are. */
  readonly rules: readonly ImageRule[];
  readonly paths: PathContext;
}

/** Never throws, whatever the texts are. */
export function checkChanges(changes: PreferenceChanges, context: ChangeContext): CheckedChanges {
  const problems: PreferenceProblem[] = [];
  const set = new Map<OptionName, string>();
  const unset = new Set<OptionName>();
  let domain = changes.domain;
  for (const [typed, text] of Object.entries(changes.set ?? {})) {
    const row = settable(typed, problems);
    if (row === undefined) continue;
    const problem = valueProblem(row, text, context.paths);
    if (problem) problems.push({ option: row.name, ...problem });
    else if (row.name !== 'domain.image') set.set(row.name, text);
    else if (changes.domain) problems.push({ option: row.name, reason: 'It is given twice.', allowed: row.allowed });
    else domain = [...definitionOf('domain.image').parse(text, context.paths)];
  }
  for (const typed of changes.unset ?? []) {
    const row = settable(typed, problems);
    if (row === undefined) continue;
    if (set.has(row.name))
      problems.push({ option: row.name, reason: 'It is both set and unset.', allowed: row.allowed });
    else if (row.name !== 'domain.image') unset.add(row.name);
    else domain ??= [];
  }
  if (changes.domain) problems.push(...domainProblems(changes.domain));
  problems.push(...ruleProblems(changes.rules ?? [], context));
  const { rules } = changes;
  return {
    problems,
    edit: { set, unset, ...(rules ? { rules: rules.map(ordered) } : {}), ...(domain ? { domain } : {}) },
  };
}

/** The row of an option that the file may hold and a window may set. */
function settable(typed: string, problems: PreferenceProblem[]): OptionRow | undefined {
  const row = OPTION_ROWS.find((candidate) => candidate.name === typed);
  if (row === undefined || !row.places.includes('file')) {
    const reason = row ? 'It can only be given on the command line.' : 'There is no such option.';
    problems.push({ option: typed.slice(0, 100), reason, allowed: '' });
    return undefined;
  }
  if (isLocked(row)) {
    const reason = row.kind === 'command' ? COMMAND_REASON : LOCKED_REASON;
    problems.push({ option: row.name, reason, allowed: COMMAND_ALLOWED });
    return undefined;
  }
  return row;
}

/** What is wrong with a value of an option; undefined where nothing is. */
export function valueProblem(
  { name, allowed }: OptionRow,
  text: string,
  paths: PathContext,
): Omit<PreferenceProblem, 'option'> | undefined {
  if (text.length > MAXIMUM_VALUE) return { reason: `It is longer than ${MAXIMUM_VALUE} characters.`, allowed };
  if (hasControlCharacter(text)) return { reason: 'It must not hold line breaks or control characters.', allowed };
  try {
    definitionOf(name).parse(text, paths);
  } catch (error) {
    if (!(error instanceof ValueRejected)) throw error;
    return { reason: error.message, allowed };
  }
  // A lone surrogate would become another character in the file.
  if (!text.isWellFormed() || quoteValue(text) === undefined) {
    return { reason: 'A line of the options file cannot hold this value.', allowed };
  }
  return undefined;
}

function domainProblems(domain: readonly string[]): PreferenceProblem[] {
  const { allowed } = definitionOf('domain.image');
  return domain.flatMap((name) => {
    const problem = patternProblem(name) ?? (name.isWellFormed() ? undefined : 'A name is no proper text.');
    return problem === undefined
      ? []
      : [{ option: 'domain.image', reason: problem.replace('pattern', 'name'), allowed }];
  });
}

function ruleProblems(rules: readonly ImageRule[], { rules: existing, paths }: ChangeContext): PreferenceProblem[] {
  const commands = commandsOf(existing);
  return rules.flatMap((rule, index) => {
    const problems: PreferenceProblem[] = [];
    const add = (reason: string, allowed = '', option?: string): void => {
      problems.push({ ...(option === undefined ? {} : { option }), rule: index, reason, allowed });
    };
    const pattern =
      patternProblem(rule.pattern) ?? (rule.pattern.isWellFormed() ? undefined : 'The pattern is no proper text.');
    if (pattern !== undefined) add(pattern, 'a volume name or mount point; * ? and […] as in file names');
    const settings = Object.entries(rule.options);
    if (rule.kind === 'exclude.image') {
      if (rule.managementClass !== '' || settings.length > 0) add('A rule that excludes takes a pattern only.');
      return problems;
    }
    const managementClass = rule.managementClass === '' ? undefined : classProblem(rule.managementClass);
    if (managementClass !== undefined) add(managementClass, definitionOf('managementclass').allowed, 'managementclass');
    for (const [typed, text] of settings) {
      const row = RULE_OPTIONS.find((candidate) => candidate.name === typed);
      if (row === undefined) add('A rule has no such option.', '', typed.slice(0, 100));
      else if (isLocked(row)) {
        if (!commands.has(commandKey(rule, typed, text))) add(COMMAND_REASON, COMMAND_ALLOWED, row.name);
      } else {
        const problem = valueProblem(row, text, paths);
        if (problem) add(problem.reason, problem.allowed, row.name);
      }
    }
    return problems;
  });
}

/** A command stays with the volumes that an administrator meant it for. */
function commandKey({ pattern }: ImageRule, name: string, text: string): string {
  return JSON.stringify([pattern, name, text]);
}

function commandsOf(rules: readonly ImageRule[]): ReadonlySet<string> {
  const locked = RULE_OPTIONS.filter(isLocked).map((row) => row.name as string);
  return new Set(
    rules.flatMap((rule) =>
      Object.entries(rule.options)
        .filter(([name]) => locked.includes(name))
        .map(([name, text]) => commandKey(rule, name, text)),
    ),
  );
}

/** Only what a rule consists of. */
function ordered({ kind, pattern, managementClass, options }: ImageRule): ImageRule {
  return { kind, pattern, managementClass, options: { ...options } };
}
