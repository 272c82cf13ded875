/**
 * The options file, `stillframe.opt`: one `name value` a line, names abbreviable as on the command line, `*` at the
 * start of a line makes a comment; rules and `domain.image` lines add up (domain reference, sections 1.1 and 1.10).
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PlacedRule } from '#contract';
import { EngineError, errnoOf } from '../base/errors.ts';
import type { OptionName } from './options.ts';
import { readLine } from './options-line.ts';
import { quoteWord, splitWords } from './words.ts';

export const OPTIONS_FILE_NAME = 'stillframe.opt';
/** Largest options file that is read or written, bytes. */
export const MAXIMUM_OPTIONS_FILE = 1024 ** 2;
/** `revision` where there is no file. */
export const NO_FILE_REVISION = 'none';

/** Warnings that are told one by one. */
const MOST_WARNINGS = 100;

export interface OptionsFile {
  readonly path: string;
  /** Relative paths in the file start here. */
  readonly directory: string;
  /** Texts by option, with the line (from 1) that holds. */
  readonly entries: ReadonlyMap<OptionName, { readonly value: string; readonly line: number }>;
  /** In the order of the file. */
  readonly rules: readonly PlacedRule[];
  /** Names on all `domain.image` lines, each once. */
  readonly domain: readonly string[];
  /** Lines that were left out, one English sentence each. */
  readonly warnings: readonly string[];
}

/** The options file of a configuration directory; undefined where there is none. Throws `OPTION_INVALID` if unreadable. */
export async function readOptionsFile(configDirectory: string): Promise<OptionsFile | undefined> {
  const path = join(configDirectory, OPTIONS_FILE_NAME);
  const bytes = await readOptionsBytes(path);
  return bytes && parseOptionsFile(bytes.toString('utf8'), path);
}

/**
 * The bytes of an options file; undefined where there is none. Throws `OPTION_INVALID` where it cannot be read, is no
 * regular file or is too large to be one.
 */
export async function readOptionsBytes(path: string): Promise<Buffer | undefined> {
  try {
    // Without waiting, so that a pipe in its place hangs nobody.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { size } = await file.stat().then((stats) => {
      if (!stats.isFile()) throw new EngineError('OPTION_INVALID', { file: path, reason: 'It is not a regular file.' });
      return stats;
    });
    if (size > MAXIMUM_OPTIONS_FILE) {
      const reason = `The options file is larger than ${MAXIMUM_OPTIONS_FILE} bytes.`;
      throw new EngineError('OPTION_INVALID', { file: path, reason });
    }
    return await file.readFile();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return undefined;
    if (errno === undefined) throw error;
    const reason = `The options file cannot be read (${errno}).`;
    throw new EngineError('OPTION_INVALID', { file: path, reason }, { cause: error });
  }
}

/** Changes whenever the content does. */
export function revisionOf(bytes: Buffer | undefined): string {
  return bytes === undefined ? NO_FILE_REVISION : createHash('sha256').update(bytes).digest('hex');
}

/** Parses the text of an options file. A line that makes no sense becomes a warning, and the others still hold. */
export function parseOptionsFile(text: string, path: string): OptionsFile {
  const entries = new Map<OptionName, { value: string; line: number }>();
  const rules: PlacedRule[] = [];
  const domain = new Set<string>();
  let domainLine: number | undefined;
  const warnings: string[] = [];
  let untold = 0;
  const warn = (line: number, what: string): void => {
    if (warnings.length < MOST_WARNINGS) warnings.push(`${path}, line ${line}: ${what}.`);
    else untold++;
  };
  for (const [index, content] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1;
    const meaning = readLine(content);
    if (meaning.kind === 'ignored') warn(line, `${meaning.problem}; the line was ignored`);
    if (meaning.kind === 'rule') {
      rules.push({ ...meaning.rule, line });
      for (const problem of meaning.problems) warn(line, `${problem}; that part was ignored`);
    }
    if (meaning.kind !== 'option') continue;
    const { name, value } = meaning;
    if (name === 'domain.image') {
      const names = splitWords(value);
      if (names === undefined) {
        warn(line, 'a quote is not closed; the line was ignored');
        continue;
      }
      for (const one of names) if (one !== '') domain.add(one);
      domainLine = line;
      continue;
    }
    const earlier = entries.get(name);
    if (earlier) warn(line, `${name} was already set in line ${earlier.line}; this line holds`);
    entries.set(name, { value, line });
  }
  if (domainLine !== undefined) {
    entries.set('domain.image', { value: [...domain].map(quoteWord).join(' '), line: domainLine });
  }
  if (untold > 0) warnings.push(`${path}: ${untold} more lines are wrong.`);
  return { path, directory: dirname(path), entries, rules, domain: [...domain], warnings };
}
