/**
 * The options file, `stillframe.opt`: one `name value` a line, names abbreviable as on the command line, `*` at the
 * start of a line makes a comment (domain reference, section 1.1).
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EngineError, errnoOf } from '../base/errors.ts';
import { matchAbbreviation } from './abbreviations.ts';
import { OPTION_ROWS, type OptionName } from './options.ts';

export const OPTIONS_FILE_NAME = 'stillframe.opt';

export interface OptionsFile {
  readonly path: string;
  /** Relative paths in the file start here. */
  readonly directory: string;
  /** Texts by option, with the line (from 1) that holds. */
  readonly entries: ReadonlyMap<OptionName, { readonly value: string; readonly line: number }>;
  /** Lines that were left out, one English sentence each. */
  readonly warnings: readonly string[];
}

/** The options file of a configuration directory; undefined where there is none. Throws `OPTION_INVALID` if unreadable. */
export async function readOptionsFile(configDirectory: string): Promise<OptionsFile | undefined> {
  const path = join(configDirectory, OPTIONS_FILE_NAME);
  try {
    return parseOptionsFile(await readFile(path, 'utf8'), path);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return undefined;
    if (errno === undefined) throw error;
    const reason = `The options file cannot be read (${errno}).`;
    throw new EngineError('OPTION_INVALID', { file: path, reason }, { cause: error });
  }
}

/** Parses the text of an options file. A line that makes no sense becomes a warning, and the others still hold. */
export function parseOptionsFile(text: string, path: string): OptionsFile {
  const entries = new Map<OptionName, { value: string; line: number }>();
  const warnings: string[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const content = raw.trim();
    if (content === '' || content.startsWith('*')) continue;
    const line = index + 1;
    const [, typed = '', rest = ''] = /^(\S+)(?:\s+(.*))?$/s.exec(content) ?? [];
    const match = matchAbbreviation(typed, OPTION_ROWS);
    const problem = (what: string) => warnings.push(`${path}, line ${line}: ${what}; the line was ignored.`);
    if (match.kind === 'ambiguous') problem(`“${typed}” could be ${match.values.map((row) => row.name).join(' or ')}`);
    if (match.kind === 'unknown') problem(`the option “${typed}” is not known`);
    if (match.kind !== 'found') continue;
    const { name, places, kind } = match.value;
    if (!places.includes('file')) {
      problem(`the option ${name} can only be given on the command line`);
      continue;
    }
    const value = unquote(rest);
    const earlier = entries.get(name);
    if (earlier)
      warnings.push(`${path}, line ${line}: ${name} was already set in line ${earlier.line}; this line holds.`);
    entries.set(name, { value: value === '' && kind === 'flag' ? 'yes' : value, line });
  }
  return { path, directory: dirname(path), entries, warnings };
}

/** Takes one pair of matching quotes off. */
function unquote(value: string): string {
  const [, inner] = /^"([^"]*)"$/s.exec(value) ?? /^'([^']*)'$/s.exec(value) ?? [];
  return inner ?? value;
}
