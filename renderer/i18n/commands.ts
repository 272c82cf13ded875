/** Command lines inside sentences of the engine, so that they can be shown and copied as such. */

export interface SentencePart {
  kind: 'text' | 'command';
  text: string;
}

/**
 * `` `lvextend …` `` always is one; “stillframe sweep” is one where it has the look of a program with arguments; and so is
 * what follows “Run:” up to the end.
 */
const QUOTED = /`([^`]+)`|“([a-z][\w./-]* [^”]+)”|(?<=\bRun: )([^`“]+?)(?=\.?$)/g;

/** The parts of `sentence` in their order, without the quotes around commands. */
export function sentenceParts(sentence: string): SentencePart[] {
  const parts: SentencePart[] = [];
  let at = 0;
  for (const match of sentence.matchAll(QUOTED)) {
    if (match.index > at) parts.push({ kind: 'text', text: sentence.slice(at, match.index) });
    parts.push({ kind: 'command', text: match[1] ?? match[2] ?? match[3] ?? '' });
    at = match.index + match[0].length;
  }
  if (at < sentence.length) parts.push({ kind: 'text', text: sentence.slice(at) });
  return parts;
}
