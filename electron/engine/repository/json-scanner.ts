/**
 * Reads JSON out of bytes without building a value for everything. Index files and image trees hold up to millions of
 * ids; as JavaScript strings they would cost hundreds of MiB.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MAX_DEPTH = 100;
const ID_HEX = 64;

/** Nibble of an ASCII code, or 0xff. restic writes lower case only, so upper case is refused. */
const NIBBLE = new Uint8Array(256).fill(0xff);
for (let i = 0; i < 16; i++) NIBBLE[i.toString(16).charCodeAt(0)] = i;

/** A cursor over one JSON document. Every failure is thrown as what `fail` makes of the reason. */
export class JsonScanner {
  readonly bytes: Buffer;
  /** Byte offset of the next token. */
  position = 0;
  readonly #fail: (reason: string) => Error;

  constructor(bytes: Uint8Array, fail: (reason: string) => Error) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#fail = fail;
  }

  /** The error for malformed input at the cursor. */
  error(what: string): Error {
    return this.#fail(`The JSON is malformed at byte ${this.position}: ${what}.`);
  }

  /** Next byte that is not white space, without consuming it; -1 at the end. */
  peek(): number {
    for (; ; this.position++) {
      const byte = this.bytes[this.position];
      if (byte === undefined) return -1;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
    }
  }

  /** Calls `onKey` for every key of an object; it must consume the value. `known` avoids a new string a key. */
  readObject(known: readonly string[], onKey: (key: string) => void): void {
    this.#readList(0x7b, 0x7d, () => {
      const key = this.#readKey(known);
      this.#expect(COLON);
      onKey(key);
    });
  }

  /** Calls `onItem` for every item of an array; it must consume the item. `null` counts as empty, as in Go. */
  readArray(onItem: () => void): void {
    if (this.peek() === 0x6e) this.skipValue();
    else this.#readList(0x5b, 0x5d, onItem);
  }

  /** A string value; escapes are decoded. */
  readString(): string {
    const start = this.#startOfString();
    const end = this.#skipString();
    const raw = this.bytes.toString('utf8', start - 1, end + 1);
    if (!raw.includes('\\') && !hasControl(raw)) return raw.slice(1, -1);
    return this.#decode(raw);
  }

  /** A non-negative integer of at most `limit`. */
  readInteger(limit: number): number {
    this.peek();
    const start = this.position;
    let value = 0;
    for (; ; this.position++) {
      const digit = (this.bytes[this.position] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      if (value > limit) throw this.error(`the number is larger than ${limit}`);
    }
    const next = this.bytes[this.position];
    if (this.position === start || next === 0x2e || next === 0x65 || next === 0x45) {
      throw this.error('a whole number was expected');
    }
    return value;
  }

  /** A string of 64 hexadecimal digits, written as 32 bytes to `target` at `at`. */
  readId(target: Uint8Array, at: number): void {
    const start = this.#startOfString();
    const end = start + ID_HEX;
    if (this.bytes[end] !== QUOTE) throw this.error('an id was expected');
    for (let from = start, to = at; from < end; from += 2, to++) {
      const high = NIBBLE[this.bytes[from] ?? 0] ?? 0xff;
      const low = NIBBLE[this.bytes[from + 1] ?? 0] ?? 0xff;
      if ((high | low) > 0x0f) throw this.error('an id was expected');
      target[to] = (high << 4) | low;
    }
    this.position = end + 1;
  }

  /** Passes over any value. */
  skipValue(depth = 0): void {
    if (depth > MAX_DEPTH) throw this.error('it is nested too deeply');
    const next = this.peek();
    if (next === 0x7b) {
      this.#readList(0x7b, 0x7d, () => {
        this.#startOfString();
        this.#skipString();
        this.#expect(COLON);
        this.skipValue(depth + 1);
      });
    } else if (next === 0x5b) {
      this.#readList(0x5b, 0x5d, () => this.skipValue(depth + 1));
    } else if (next === QUOTE) {
      this.#startOfString();
      this.#skipString();
    } else {
      this.#skipScalar();
    }
  }

  /** Throws unless only white space follows. */
  expectEnd(): void {
    if (this.peek() !== -1) throw this.error('something follows the document');
  }

  #readList(open: number, close: number, onItem: () => void): void {
    this.#expect(open);
    if (this.peek() === close) {
      this.position++;
      return;
    }
    for (;;) {
      onItem();
      const next = this.peek();
      this.position++;
      if (next === close) return;
      if (next !== COMMA) throw this.error('a comma or the end of a list was expected');
    }
  }

  #expect(byte: number): void {
    if (this.peek() !== byte) throw this.error(`${String.fromCharCode(byte)} was expected`);
    this.position++;
  }

  #startOfString(): number {
    this.#expect(QUOTE);
    return this.position;
  }

  /** From inside a string to behind its closing quote; returns the offset of that quote. */
  #skipString(): number {
    for (; ; this.position++) {
      const byte = this.bytes[this.position];
      if (byte === undefined) throw this.error('a string does not end');
      if (byte === BACKSLASH) this.position++;
      else if (byte === QUOTE) return this.position++;
    }
  }

  #readKey(known: readonly string[]): string {
    const start = this.#startOfString();
    const end = this.#skipString();
    for (const key of known) if (this.#equals(start, end, key)) return key;
    return this.#decode(this.bytes.toString('utf8', start - 1, end + 1));
  }

  #equals(start: number, end: number, ascii: string): boolean {
    if (end - start !== ascii.length) return false;
    for (let i = 0; i < ascii.length; i++) if (this.bytes[start + i] !== ascii.charCodeAt(i)) return false;
    return true;
  }

  #decode(raw: string): string {
    try {
      return String(JSON.parse(raw));
    } catch {
      throw this.error('a string is not valid');
    }
  }

  #skipScalar(): void {
    const start = this.position;
    while (isScalarByte(this.bytes[this.position])) this.position++;
    const text = this.bytes.toString('latin1', start, Math.min(this.position, start + 64));
    if (!/^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(text)) throw this.error('a value was expected');
  }
}

/** Digits, letters, `+`, `-` and `.`. */
function isScalarByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    (byte >= 0x2b && byte <= 0x39 && byte !== COMMA && byte !== 0x2f) ||
    (byte >= 0x41 && byte <= 0x7a && byte !== 0x5b && byte !== 0x5c && byte !== 0x5d)
  );
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x20) return true;
  return false;
}
