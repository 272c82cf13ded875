/** Reads IBM's `dsm.opt`, `dsm.sys` and include-exclude lists: what they say in our words, and what means nothing here. */
import type { ImageRule, PreferenceImport } from '#contract';
import { matchAbbreviation } from '../abbreviations.ts';
import { classProblem, formatRule, patternProblem, RULE_OPTIONS } from '../rules.ts';
import { quoteWord, splitWords } from '../words.ts';
import {
  DEFAULT_SERVER,
  DOMAIN_IMAGE,
  EXCLUDE_IMAGE,
  FOREIGN_OPTIONS,
  type ForeignOption,
  INCLUDE_IMAGE,
  SERVER_NAME,
} from './foreign-names.ts';
import { ownValue } from './foreign-values.ts';

/** Lines that are looked at; real files have some hundred. */
const MOST_LINES = 10_000;
/** Rules and volumes that are taken over: what a change can hold. */
const MOST_TAKEN = 1000;
/** Characters of a line that a report shows. */
const SHOWN = 200;

const RULED: ReadonlySet<string> = new Set(RULE_OPTIONS.map((row) => row.name));

type Findings = Omit<PreferenceImport, 'path'>;

/** Never throws. */
export function parseForeign(text: string): Findings {
  const reader = new ForeignReader();
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|[\n\r]/);
  reader.chosen = defaultServer(lines.slice(0, MOST_LINES));
  for (const [index, line] of lines.slice(0, MOST_LINES).entries()) reader.read(index + 1, line.trim());
  if (lines.length > MOST_LINES) {
    reader.refuse(MOST_LINES + 1, '', `The file has more than ${MOST_LINES} lines; the rest was not read.`);
  }
  return reader.findings;
}

function statement(line: string): { typed: string; rest: string; option: ForeignOption | undefined } | undefined {
  if (line === '' || line.startsWith('*')) return undefined;
  const [, typed = '', rest = ''] = /^(\S+)(?:\s+(.*))?$/s.exec(line) ?? [];
  return { typed, rest, option: optionNamed(typed) };
}

function optionNamed(typed: string): ForeignOption | undefined {
  const candidates = FOREIGN_OPTIONS.filter(({ display }) => display.includes('.') === typed.includes('.'));
  const match = matchAbbreviation(typed, candidates, { suggest: false });
  return match.kind === 'found' ? match.value : undefined;
}

/** The server whose stanza counts: the one that the file prefers, else its first. */
function defaultServer(lines: readonly string[]): string | undefined {
  let first: string | undefined;
  for (const line of lines) {
    const found = statement(line.trim());
    if (found?.option === DEFAULT_SERVER) return found.rest.toLowerCase();
    if (found?.option === SERVER_NAME) first ??= found.rest.toLowerCase();
  }
  return first;
}

class ForeignReader {
  readonly findings: Findings = { changes: { set: {}, rules: [], domain: [] }, understood: [], notUnderstood: [] };
  /** In lower case. */
  chosen: string | undefined;
  #stanza: string | undefined;

  read(line: number, text: string): void {
    const found = statement(text);
    if (found === undefined) return;
    const { typed, rest, option } = found;
    // A passphrase is repeated nowhere.
    const shown = /^pas/i.test(typed) && !/^passworda/i.test(typed) ? `${typed} …` : text;
    if (option === SERVER_NAME) {
      this.#stanza = rest.toLowerCase();
      this.refuse(line, shown, `${option.display.toLowerCase()}: Stillframe has no server; images go to a repository.`);
    } else if (this.#stanza !== undefined && this.#stanza !== this.chosen) {
      this.refuse(
        line,
        shown,
        `It belongs to the server ${clip(this.#stanza)}; only one server’s options are taken over.`,
      );
    } else if (option === undefined) {
      this.refuse(line, shown, `${clip(typed).toLowerCase()}: this option is not known.`);
    } else {
      this.#take(line, shown, option, rest);
    }
  }

  refuse(line: number, text: string, reason: string): void {
    if (this.findings.notUnderstood.length <= MOST_LINES)
      this.findings.notUnderstood.push({ line, text: clip(text), reason });
  }

