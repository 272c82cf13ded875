/**
 * JSON as Go's encoding/json and strconv write it. Trees and snapshots must come out byte for byte as restic would
 * write them, or equal trees would not deduplicate.
 */

const NAMED_ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};
const NAMED_BYTES: Record<string, number> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  '"': 34,
  "'": 39,
};

/** What Go's unicode.IsPrint accepts: letters, marks, numbers, punctuation, symbols and the ASCII space. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** A JSON string with Go's default HTML escaping. */
export function goString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Go's strconv.Quote without the quotes: how restic stores names. */
export function goQuote(name: string): string {
  let quoted = '';
  for (const character of name.toWellFormed()) {
    const named = NAMED_ESCAPES[character];
    const code = character.codePointAt(0) ?? 0;
    if (named !== undefined) quoted += named;
    else if (PRINTABLE.test(character)) quoted += character;
    else if (code < 0x20 || code === 0x7f) quoted += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code < 0x10000) quoted += `\\u${code.toString(16).padStart(4, '0')}`;
    else quoted += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return quoted;
}

/** Opposite of `goQuote`; undefined if it is not quoted correctly. Bytes that are not UTF-8 become U+FFFD. */
export function goUnquote(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.includes('"') || quoted.includes('\n') ? undefined : quoted;
  const parts: Buffer[] = [];
  const token =
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([abfnrtv\\"]))|([^\\"\n]+)/y;
  while (token.lastIndex < quoted.length) {
    const match = token.exec(quoted);
    if (match === null) return undefined;
    const [, byte, short, long, octal, named, plain] = match;
    if (plain !== undefined) parts.push(Buffer.from(plain));
    else if (named !== undefined) parts.push(Buffer.of(NAMED_BYTES[named] ?? 0));
    else if (byte !== undefined) parts.push(Buffer.of(Number.parseInt(byte, 16)));
    else if (octal !== undefined) parts.push(Buffer.of(Number.parseInt(octal, 8)));
    else {
      const code = Number.parseInt(short ?? long ?? '', 16);
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
      parts.push(Buffer.from(String.fromCodePoint(code)));
    }
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Go's zero time. */
export const GO_ZERO_TIME = '0001-01-01T00:00:00Z';

/** An RFC 3339 time without trailing zeros in its fraction, as Go writes it. */
export function goTime(time: string): string {
  return time.replace(/\.(\d*?)0*(?=Z|[+-]\d\d:\d\d$)/, (_, digits: string) => (digits === '' ? '' : `.${digits}`));
}
