/** `help SFR1228E`: what a message means and what to do. */
import { findMessage } from '#messages';
import { wrapped } from './text-table.ts';

const LABELS = [
  ['Explanation', 'explanation'],
  ['System action', 'systemAction'],
  ['User action', 'userAction'],
] as const;
const INDENT = '  ';

/** True for a word that can only be meant as a message, whether there is one or not. */
export function looksLikeMessageId(word: string): boolean {
  return /^(?:(?:sfr|an[se])\d{1,5}[a-z]?|\d{4}[iwes]?)$/i.test(word);
}

/**
 * The message with its explanation, for a terminal of `columns`; `undefined` where there is none of that id. Case does
 * not matter, `SFR` and the letter may be left out, and `ANS1228E` means our message of that number.
 */
export function messageHelp(id: string, columns = 80): string[] | undefined {
  const message = findMessage(id);
  if (message === undefined) return undefined;
  const width = Math.max(40, Math.min(columns, 100));
  return [
    ...wrapped(`${message.id} ${message.text.replaceAll(/\{\w+\}/g, standIn)}`, width),
    ...LABELS.flatMap(([label, part]) => [
      '',
      `${label}:`,
      ...wrapped(message[part], width - INDENT.length).map((line) => `${INDENT}${line}`),
    ]),
  ];
}

/** What is put in when the message is printed, written as help writes what is to be put in. */
function standIn(fact: string): string {
  return fact.slice(1, -1).toUpperCase();
}
