/**
 * `error.log` in the state folder: warnings and errors of every process of this person, one JSON object a line, at most
 * 1 MiB with one predecessor. It may be deleted, full or unwritable: nothing ever fails because of it.
 */
import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LogLine, logLineSchema } from '#contract';
import type { Clock, Logger } from '../ports.ts';
import { lineText, logLine } from './log-lines.ts';

/** The file is put aside when it is larger, bytes. */
export const ERROR_LOG_BYTES = 1024 * 1024;

/** Where the error log of a state folder is. */
export function errorLogPath(stateDirectory: string): string {
  return join(stateDirectory, 'error.log');
}

/** Adds one line; the file before this one stays as `error.log.1`. Never throws. */
export function appendErrorLine(path: string, line: LogLine): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(path, 'a', 0o600);
    try {
      appendFileSync(file, `${JSON.stringify(line)}\n`);
      // Whoever finds it too large turns it over; the next line begins a new one.
      if (fstatSync(file).size > ERROR_LOG_BYTES) renameSync(path, `${path}.1`);
    } finally {
      closeSync(file);
    }
  } catch {
    // A log that cannot be written must not stop what it tells about.
  }
}

/** The logger, with what it is told of level warn and error in the error log, too. */
export function withErrorLog(logger: Logger, stateDirectory: string, clock: Clock): Logger {
  const path = errorLogPath(stateDirectory);
  const keep = (level: 'warn' | 'error') => (message: string, fields?: Record<string, unknown>) => {
    appendErrorLine(path, logLine(clock.now(), level, lineText(message, fields)));
    logger[level](message, fields);
  };
  return {
    debug: (message, fields) => logger.debug(message, fields),
    info: (message, fields) => logger.info(message, fields),
    warn: keep('warn'),
    error: keep('error'),
  };
}

/** The last bytes of a file; empty where it cannot be read. */
function tailOf(path: string, limitBytes: number): string {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const buffer = Buffer.alloc(Math.min(size, limitBytes));
      const read = readSync(file, buffer, 0, buffer.length, Math.max(0, size - buffer.length));
      return buffer.toString('utf8', 0, read);
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

function linesOf(text: string): LogLine[] {
  const lines: LogLine[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      const parsed = logLineSchema.safeParse(JSON.parse(line));
      if (parsed.success) lines.push({ ...parsed.data, text: lineText(parsed.data.text) });
    } catch {
      // Half a line: where the tail begins, or where a disk was full.
    }
  }
  return lines;
}

/** The newest `limit` lines, oldest first, those of the predecessor included. */
export function readErrorLog(path: string, limit: number): LogLine[] {
  // One line more than the limit of a file can be written before it is turned over.
  const newest = linesOf(tailOf(path, ERROR_LOG_BYTES * 2));
  const earlier = newest.length < limit ? linesOf(tailOf(`${path}.1`, ERROR_LOG_BYTES * 2)) : [];
  return [...earlier, ...newest].slice(-limit);
}
