/** Log lines as plain data: bounded, and without anything that could be a secret. */
import type { LogLine } from '#contract';

/** Characters of one line that are kept. */
export const MAX_LINE_LENGTH = 2000;
/** Characters of one field that are kept. */
const MAX_FIELD_LENGTH = 800;
const HIDDEN = '•••';

const SECRET_NAME = /pass(word|phrase)|secret|token|credential|authorization|cookie|recovery ?key/i;
/** `password=…` and the like in the middle of a text; in quotes, or after the kind of an authorization, with blanks. */
const SECRET_VALUE =
  /\b((?:\w*pass(?:word|phrase)?|\w*secret\w*|\w*token|authorization)["']?\s*[=:]\s*(?:(?:basic|bearer|digest)\s+)?)(?:"[^"]*"|'[^']*'|\S+)/gi;
/** `scheme://user:password@host`; a password may hold the sign itself. */
const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/]+@/gi;
/** What our recovery keys look like (`generateRecoveryKey`), as groups of four as well. */
const RECOVERY_KEY = /\b[A-Z0-9]{4,5}(?:-[A-Z0-9]{4,5}){5,}\b/g;

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** The text without what looks like a secret. */
export function withoutSecrets(text: string): string {
  return text.replace(USER_INFO, `$1${HIDDEN}@`).replace(SECRET_VALUE, `$1${HIDDEN}`).replace(RECOVERY_KEY, HIDDEN);
}

function fieldText(name: string, value: unknown): string {
  if (SECRET_NAME.test(name)) return HIDDEN;
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return cut(withoutSecrets(text), MAX_FIELD_LENGTH);
}

/** Message and fields of a logger's call as one bounded line of text. */
export function lineText(message: string, fields: Readonly<Record<string, unknown>> = {}): string {
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${fieldText(name, value)}`);
  const text = withoutSecrets(message);
  return cut(parts.length === 0 ? text : `${text} (${parts.join(', ')})`, MAX_LINE_LENGTH);
}

/** A line of now. */
export function logLine(nowMs: number, level: LogLine['level'], text: string): LogLine {
  return { time: new Date(nowMs).toISOString(), level, text: cut(text, MAX_LINE_LENGTH) };
}
