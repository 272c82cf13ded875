/**
 * Templates of sentences. `{0}` stands for a value, which stays as it is; `{#0}` for a whole number; `<0>` for a part that
 * the engine says too, which is translated by itself and may be missing. Two of them never touch.
 */

type Kind = 'value' | 'number' | 'part';

interface Slot {
  readonly kind: Kind;
  readonly number: number;
}

export interface SentenceTemplate {
  /** Literal text around the slots: one more than there are slots. */
  readonly literals: readonly string[];
  readonly slots: readonly Slot[];
  /** Letters that are given: of two templates that fit, the one that says more is meant. */
  readonly weight: number;
}

/** What stood in a template's slots, by their numbers. */
export type Captures = ReadonlyMap<number, { readonly kind: Kind; readonly text: string }>;

const SLOT = /\{(#?)(\d)\}|<(\d)>/g;
/** A value holds no end of a sentence: then the template has swallowed another one. */
const SENTENCE_END = /[.!?] +[A-ZÄÖÜ]/;
/** What begins a sentence is a name, and no text with such words. */
const PROSE = /(?:^| )(?:the|its|is|are|was|were|has|had|not|could|cannot|that|to) /i;
const WHOLE_NUMBER = /^\d+$/;

export function parseTemplate(text: string): SentenceTemplate {
  const literals: string[] = [];
  const slots: Slot[] = [];
  let at = 0;
  for (const match of text.matchAll(SLOT)) {
    literals.push(text.slice(at, match.index));
    const kind = match[3] !== undefined ? 'part' : match[1] === '#' ? 'number' : 'value';
    slots.push({ kind, number: Number(match[3] ?? match[2]) });
    at = match.index + match[0].length;
  }
  literals.push(text.slice(at));
  return { literals, slots, weight: literals.join('').length };
}

/** What is in the slots of a template that fits the whole `text`. Each literal is looked for once: time is linear. */
export function matchTemplate({ literals, slots }: SentenceTemplate, text: string): Captures | undefined {
  const first = literals[0] ?? '';
  if (slots.length === 0) return text === first ? new Map() : undefined;
  const last = literals.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return undefined;
  const end = text.length - last.length;
  if (end < first.length) return undefined;
  const captures = new Map<number, { kind: Kind; text: string }>();
  let at = first.length;
  for (const [index, { kind, number }] of slots.entries()) {
    const from = kind === 'part' ? at : at + 1;
    const literal = literals[index + 1] ?? '';
    const until = index === slots.length - 1 ? end : text.indexOf(literal, from);
    if (until < from || until > end) return undefined;
    const captured = text.slice(at, until);
    if (kind === 'value' && SENTENCE_END.test(captured)) return undefined;
    if (kind === 'value' && index === 0 && first === '' && PROSE.test(captured)) return undefined;
    if (kind === 'number' && !WHOLE_NUMBER.test(captured)) return undefined;
    captures.set(number, { kind, text: captured });
    at = until + literal.length;
  }
  return captures;
}
