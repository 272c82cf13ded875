/** The bytes of an XML document as text: encodings, byte order marks, the XML declaration. */
import { MOST_REQUEST_BYTES } from './limits.ts';
import { quoted, refusal } from './refusal.ts';
import { trimSpace } from './space.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const REMEDY = 'Send it in UTF-8, or in UTF-16 with a byte order mark.';
/** Which declared encodings fit the bytes. ASCII is a part of UTF-8. */
const DECLARABLE: Record<Encoding, readonly string[]> = {
  'utf-8': ['utf-8', 'utf8', 'us-ascii', 'ascii'],
  'utf-16le': ['utf-16', 'utf-16le'],
  'utf-16be': ['utf-16', 'utf-16be'],
};
const SPACE = '[ \\t\\n]';
const DECLARATION = new RegExp(
  `^<\\?xml${SPACE}+version${SPACE}*=${SPACE}*(["'])([^"'<]*)\\1` +
    `(?:${SPACE}+encoding${SPACE}*=${SPACE}*(["'])([^"'<]*)\\3)?` +
    `(?:${SPACE}+standalone${SPACE}*=${SPACE}*(["'])(?:yes|no)\\5)?${SPACE}*\\?>`,
);

/**
 * The text of a document without mark and declaration, line ends as `\n` (XML 1.0, section 2.11); blanks stand for the
 * declaration, so that lines are counted right. Throws `REQUEST_INVALID` for what is too large, empty, or no valid text
 * in a known encoding.
 */
export function decodeDocument(bytes: Uint8Array): string {
  if (bytes.length > MOST_REQUEST_BYTES) throw refusal(`The request is larger than ${MOST_REQUEST_BYTES} bytes.`);
  const { encoding, markBytes } = encodingOf(bytes);
  const text = decode(bytes.subarray(markBytes), encoding).replaceAll(/\r\n?/g, '\n');
  if (text.startsWith('\ufeff')) throw refusal('The request has two byte order marks.', REMEDY);
  if (trimSpace(text) === '') throw refusal('The request is empty.', 'Send one tsm-request.');
  return withoutDeclaration(text, encoding);
}

function encodingOf(bytes: Uint8Array): { encoding: Encoding; markBytes: number } {
  const starts = (...mark: number[]) => mark.every((byte, at) => bytes[at] === byte);
  if (starts(0xff, 0xfe, 0, 0) || starts(0, 0, 0xfe, 0xff)) throw refusal('UTF-32 is not read.', REMEDY);
  if (starts(0xff, 0xfe)) return { encoding: 'utf-16le', markBytes: 2 };
  if (starts(0xfe, 0xff)) return { encoding: 'utf-16be', markBytes: 2 };
  return { encoding: 'utf-8', markBytes: starts(0xef, 0xbb, 0xbf) ? 3 : 0 };
}

function decode(bytes: Uint8Array, encoding: Encoding): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refusal(`The request is not valid ${encoding.toUpperCase()}.`, REMEDY);
  }
}

function withoutDeclaration(text: string, encoding: Encoding): string {
  if (!/^<\?xml[ \t\n]/.test(text)) return text;
  const [declaration, , version, , declared] = DECLARATION.exec(text) ?? [];
  if (declaration === undefined) throw refusal('The XML declaration is not well-formed.');
  if (version !== '1.0') throw refusal(`XML ${quoted(version ?? '')} is not read, only 1.0.`);
  if (declared !== undefined && !DECLARABLE[encoding].includes(declared.toLowerCase())) {
    throw refusal(
      `The XML declaration says that the encoding is ${quoted(declared)}, but the bytes are read as ` +
        `${encoding.toUpperCase()}.`,
      REMEDY,
    );
  }
  return declaration.replaceAll(/[^\n]/g, ' ') + text.slice(declaration.length);
}
