/** Text as the man macros read it. */

/** A text inside a line: nothing in it is a request or an escape. */
export function roffText(text: string): string {
  return text
    .replaceAll('\\', '\\(rs')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll('`', '\\(ga');
}

/** A text as a line of its own: a dot or an apostrophe at its start would be a request. */
export function roffLine(text: string): string {
  const line = roffText(text);
  return /^[.']/.test(line) ? `\\&${line}` : line;
}

/** An argument of a macro. */
export function roffArgument(text: string): string {
  return `"${roffText(text).replaceAll('"', '\\(dq')}"`;
}

export function section(title: string, ...lines: readonly string[]): string[] {
  return [`.SH ${roffArgument(title)}`, ...lines];
}

/** A paragraph with a heading that hangs: the heading in bold. */
export function tagged(tag: string, ...lines: readonly string[]): string[] {
  return ['.TP', `.B ${roffArgument(tag)}`, ...lines.map(roffLine)];
}

/** Lines as they are, without filling. */
export function verbatim(lines: readonly string[]): string[] {
  return ['.nf', ...lines.map((line) => (line === '' ? '' : roffLine(line))), '.fi'];
}
