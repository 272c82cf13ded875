/** White space as XML has it: blanks, tabs and line ends, and none of the other blanks of Unicode. */

const SPACE = ' \t\n\r';

/** True for one character that is white space. */
export function isSpace(character: string): boolean {
  return character !== '' && SPACE.includes(character);
}

/** The text without white space around it. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charAt(start))) start++;
  while (end > start && isSpace(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
