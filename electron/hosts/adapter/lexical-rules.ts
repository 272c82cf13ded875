/**
 * What a document may consist of at all, judged before it is parsed: elements, text, comments and CDATA sections. A
 * document type, entities of its own and processing instructions have no use in a request, and nearly every known
 * attack on a parser needs one of them; so none ever gets as far as the parser.
 */
import { quoted, refusal } from './refusal.ts';

/** Code units that no XML 1.0 document may hold; with the `u` flag, surrogates are matched only where they are alone. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const REFERENCE = /^&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});/;
/** Longest reference that the rule above allows, and a little more. */
const REFERENCE_WINDOW = 16;

const DECLARED_ENTITIES = 'Only amp, lt, gt, quot, apos and character references are known.';

/** Throws `REQUEST_INVALID` for characters, declarations or references that a request must not have. */
export function checkLexicalRules(text: string): void {
  const forbidden = FORBIDDEN.exec(text)?.[0];
  if (forbidden !== undefined) {
    const code = (forbidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    throw refusal(`The request holds the character U+${code}, which XML does not allow.`);
  }
  let from = 0;
  for (let at = nextMark(text, from); at >= 0; at = nextMark(text, from)) {
    checkPlain(text.slice(from, at));
    from = afterMark(text, at);
  }
  checkPlain(text.slice(from));
}

/** Between marks. */
function checkPlain(text: string): void {
  if (text.includes(']]>')) throw refusal('“]]>” ends a CDATA section, but there is none.', 'Write ]]&gt; for it.');
}

function nextMark(text: string, from: number): number {
  const ampersand = text.indexOf('&', from);
  const waka = text.indexOf('<', from);
  if (ampersand < 0 || waka < 0) return Math.max(ampersand, waka);
  return Math.min(ampersand, waka);
}

/** Where the reference or tag that begins at `at` is over, as far as that matters here. */
function afterMark(text: string, at: number): number {
  if (text.startsWith('&', at)) return afterReference(text, at);
  if (text.startsWith('<!--', at)) return afterEnd(text, at + '<!--'.length, '-->', 'A comment');
  if (text.startsWith('<![CDATA[', at)) return afterEnd(text, at, ']]>', 'A CDATA section');
  if (text.startsWith('<?', at)) throw refusal('Processing instructions are not allowed in a request.');
  if (/^<!DOCTYPE/i.test(text.slice(at, at + '<!DOCTYPE'.length))) {
    throw refusal('A document type (DOCTYPE) is not allowed in a request.', 'Leave it out.');
  }
  if (text.startsWith('<!', at)) throw refusal('Markup declarations are not allowed in a request.');
  return at + 1;
}

function afterReference(text: string, at: number): number {
  const [reference] = REFERENCE.exec(text.slice(at, at + REFERENCE_WINDOW)) ?? [];
  if (reference !== undefined) return at + reference.length;
  const [name = '&'] = /^&[^\s;<&]*;?/.exec(text.slice(at, at + REFERENCE_WINDOW * 2)) ?? [];
  throw refusal(`The reference ${quoted(name)} is not known.`, `${DECLARED_ENTITIES} Write &amp; for an ampersand.`);
}

function afterEnd(text: string, from: number, end: string, what: string): number {
  const at = text.indexOf(end, from);
  if (at < 0) throw refusal(`${what} does not end.`);
  return at + end.length;
}
