/** Changes the text of an options file in place: comments, order, and every line that means something else stay. */
import type { ImageRule } from '#contract';
import { EngineError } from '../base/errors.ts';
import { editRules, type RuleLine } from './edit-rules.ts';
import { FileLines } from './file-lines.ts';
import type { OptionName } from './options.ts';
import { MAXIMUM_OPTIONS_FILE, type OptionsFile, parseOptionsFile } from './options-file.ts';
import { quoteValue, readLine } from './options-line.ts';
import { ruleKey } from './rules.ts';
import { hasControlCharacter, quoteWord, splitWords } from './words.ts';

/** What a file is to say. Absent parts stay as they are. */
export interface OptionsEdit {
  /** Without `domain.image`, which has a part of its own. */
  readonly set?: ReadonlyMap<OptionName, string>;
  readonly unset?: ReadonlySet<OptionName>;
  /** All rules, in the order of the file. */
  readonly rules?: readonly ImageRule[];
  readonly domain?: readonly string[];
}

/** Stands once above what was added. */
export const HEADING = '* Set in the Preferences editor';

/** `domain.image` lines get about this long. */
const DOMAIN_LINE_CHARACTERS = 100;

/**
 * The file with the changes; the very same bytes where nothing changes. Throws `OPTION_INVALID` where the result would
 * not be read back as what was asked for, or would be too large to be read at all.
 */
export function editOptions(bytes: Buffer, edit: OptionsEdit, path: string): Buffer {
  const before = parseOptionsFile(bytes.toString('utf8'), path);
  const lines = new FileLines(bytes);
  const places = placesOf(lines);
  const added: string[] = [];
  for (const [name, value] of edit.set ?? []) {
    if (before.entries.get(name)?.value === value) continue;
    const line = `${name} ${written(name, value)}`;
    const index = places.options.get(name)?.at(-1);
    if (index === undefined) added.push(line);
    else lines.replace(index, withValue(lines.text(index), written(name, value)));
  }
  for (const name of edit.unset ?? []) {
    for (const index of places.options.get(name) ?? []) lines.remove(index);
  }
  if (edit.domain && !sameWords(edit.domain, before.domain)) {
    const [first, ...others] = places.domain;
    const [text, ...further] = domainLines(edit.domain);
    if (first === undefined) added.push(...(text === undefined ? [] : [text, ...further]));
    else if (text === undefined) lines.remove(first);
    else {
      lines.replace(first, text);
      lines.insertAfter(first, further);
    }
    for (const index of others) lines.remove(index);
  }
  if (added.length > 0) lines.append([...heading(lines), ...added]);
  if (edit.rules) {
    if (places.rules.length === 0 && edit.rules.length > 0 && added.length === 0) lines.append(heading(lines));
    editRules(lines, places.rules, edit.rules);
  }
  const result = lines.bytes();
  assertReadBack(parseOptionsFile(result.toString('utf8'), path), before, edit, result.length);
  return result;
}

interface Places {
  readonly options: ReadonlyMap<OptionName, number[]>;
  readonly domain: readonly number[];
  readonly rules: readonly RuleLine[];
}

function placesOf(lines: FileLines): Places {
  const options = new Map<OptionName, number[]>();
  const domain: number[] = [];
  const rules: RuleLine[] = [];
  for (let index = 0; index < lines.count; index++) {
    const meaning = readLine(lines.text(index));
    if (meaning.kind === 'rule') rules.push({ rule: meaning.rule, index });
    if (meaning.kind !== 'option') continue;
    const { name, value } = meaning;
    if (name !== 'domain.image') options.set(name, [...(options.get(name) ?? []), index]);
    else if (splitWords(value) !== undefined) domain.push(index);
  }
  return { options, domain, rules };
}

/** The value as a line can hold it. Throws `OPTION_INVALID`. */
function written(name: OptionName, value: string): string {
  const text = hasControlCharacter(value) ? undefined : quoteValue(value);
  if (text !== undefined) return text;
  throw new EngineError('OPTION_INVALID', {
    option: name,
    reason: 'A line of the options file cannot hold this value.',
  });
}

/** Keeps the name as it was typed, and the blanks around. */
function withValue(line: string, value: string): string {
  const [, name = '', gap = '', end = ''] = /^(\s*\S+)(\s*)(?:.*\S)?(\s*)$/s.exec(line) ?? [];
  return `${name}${gap === '' ? ' ' : gap}${value}${end}`;
}

function domainLines(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of [...new Set(names)].map(quoteWord)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + name.length > DOMAIN_LINE_CHARACTERS) lines.push(`domain.image ${name}`);
    else lines[lines.length - 1] = `${last} ${name}`;
  }
  return lines;
}

function heading(lines: FileLines): string[] {
  for (let index = 0; index < lines.count; index++) if (lines.text(index).trim() === HEADING) return [];
  const last = lines.count - 1;
  return last >= 0 && lines.text(last).trim() !== '' ? ['', HEADING] : [HEADING];
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...new Set(a)]) === JSON.stringify([...new Set(b)]);
}

/** Nothing is written that would mean something else to the next who reads it. */
function assertReadBack(after: OptionsFile, before: OptionsFile, edit: OptionsEdit, sizeBytes: number): void {
  const refuse = (what: string): never => {
    throw new EngineError('OPTION_INVALID', { file: after.path, reason: `${what}, so it was not written.` });
  };
  if (sizeBytes > MAXIMUM_OPTIONS_FILE) refuse(`The options file would be larger than ${MAXIMUM_OPTIONS_FILE} bytes`);
  const names = new Set([...before.entries.keys(), ...after.entries.keys(), ...(edit.set?.keys() ?? [])]);
  for (const name of names) {
    if (name === 'domain.image') continue;
    const kept = edit.unset?.has(name) ? undefined : before.entries.get(name)?.value;
    const wanted = edit.set?.get(name) ?? kept;
    if (after.entries.get(name)?.value !== wanted) refuse(`${name} would not be read back as it was given`);
  }
  if (!sameWords(after.domain, edit.domain ?? before.domain)) refuse('domain.image would not be read back');
  const rules = (edit.rules ?? before.rules).map(ruleKey);
  if (JSON.stringify(after.rules.map(ruleKey)) !== JSON.stringify(rules)) refuse('The rules would not be read back');
}
