/**
 * Turning the error log over by size and letting go of old lines, while other processes write to it. Writers take no
 * lock: they add to whatever file has the name at that moment. Who renames takes the lock, and gives up at once where
 * somebody else has it.
 */
import {
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { errnoOf } from '../base/errors.ts';
import { beginsLikeErrorLog, timeOfErrorLine } from './error-log-lines.ts';

/** Renaming and filtering takes no longer; an older lock belongs to nobody. */
const STALE_MS = 60_000;
const CHUNK_BYTES = 256 * 1024;
/** Longer lines are not ours, and are looked at in pieces. */
const LONGEST_LINE_BYTES = 64 * 1024;

/** What was put aside when the file grew too large; also what pruning keeps. */
export function predecessorOf(path: string): string {
  return `${path}.1`;
}

/** What pruning works on; there after it was killed, until the next one. */
export function claimedOf(path: string): string {
  return `${path}.pruning`;
}

/** Where lines go that are too old, with `S`. */
export function prunedOf(path: string): string {
  return `${path}.pru`;
}

/** Something is there that is no error log of ours. */
export function isForeign(path: string): boolean {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const buffer = Buffer.alloc(32);
      if (!fstatSync(file).isFile()) return true;
      const read = readSync(file, buffer, 0, buffer.length, 0);
      return read > 0 && !beginsLikeErrorLog(buffer.toString('latin1', 0, read));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return errnoOf(error) !== 'ENOENT';
  }
}

/** Puts the file aside if it is the one that `file` has open and larger than the limit; nothing where it is not. */
export function turnOver(path: string, file: number, limitBytes: number): void {
  using lock = lockOf(path);
  if (lock === undefined) return;
  // Somebody else may have been quicker: then the name belongs to a young file.
  const now = statSync(path, { throwIfNoEntry: false });
  const { ino, dev } = fstatSync(file);
  if (now?.ino === ino && now.dev === dev && now.size > limitBytes) renameSync(path, predecessorOf(path));
}

/**
 * Takes out lines that were written before `beforeMs`; `save`: into a file of their own. What cannot be read as a line
 * goes with the line before it. Throws the system's errors; nothing is lost then.
 */
export function pruneLog(path: string, beforeMs: number, save: boolean): void {
  if (!isAnythingOlder(path, beforeMs)) return;
  using lock = lockOf(path);
  if (lock === undefined) return;
  const claimed = claimedOf(path);
  const kept = `${path}.kept`;
  // What a killed one had claimed comes first; the file itself then waits for the next time.
  if (!existsSync(claimed) && existsSync(path)) renameSync(path, claimed);
  const sources = [predecessorOf(path), claimed];
  try {
    const saved = save ? openSync(prunedOf(path), 'a', 0o600) : undefined;
    const output = openSync(kept, 'w', 0o600);
    try {
      for (const source of sources) {
        let isOld = false;
        forEachLine(source, (line) => {
          const time = timeOfErrorLine(line.toString('utf8'));
          if (time !== undefined) isOld = time < beforeMs;
          if (!isOld) writeSync(output, line);
          else if (saved !== undefined) appendFileSync(saved, line);
        });
      }
      for (const file of [output, saved]) if (file !== undefined) fsyncSync(file);
    } finally {
      closeSync(output);
      if (saved !== undefined) closeSync(saved);
    }
    renameSync(kept, predecessorOf(path));
    if (statSync(predecessorOf(path)).size === 0) rmSync(predecessorOf(path));
    rmSync(claimed, { force: true });
  } catch (error) {
    rmSync(kept, { force: true });
    throw error;
  }
}

/** The oldest line is the first of the oldest file. */
function isAnythingOlder(path: string, beforeMs: number): boolean {
  return [predecessorOf(path), claimedOf(path), path].some((source) => {
    let first: number | undefined;
    forEachLine(source, (line) => {
      first ??= timeOfErrorLine(line.toString('utf8'));
      return first === undefined;
    });
    return first !== undefined && first < beforeMs;
  });
}

/** Every line with its end, until `visit` answers `false`. Nothing where there is no regular file: a device never ends. */
function forEachLine(path: string, visit: (line: Buffer) => unknown): void {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    if (!fstatSync(file).isFile()) return;
    let rest: Buffer = Buffer.alloc(0);
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      let text: Buffer = Buffer.concat([rest, chunk.subarray(0, read)]);
      for (let end = text.indexOf(0x0a); end !== -1; end = text.indexOf(0x0a)) {
        if (visit(text.subarray(0, end + 1)) === false) return;
        text = text.subarray(end + 1);
      }
      const isTooLong = text.length > LONGEST_LINE_BYTES;
      if (isTooLong && visit(text) === false) return;
      rest = isTooLong ? Buffer.alloc(0) : Buffer.from(text);
    }
    if (rest.length > 0) visit(Buffer.concat([rest, Buffer.from('\n')]));
  } finally {
    closeSync(file);
  }
}

/** The right to rename; `undefined` where somebody else has it. A folder, because making one is atomic everywhere. */
function lockOf(path: string): Disposable | undefined {
  const lock = `${path}.lock`;
  for (const attempt of [1, 2]) {
    try {
      mkdirSync(lock, { mode: 0o700 });
      return { [Symbol.dispose]: () => rmSync(lock, { recursive: true, force: true }) };
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST' || attempt === 2) return undefined;
    }
    const left = statSync(lock, { throwIfNoEntry: false });
    if (left !== undefined && Math.abs(Date.now() - left.mtimeMs) < STALE_MS) return undefined;
    try {
      rmdirSync(lock);
    } catch {
      return undefined;
    }
  }
  return undefined;
}
