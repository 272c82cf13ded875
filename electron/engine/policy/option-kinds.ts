/** Kinds of option value: how a text becomes a typed value, and back. */
import { resolve } from 'node:path';
import { COMMAND_AND_FILE, type OptionDefinition, type Row, ValueRejected } from './option-definition.ts';
import { hasControlCharacter, quoteWord, splitWords } from './words.ts';

const YES = ['yes', 'y', 'true', 'on'];
const NO = ['no', 'n', 'false', 'off'];
const BASE = { places: COMMAND_AND_FILE, unit: '', values: [] as readonly string[] };

/** `yes` or `no`; named without a value on the command line it means yes. */
export function flag(row: Row<boolean>, fallback: boolean): OptionDefinition<boolean> {
  return {
    ...BASE,
    ...row,
    kind: 'flag',
    fallback,
    allowed: 'yes | no',
    parse(text) {
      const word = text.toLowerCase();
      if (YES.includes(word)) return true;
      if (NO.includes(word)) return false;
      throw new ValueRejected('The value must be yes or no.');
    },
    format: (value) => (value ? 'yes' : 'no'),
  };
}

/** One of a closed list, ignoring case. Without `fallback` the engine chooses. */
export function choice<const V extends string>(row: Row<V>, values: readonly V[], fallback: V): OptionDefinition<V>;
export function choice<const V extends string>(row: Row<V>, values: readonly V[]): OptionDefinition<V | undefined>;
export function choice<const V extends string>(
  row: Row<V>,
  values: readonly V[],
  fallback?: V,
): OptionDefinition<V | undefined> {
  return {
    ...BASE,
    ...row,
    kind: 'enum',
    fallback,
    values,
    allowed: values.join(' | '),
    parse(text) {
      const found = values.find((value) => value.toLowerCase() === text.toLowerCase());
      if (found === undefined) throw new ValueRejected('The value is none of those that are known.');
      return found;
    },
    format: (value) => value ?? '',
  };
}

const KIB = 1024;
const UNITS: Record<string, number> = { '': KIB, k: KIB, m: KIB ** 2, g: KIB ** 3 };

/**
 * A size with an optional suffix k, m or g; without one it is in kilobytes (domain reference 1.2). The value is in
 * bytes, the limits are in kilobytes.
 */
export function size(
  row: Row<number>,
  limits: { minimumKb: number; maximumKb: number },
  fallbackBytes: number,
): OptionDefinition<number> {
  const { minimumKb, maximumKb } = limits;
  return {
    ...BASE,
    ...row,
    kind: 'size',
    unit: 'KB',
    minimum: minimumKb * KIB,
    maximum: maximumKb * KIB,
    fallback: fallbackBytes,
    allowed: `${minimumKb} to ${maximumKb} KB; suffix k, m or g, none means KB`,
    parse(text) {
      const parts = /^(\d+)([kmg]?)$/i.exec(text);
      if (!parts) throw new ValueRejected('The value must be a whole number, optionally followed by k, m or g.');
      const bytes = Number(parts[1]) * (UNITS[(parts[2] ?? '').toLowerCase()] ?? KIB);
      if (bytes < minimumKb * KIB || bytes > maximumKb * KIB) throw new ValueRejected('The value is out of range.');
      return bytes;
    },
    format(bytes) {
      if (bytes === 0) return '0';
      const suffix = (['g', 'm'] as const).find((unit) => bytes % (UNITS[unit] ?? KIB) === 0) ?? 'k';
      return `${bytes / (UNITS[suffix] ?? KIB)}${suffix}`;
    },
  };
}

interface IntegerLimits {
  minimum: number;
  maximum: number;
}

/** A whole number within limits. Without `fallback` the engine chooses. */
export function integer(row: Row<number>, limits: IntegerLimits, fallback: number): OptionDefinition<number>;
export function integer(row: Row<number>, limits: IntegerLimits): OptionDefinition<number | undefined>;
export function integer(
  row: Row<number>,
  { minimum, maximum }: IntegerLimits,
  fallback?: number,
): OptionDefinition<number | undefined> {
  return {
    ...BASE,
    ...row,
    kind: 'integer',
    minimum,
    maximum,
    fallback,
    allowed: `${minimum} to ${maximum}`,
    parse(text) {
      if (!/^-?\d{1,15}$/.test(text)) throw new ValueRejected('The value must be a whole number.');
      const value = Number(text);
      if (value < minimum || value > maximum) throw new ValueRejected('The value is out of range.');
      return value;
    },
    format: (value) => (value === undefined ? '' : String(value)),
  };
}

/** A name of letters, digits and the marks that file names may carry. */
export function name(row: Row<string>, fallback: string): OptionDefinition<string> {
  return {
    ...BASE,
    ...row,
    kind: 'text',
    fallback,
    allowed: '1 to 30 letters, digits and . _ -',
    parse(text) {
      if (!/^[\p{L}\p{N}._-]{1,30}$/u.test(text)) {
        throw new ValueRejected('The value must be 1 to 30 letters, digits, dots, underscores or hyphens.');
      }
      return text;
    },
    format: (value) => value,
  };
}

/**
 * A command for the shell, kept as it is, for it is the shell's to understand. A blank one is none, and so takes away
 * one that was set elsewhere (domain reference 1.8).
 */
export function command(row: Row<string>): OptionDefinition<string> {
  return {
    ...BASE,
    ...row,
    kind: 'command',
    fallback: '',
    allowed: 'a shell command; blank for none',
    parse(text) {
      if (text.includes('\0')) throw new ValueRejected('A command cannot hold a zero character.');
      return text.trim() === '' ? '' : text;
    },
    format: (value) => value,
  };
}

/** A path, made absolute; `~/` is the home directory. With `urls`, `scheme:…` is left as it is. */
export function path(row: Row<string>, { urls = false } = {}): OptionDefinition<string | undefined> {
  return {
    ...BASE,
    ...row,
    kind: 'path',
    fallback: undefined,
    allowed: urls ? 'a directory, or s3:…' : 'a path',
    parse(text, { workingDirectory, homeDirectory }) {
      if (text === '') throw new ValueRejected('The value must not be empty.');
      if (text.includes('\0')) throw new ValueRejected('A path cannot hold a zero character.');
      if (urls && /^[a-z][a-z0-9+]+:/i.test(text)) return text;
      if (text === '~' || text.startsWith('~/')) return resolve(homeDirectory, text.slice(2));
      return resolve(workingDirectory, text);
    },
    format: (value) => value ?? '',
  };
}

/** Names of volumes, separated by blanks; quotes around a name that has blanks itself. */
export function nameList(row: Row<readonly string[]>): OptionDefinition<readonly string[]> {
  return {
    ...BASE,
    ...row,
    kind: 'list',
    fallback: [],
    allowed: 'names separated by blanks; quotes around a name with blanks',
    parse(text) {
      if (hasControlCharacter(text)) throw new ValueRejected('A name cannot hold control characters.');
      const words = splitWords(text);
      if (words === undefined) throw new ValueRejected('A quote is not closed.');
      if (words.includes('')) throw new ValueRejected('A name must not be empty.');
      return words;
    },
    format: (value) => value.map(quoteWord).join(' '),
  };
}
