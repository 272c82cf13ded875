/**
 * `error.log` in the state folder, or where `errorlogname` says: warnings and errors of every process of this person.
 * It may be deleted, full or unwritable: nothing ever fails because of it.
 */
import { closeSync, constants, fchmodSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LogLine, messageIdOfError, messageIdOfWarning } from '#contract';
import type { Clock, ErrorLog, ErrorLogSettings, Logger } from '../ports.ts';
import { beginsLikeErrorLog, type ErrorLine, formatErrorLine, parseErrorLine } from './error-log-lines.ts';
import { claimedOf, isForeign, predecessorOf, prunedOf, pruneLog, turnOver } from './error-log-turn.ts';
import { lineText } from './log-lines.ts';

/** The file is put aside when it is larger and nobody said otherwise, bytes. */
export const ERROR_LOG_BYTES = 1024 * 1024;
/** Bytes of each file that are looked at for its newest lines. */
const TAIL_BYTES = 2 * ERROR_LOG_BYTES;
const DAY_MS = 24 * 60 * 60 * 1000;

const DEFAULTS: ErrorLogSettings = { limitBytes: ERROR_LOG_BYTES, save: false };

/** Where the error log of a state folder is. */
export function errorLogPath(stateDirectory: string): string {
  return join(stateDirectory, 'error.log');
}

export class ErrorLogFile implements ErrorLog {
  readonly #own: string;
  readonly #clock: Clock;
  #settings = DEFAULTS;
  #prunedAtMs = Number.NEGATIVE_INFINITY;

  constructor(stateDirectory: string, clock: Clock) {
    this.#own = errorLogPath(stateDirectory);
    this.#clock = clock;
  }

  get path(): string {
    return this.#settings.path ?? this.#own;
  }

  configure(settings: ErrorLogSettings): void {
    this.#settings = settings;
    this.#prunedAtMs = Number.NEGATIVE_INFINITY;
    this.#pruneOnceADay();
  }

  write(line: ErrorLine): void {
    this.#pruneOnceADay();
    const bytes = Buffer.from(formatErrorLine(line, this.#clock.now()));
    if (this.#add(this.path, bytes)) return;
    // What cannot be written where it was wanted is better found elsewhere than nowhere.
    if (this.path !== this.#own) this.#add(this.#own, bytes);
  }

  read(limit: number): LogLine[] {
    const found: LogLine[][] = [];
    let count = 0;
    for (const file of [this.path, claimedOf(this.path), predecessorOf(this.path)]) {
      if (count >= limit) break;
      const lines = linesOf(tailOf(file, TAIL_BYTES));
      found.unshift(lines);
      count += lines.length;
    }
    return found.flat().slice(-limit);
  }

  /** Adds to the file and turns it over; false where that cannot be done. */
  #add(path: string, bytes: Buffer): boolean {
    try {
      if (path === this.#own) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // Not to be waited for: the name may be that of a pipe.
      const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;
      const file = openSync(path, flags, 0o600);
      try {
        const before = fstatSync(file);
        // The options file may name anything by mistake: a device, somebody's document.
        if (!before.isFile()) return false;
        if (path !== this.#own && before.size > 0 && !beginsLikeErrorLog(textAt(file, 0, 32))) return false;
        if (before.size === 0) fchmodSync(file, 0o600);
        // Half a line, where a disk had been full, must not take this one with it.
        const end = before.size === 0 || textAt(file, before.size - 1, 1) === '\n' ? '' : '\n';
        writeSync(file, Buffer.concat([Buffer.from(end), bytes]));
        const { limitBytes } = this.#settings;
        const isTooLarge = limitBytes > 0 && before.size + bytes.length > limitBytes;
        if (isTooLarge && this.#mayRename(path)) turnOver(path, file, limitBytes);
      } finally {
        closeSync(file);
      }
      return true;
    } catch {
      // A log that cannot be written must not stop what it tells about.
      return false;
    }
  }

  /** The name, and those that are made from it, may by mistake be those of somebody's files, however large. */
  #mayRename(path: string): boolean {
    const names = [path, predecessorOf(path), claimedOf(path), prunedOf(path)];
    return path === this.#own || !names.some(isForeign);
  }

  /** Whatever comes in between is told the next time. */
  #pruneOnceADay(): void {
    const { days, save } = this.#settings;
    const now = this.#clock.now();
    if (days === undefined || Math.abs(now - this.#prunedAtMs) < DAY_MS) return;
    this.#prunedAtMs = now;
    try {
      if (this.#mayRename(this.path)) pruneLog(this.path, now - days * DAY_MS, save);
    } catch {
      // Old lines stay where they cannot be moved.
    }
  }
}

/** The logger, with what it is told of level warn and error in the error log, too. */
export function withErrorLog(logger: Logger, log: ErrorLog): Logger {
  const ids = { warn: messageIdOfWarning(), error: messageIdOfError('INTERNAL') };
  const keep = (level: 'warn' | 'error') => (message: string, fields?: Record<string, unknown>) => {
    log.write({ messageId: ids[level], text: lineText(message, fields) });
    logger[level](message, fields);
  };
  return {
    debug: (message, fields) => logger.debug(message, fields),
    info: (message, fields) => logger.info(message, fields),
    warn: keep('warn'),
    error: keep('error'),
  };
}

function textAt(file: number, position: number, length: number): string {
  const buffer = Buffer.alloc(length);
  return buffer.toString('latin1', 0, readSync(file, buffer, 0, length, position));
}

/** The last bytes of a file; empty where it cannot be read. */
function tailOf(path: string, limitBytes: number): string {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) return '';
      const buffer = Buffer.alloc(Math.min(stats.size, limitBytes));
      const read = readSync(file, buffer, 0, buffer.length, Math.max(0, stats.size - buffer.length));
      return buffer.toString('utf8', 0, read);
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

function linesOf(text: string): LogLine[] {
  return text.split('\n').flatMap((line) => parseErrorLine(line) ?? []);
}
