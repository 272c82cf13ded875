/**
 * Lines of the error log as they stand in the file, in the manner of dsmerror.log: local time with its offset, the
 * message's id, the text. Lines of earlier versions were JSON, and are read as well.
 */
import { type LogLine, logLineSchema, type MessageId, messageIdOfWarning, severityOf } from '#contract';
import { lineText, logLine } from './log-lines.ts';

/** What is to be written down. */
export interface ErrorLine {
  messageId: MessageId;
  /** English. */
  text: string;
}

const LINE = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}\.\d{3})([+-]\d{2}:\d{2}) (SFR\d{4}[IWES]) (.*)$/;
const LEVELS = { I: 'info', W: 'warn', E: 'error', S: 'error' } as const;
const MINUTE_MS = 60_000;

/** The line with its end. What could begin another line or steer a terminal becomes a blank. */
export function formatErrorLine({ messageId, text }: ErrorLine, nowMs: number): string {
  const now = new Date(nowMs);
  const offset = -now.getTimezoneOffset();
  const two = (value: number): string => String(value).padStart(2, '0');
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const [day = '', time = ''] = new Date(nowMs + offset * MINUTE_MS).toISOString().slice(0, -1).split('T');
  const plain = lineText(text).replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return `${day} ${time}${zone} ${messageId} ${plain}\n`;
}

/** What a line says; `undefined` for what is no line of ours, such as half of one where a disk was full. */
export function parseErrorLine(line: string): LogLine | undefined {
  const [, day, time, zone, messageId, text = ''] = LINE.exec(line) ?? [];
  if (day !== undefined && messageId !== undefined) {
    const at = Date.parse(`${day}T${time}${zone}`);
    // The file may have been written by anybody: a secret in it is not passed on.
    return Number.isNaN(at) ? undefined : logLine(at, LEVELS[severityOf(messageId)], lineText(text), messageId);
  }
  if (!line.startsWith('{')) return undefined;
  try {
    const { data } = logLineSchema.safeParse(JSON.parse(line));
    if (data === undefined) return undefined;
    const messageId = data.messageId ?? (data.level === 'warn' ? messageIdOfWarning() : undefined);
    return logLine(Date.parse(data.time), data.level, lineText(data.text), messageId);
  } catch {
    return undefined;
  }
}

/** When a line was written, with or without its end, milliseconds since the epoch; `undefined` for what is no line of ours. */
export function timeOfErrorLine(line: string): number | undefined {
  const parsed = parseErrorLine(line.trimEnd());
  return parsed && Date.parse(parsed.time);
}

/** True for the beginning of a file that is an error log of ours: nothing else is ever added to. */
export function beginsLikeErrorLog(start: string): boolean {
  return /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.|\{"time":")/.test(start);
}
