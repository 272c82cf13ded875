/** XML 1.0 text. */

/** What XML 1.0 cannot hold in any form; surrogates are matched only where they are alone. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** Text as it can stand in an element; what XML cannot hold becomes U+FFFD. */
export function escapeText(text: string): string {
  return text.replaceAll(FORBIDDEN, '\ufffd').replaceAll(/[&<>"\r]/g, (mark) => ESCAPES[mark] ?? mark);
}

/** Markup as the lines that it is written in; a text with line breaks is one of them. */
export type Markup = readonly string[];

/** `<name>text</name>`; `name` is ours. */
export function textElement(name: string, text: string | number): Markup {
  return [`<${name}>${escapeText(String(text))}</${name}>`];
}

/** An element with others inside, moved in by one blank. */
export function element(name: string, ...children: readonly Markup[]): Markup {
  return [`<${name}>`, ...children.flat().map((line) => ` ${line}`), `</${name}>`];
}
