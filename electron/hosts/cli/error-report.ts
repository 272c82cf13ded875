/** An error as lines of text for people. */
import type { WireError } from '#contract';
import { ErrorFacts } from './error-facts.ts';
import { ERROR_TEXTS, type ErrorText } from './error-texts.ts';
import { formatPairs } from './text-table.ts';

/** What happened with its code, the facts, what was left behind, what to do next. */
export function errorReport({ code, details }: Pick<WireError, 'code' | 'details'>): string[] {
  const facts = new ErrorFacts(details);
  const text: ErrorText = ERROR_TEXTS[code];
  return [
    `Error: ${capitalized(text.happened(facts))} [${code}]`,
    ...formatPairs(
      [
        ['Reason', facts.text('reason', '')],
        ['Path', facts.text('path', '')],
        ['In use by', facts.holders],
        ['Where', facts.range],
        ['Already written', facts.written],
        ...facts.leftBehind.map((item) => ['Left behind', item] as const),
        ['What to do', facts.text('remedy', text.next(facts))],
      ],
      '  ',
    ),
  ];
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
