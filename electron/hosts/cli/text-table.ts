/** Columns of text, aligned. */

export interface Column<T> {
  title: string;
  /** Default left. */
  align?: 'left' | 'right';
  cell(row: T): string;
}

/** Lines of a table: a heading, then one line a row. Two spaces between columns, nothing at the end of a line. */
export function formatTable<T>(columns: readonly Column<T>[], rows: readonly T[]): string[] {
  const texts = rows.map((row) => columns.map((column) => column.cell(row)));
  const lines = [columns.map((column) => column.title), ...texts];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => widthOf(line[i] ?? ''))));
  return lines.map((line) =>
    line
      .map((text, i) => pad(text, widths[i] ?? 0, columns[i]?.align ?? 'left'))
      .join('  ')
      .trimEnd(),
  );
}

/** Lines of `label   value`, with the values under each other. Pairs with an empty value are left out. */
export function formatPairs(pairs: readonly (readonly [string, string])[], indent = ''): string[] {
  const shown = pairs.filter(([, value]) => value !== '');
  const width = Math.max(0, ...shown.map(([label]) => widthOf(label)));
  return shown.map(([label, value]) => `${indent}${pad(label, width, 'left')}  ${value}`);
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? space + text : text + space;
}

/** Characters, not UTF-16 units. */
function widthOf(text: string): number {
  return [...text].length;
}

/** The text in lines of at most `width` characters, broken between words; a longer word has a line of its own. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
