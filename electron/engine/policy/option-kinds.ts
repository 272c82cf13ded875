/** Kinds of option value: how a text becomes a typed value, and back. */
import { resolve } from 'node:path';
import type { Abbreviable } from './abbreviations.ts';

/** Where relative paths start and what `~` stands for. */
export interface PathContext {
  workingDirectory: string;
  homeDirectory: string;
}

/** A text that does not fit; turned into `OPTION_INVALID` with the option's name by the caller. */
export class ValueRejected extends Error {
  override readonly name = 'ValueRejected';
}

/** Where an option may be set. */
export type OptionPlace = 'command' | 'file' | 'environment';

export type OptionKind = 'flag' | 'enum' | 'size' | 'integer' | 'text' | 'path' | 'command' | 'wait';

/** One row of the options table. */
export interface OptionDefinition<T> extends Abbreviable {
  readonly kind: OptionKind;
  /** What holds when nobody set it. */
  readonly fallback: T;
  readonly places: readonly OptionPlace[];
  /** The environment variable, where `places` has `environment`. */
  readonly variable?: string;
  /** What may be given, for help and for errors. */
  readonly allowed: string;
  /** One line. */
  readonly help: string;
  /** Throws `ValueRejected`, whose message is one English sentence. */
  parse(text: string, context: PathContext): T;
  /** The value as it could be typed; empty where there is none. */
  format(value: T): string;
}

type Row<T> = Pick<OptionDefinition<T>, 'display' | 'help'> &
  Partial<Pick<OptionDefinition<T>, 'aliases' | 'places' | 'variable'>>;

const EVERYWHERE: readonly OptionPlace[] = ['command', 'file'];
const YES = ['yes', 'y', 'true', 'on'];
const NO = ['no', 'n', 'false', 'off'];

/** `yes` or `no`; named without a value on the command line it means yes. */
export function flag(row: Row<boolean>, fallback: boolean): OptionDefinition<boolean> {
  return {
    places: EVERYWHERE,
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
    places: EVERYWHERE,
    ...row,
    kind: 'enum',
    fallback,
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
    places: EVERYWHERE,
    ...row,
    kind: 'size',
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
    places: EVERYWHERE,
    ...row,
    kind: 'integer',
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
    places: EVERYWHERE,
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

/** How long a volume is to be without writes, in milliseconds: at the first try, and at the last one. */
export interface IdleWait {
  readonly firstMs: number;
  /** Not more than `firstMs`. */
  readonly lastMs: number;
}

const MOST_WAIT = 999;
const SECOND_MS = 1000;

function waitMs(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,15})(s|ms)?$/i.exec(text) ?? [];
  if (digits === undefined) throw new ValueRejected('The value must be a time like 2s or 500ms, or two of them.');
  const count = Number(digits);
  if (count > MOST_WAIT) throw new ValueRejected('The value is out of range.');
  return unit.toLowerCase() === 'ms' ? count : count * SECOND_MS;
}

function waitText(ms: number): string {
  if (ms === 0) return '0';
  return ms % SECOND_MS === 0 ? `${ms / SECOND_MS}s` : `${ms}ms`;
}

/**
 * One time, or the first and the last of several with a comma between them: `2s,500ms`. Each is 0 to 999 seconds or
 * milliseconds, without a unit seconds (domain reference 1.7).
 */
export function idleWait(row: Row<IdleWait>, fallback: IdleWait): OptionDefinition<IdleWait> {
  return {
    places: EVERYWHERE,
    ...row,
    kind: 'wait',
    fallback,
    allowed: `TIME or FIRST,LAST; 0 to ${MOST_WAIT}, suffix s or ms, none means s`,
    parse(text) {
      const [first = '', last = first, ...more] = text.split(',');
      if (more.length > 0) throw new ValueRejected('The value can hold two times at most.');
      const wait = { firstMs: waitMs(first), lastMs: waitMs(last) };
      if (wait.lastMs > wait.firstMs) throw new ValueRejected('The second time must not be longer than the first.');
      return wait;
    },
    format: ({ firstMs, lastMs }) => (firstMs === lastMs ? [firstMs] : [firstMs, lastMs]).map(waitText).join(','),
  };
}

/**
 * A command for the shell, kept as it is, for it is the shell's to understand. A blank one is none, and so takes away
 * one that was set elsewhere (domain reference 1.8).
 */
export function command(row: Row<string>): OptionDefinition<string> {
  return {
    places: EVERYWHERE,
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
    places: EVERYWHERE,
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
