/** What a command prints: its lines as they come, and its last words. Keeps little, however much that is. */

/** Bytes of the end that are kept. */
const TAIL_BYTES = 4096;
/** A longer line is told in pieces. */
const MOST_LINE_CHARACTERS = 2000;
/** What comes after so many bytes is not told line by line any more. */
const MOST_TOLD_BYTES = 1024 * 1024;

/** Control characters would reach a terminal; line ends and tabs may. */
function printable(text: string): string {
  return text.replaceAll(/(?![\n\t])\p{Cc}/gu, '');
}

/** Output of one command, both streams in one. */
export class CommandOutput {
  readonly #tell: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #line = '';
  #bytes = 0;
  #tail = Buffer.alloc(0);

  /** `tell` is called once a line. */
  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  add(chunk: Buffer): void {
    if (this.#bytes < MOST_TOLD_BYTES) this.#addLines(this.#decoder.decode(chunk, { stream: true }));
    this.#bytes += chunk.length;
    if (this.#bytes >= MOST_TOLD_BYTES && this.#line !== '') this.#endLine();
    // Copied, so that the end of a chunk does not keep the whole of it.
    this.#tail = Buffer.concat([this.#tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
  }

  /** Tells the last line where it has no end, and what was not told. */
  finish(): void {
    if (this.#line !== '') this.#endLine();
    const untold = this.#bytes - MOST_TOLD_BYTES;
    if (untold > 0) this.#tell(`(about ${untold} more bytes are not logged)`);
  }

  /** The last words, at most 4 KiB; begins with `…` where something came before them. */
  tail(): string {
    const whole = this.#bytes <= TAIL_BYTES;
    // It may begin within a character.
    const start = whole ? 0 : this.#tail.findIndex((byte) => (byte & 0xc0) !== 0x80);
    const text = printable(new TextDecoder().decode(this.#tail.subarray(Math.max(0, start)))).trim();
    return whole ? text : `…${text}`;
  }

  #addLines(text: string): void {
    const [first = '', ...others] = text.split('\n');
    this.#extend(first);
    for (const other of others) {
      this.#endLine();
      this.#extend(other);
    }
  }

  #extend(text: string): void {
    this.#line += text;
    while (this.#line.length > MOST_LINE_CHARACTERS) {
      this.#tell(printable(this.#line.slice(0, MOST_LINE_CHARACTERS)));
      this.#line = this.#line.slice(MOST_LINE_CHARACTERS);
    }
  }

  #endLine(): void {
    this.#tell(printable(this.#line));
    this.#line = '';
  }
}
