/** What a command line says, kept as lines instead of being shown. */
import { Writable } from 'node:stream';

/** A command that says more than this does not fill the memory; the rest is counted. */
const MOST_CHARACTERS = 16 * 1024 ** 2;

/** Standard output and standard error of a command, one text in the order in which it was written. */
export class CapturedOutput {
  #pieces: string[] = [];
  #length = 0;
  #leftOut = 0;

  /** A stream that keeps what is written to it; as many as one likes. */
  stream(): Writable {
    return new Writable({
      decodeStrings: false,
      write: (chunk: string | Buffer, _encoding, done) => {
        this.#add(typeof chunk === 'string' ? chunk : chunk.toString('utf8'));
        done();
      },
    });
  }

  /** Adds lines of somebody else's. */
  add(...lines: readonly string[]): void {
    for (const line of lines) this.#add(`${line}\n`);
  }

  /** The lines since the last time. */
  take(): string[] {
    const text = this.#pieces.join('');
    const leftOut = this.#leftOut;
    this.#pieces = [];
    this.#length = 0;
    this.#leftOut = 0;
    const lines = text.split('\n');
    // What follows the last line end is a line only if something is in it.
    if (lines.at(-1) === '') lines.pop();
    if (leftOut > 0) lines.push(`… ${leftOut} more characters were left out.`);
    return lines;
  }

  #add(text: string): void {
    if (text === '') return;
    if (this.#length + text.length > MOST_CHARACTERS) {
      this.#leftOut += text.length;
      return;
    }
    this.#length += text.length;
    this.#pieces.push(text);
  }
}
