/** What was typed in earlier sessions. Passphrases are never part of a command line; a line that looks like one is left out. */
import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LONGEST_COMMAND } from '../macro/command-lines.ts';

/** Lines that are remembered. */
const MOST_LINES = 1000;
/** A longer file is cut to its last lines when it is read. */
const LARGEST = 2 * MOST_LINES * 80;
const PRIVATE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** A history that never is the reason why a session fails: what cannot be read or written is not remembered. */
export class History {
  readonly #path: string;
  #lines: string[];

  private constructor(path: string, lines: string[]) {
    this.#path = path;
    this.#lines = lines;
  }

  static async read(path: string): Promise<History> {
    const text = await readFrom(path);
    const lines = text.split('\n').filter((line) => line !== '' && line.length <= LONGEST_COMMAND);
    const history = new History(path, lines.slice(-MOST_LINES));
    if (text.length > LARGEST) await history.#write(`${history.#lines.join('\n')}\n`, constants.O_TRUNC);
    return history;
  }

  /** Oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Remembers a line, unless it is the same as the last. */
  async add(line: string): Promise<void> {
    if (line === this.#lines.at(-1) || line.includes('\n')) return;
    this.#lines = [...this.#lines, line].slice(-MOST_LINES);
    await this.#write(`${line}\n`, constants.O_APPEND);
  }

  async #write(text: string, how: number): Promise<void> {
    try {
      await mkdir(dirname(this.#path), { recursive: true, mode: PRIVATE_FOLDER });
      const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW | how;
      await using file = await open(this.#path, flags, PRIVATE);
      // Also where somebody made the file before us.
      await file.chmod(PRIVATE);
      await file.writeFile(text);
    } catch {
      // Nothing was asked for that is not done now.
    }
  }
}

/** The end of a file; empty where there is none, or it is no file of ours to read. */
async function readFrom(path: string): Promise<string> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = await file.stat();
    if (!stats.isFile()) return '';
    const length = Math.min(stats.size, 2 * LARGEST);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, stats.size - length);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } catch {
    return '';
  }
}