  #accept(line: number, text: string, as: string): void {
    this.findings.understood.push({ line, text: clip(text), as: clip(as) });
  }

  #take(line: number, text: string, option: ForeignOption, rest: string): void {
    const name = option.display.toLowerCase();
    if (option === INCLUDE_IMAGE || option === EXCLUDE_IMAGE) {
      this.#takeRule(line, text, option === INCLUDE_IMAGE ? 'include.image' : 'exclude.image', rest);
    } else if (option === DOMAIN_IMAGE) {
      this.#takeDomain(line, text, rest);
    } else if (option === DEFAULT_SERVER || option.as === undefined) {
      this.refuse(line, text, `${name}: ${option.reason ?? 'Stillframe has no server; images go to a repository.'}`);
    } else {
      const own = ownValue(option.as, unquote(rest));
      if ('reason' in own) {
        this.refuse(line, text, `${name}: ${own.reason}`);
        return;
      }
      this.findings.changes.set[option.as] = own.value;
      this.#accept(line, text, `${option.as} ${own.value}`);
    }
  }

  #takeDomain(line: number, text: string, rest: string): void {
    const words = splitWords(rest);
    if (words === undefined) {
      this.refuse(line, text, 'domain.image: a quote is not closed.');
      return;
    }
    const { domain } = this.findings.changes;
    const taken = words.filter((word) => word.startsWith('/') && patternProblem(word) === undefined);
    const room = Math.max(0, MOST_TAKEN - domain.length);
    const added = taken.filter((word) => !domain.includes(word)).slice(0, room);
    domain.push(...added);
    if (taken.length > 0) this.#accept(line, text, `domain.image ${taken.map(quoteWord).join(' ')}`);
    for (const word of words.filter((one) => !taken.includes(one))) {
      this.refuse(line, text, `domain.image: “${clip(word)}” is no volume of this system.`);
    }
  }

  #takeRule(line: number, text: string, kind: ImageRule['kind'], rest: string): void {
    const words = splitWords(rest);
    const [pattern = '', ...further] = words ?? [];
    if (words === undefined) {
      this.refuse(line, text, `${kind}: a quote is not closed.`);
      return;
    }
    if (patternProblem(pattern) !== undefined) {
      this.refuse(line, text, `${kind}: there is no volume.`);
      return;
    }
    if (/^[a-z]:/i.test(pattern) || pattern.includes('\\')) {
      this.refuse(line, text, `${kind}: “${clip(pattern)}” is no volume of this system.`);
      return;
    }
    if (this.findings.changes.rules.length >= MOST_TAKEN) {
      this.refuse(line, text, `${kind}: there are too many rules.`);
      return;
    }
    const rule: ImageRule = { kind, pattern, managementClass: '', options: {} };
    const options = new Map<string, string>();
    for (const [index, word] of further.entries()) {
      const [typed, value] = halves(word);
      if (kind === 'exclude.image') this.refuse(line, text, `${kind}: “${clip(word)}” means nothing here.`);
      else if (value !== undefined) this.#takeRuleOption(line, text, typed, value, options);
      else if (index === 0 && classProblem(word) === undefined) rule.managementClass = word;
      else this.refuse(line, text, `${kind}: “${clip(word)}” cannot be a management class.`);
    }
    const taken = { ...rule, options: Object.fromEntries(options) };
    this.findings.changes.rules.push(taken);
    this.#accept(line, text, formatRule(taken));
  }

  #takeRuleOption(line: number, text: string, typed: string, value: string, options: Map<string, string>): void {
    const option = optionNamed(typed);
    if (option?.as === undefined || !RULED.has(option.as)) {
      this.refuse(
        line,
        text,
        `${clip(typed).toLowerCase()}: ${option?.reason ?? 'this option is not known in a rule.'}`,
      );
      return;
    }
    const own = ownValue(option.as, value);
    if ('reason' in own) this.refuse(line, text, `${option.as}: ${own.reason}`);
    else options.set(option.as, own.value);
  }
}

function halves(word: string): [string, string | undefined] {
  const equals = word.indexOf('=');
  return equals > 0 ? [word.slice(0, equals), word.slice(equals + 1)] : [word, undefined];
}

function unquote(text: string): string {
  const [word, ...more] = splitWords(text) ?? [];
  return word !== undefined && more.length === 0 ? word : text;
}

function clip(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
