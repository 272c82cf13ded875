/** Texts that hold a list of names, and names that hold blanks. */
import { isSpace } from './space.ts';

/**
 * Names separated by white space; `"…"` and `'…'` keep blanks together, as on a command line. `undefined` where a quote
 * is not closed.
 */
export function splitList(text: string): string[] | undefined {
  const names: string[] = [];
  let name: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) return undefined;
      name = (name ?? '') + text.slice(at + 1, end);
      at = end;
    } else if (isSpace(character)) {
      if (name !== undefined) names.push(name);
      name = undefined;
    } else {
      name = (name ?? '') + character;
    }
  }
  if (name !== undefined) names.push(name);
  return names;
}

/** One name that may hold blanks; quotes around all of it are not a part of it. */
export function unquote(text: string): string {
  return /^(["']).*\1$/s.test(text) && text.length > 1 && text.indexOf(text.charAt(0), 1) === text.length - 1
    ? text.slice(1, -1)
    : text;
}
