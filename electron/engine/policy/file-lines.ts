/** A text file as lines that can be exchanged one by one while all others keep every byte, line break and encoding. */

interface Line {
  /** Bytes as characters U+0000 to U+00FF, without the line break. */
  readonly raw: string;
  readonly lineBreak: string;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Lines count from 0. Each change is remembered, and made by `bytes()`. */
export class FileLines {
  readonly #original: Buffer;
  readonly #lines: readonly Line[];
  readonly #replaced = new Map<number, string | undefined>();
  readonly #before = new Map<number, string[]>();
  readonly #after = new Map<number, string[]>();
  readonly #appended: string[] = [];

  constructor(bytes: Buffer) {
    this.#original = bytes;
    this.#lines = [...bytes.toString('latin1').matchAll(/([^\n]*?)(\r?\n)|([^\n]+)$/g)].map(
      ([, raw, lineBreak = '', last]) => ({ raw: raw ?? last ?? '', lineBreak }),
    );
  }

  get count(): number {
    return this.#lines.length;
  }

  /** A line as text, without its line break and without the mark at the file's start. */
  text(index: number): string {
    const text = Buffer.from(this.#lines[index]?.raw ?? '', 'latin1').toString('utf8');
    return index === 0 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  }

  replace(index: number, text: string): void {
    this.#replaced.set(index, text);
  }

  remove(index: number): void {
    this.#replaced.set(index, undefined);
  }

  insertBefore(index: number, texts: readonly string[]): void {
    this.#before.set(index, [...(this.#before.get(index) ?? []), ...texts]);
  }

  insertAfter(index: number, texts: readonly string[]): void {
    this.#after.set(index, [...(this.#after.get(index) ?? []), ...texts]);
  }

  append(texts: readonly string[]): void {
    this.#appended.push(...texts);
  }

  /** The file with all changes; the bytes it was made of where there are none. */
  bytes(): Buffer {
    if (this.#replaced.size + this.#before.size + this.#after.size + this.#appended.length === 0) return this.#original;
    const lineBreak = this.#lines.find((line) => line.lineBreak !== '')?.lineBreak ?? '\n';
    const made: Line[] = [];
    const add = (texts: readonly string[] = []): void => {
      for (const text of texts) made.push({ raw: Buffer.from(text).toString('latin1'), lineBreak });
    };
    const marked = this.#original.subarray(0, 3).equals(Buffer.from(BYTE_ORDER_MARK));
    for (const [index, line] of this.#lines.entries()) {
      add(this.#before.get(index));
      if (this.#replaced.has(index)) {
        const text = this.#replaced.get(index);
        if (text !== undefined) made.push({ ...line, raw: Buffer.from(text).toString('latin1') });
      } else {
        made.push(index === 0 && marked ? { ...line, raw: line.raw.slice(3) } : line);
      }
      add(this.#after.get(index));
    }
    add(this.#appended);
    const last = made.length - 1;
    const text = made.map((line, at) => line.raw + (at < last ? line.lineBreak || lineBreak : line.lineBreak)).join('');
    return Buffer.concat([Buffer.from(marked ? BYTE_ORDER_MARK : ''), Buffer.from(text, 'latin1')]);
  }
}
