/** Log lines as plain data: bounded, and without anything that could be a secret. */
import type { LogLine, MessageId } from '#contract';
import { HIDDEN, isSecretName, withoutSecrets } from '../base/secrets.ts';

/** Characters of one line that are kept. */
export const MAX_LINE_LENGTH = 2000;
/** Characters of a text that are looked at: far more than are kept, and no more than can be searched at once. */
const MOST_LOOKED_AT = 16 * 1024;
/** Characters of one field that are kept. */
const MAX_FIELD_LENGTH = 800;

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function fieldText(name: string, value: unknown): string {
  if (isSecretName(name)) return HIDDEN;
  const text = typeof value === 'string' ? value : (JSON.stringify(value, harmless) ?? String(value));
  return cut(withoutSecrets(text.slice(0, MOST_LOOKED_AT)), MAX_FIELD_LENGTH);
}

/** Fields within fields. */
function harmless(name: string, value: unknown): unknown {
  return isSecretName(name) ? HIDDEN : value;
}

/** Message and fields of a logger's call as one bounded line of text. */
export function lineText(message: string, fields: Readonly<Record<string, unknown>> = {}): string {
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${fieldText(name, value)}`);
  const text = withoutSecrets(message.slice(0, MOST_LOOKED_AT));
  return cut(parts.length === 0 ? text : `${text} (${parts.join(', ')})`, MAX_LINE_LENGTH);
}

/** A line of now. */
export function logLine(nowMs: number, level: LogLine['level'], text: string, messageId?: MessageId): LogLine {
  const line = { time: new Date(nowMs).toISOString(), level, text: cut(text, MAX_LINE_LENGTH) };
  return messageId === undefined ? line : { ...line, messageId };
}
