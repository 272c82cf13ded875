/** An error as lines of text for people. */
import { messageIdOfError, type WireError } from '#contract';
import { ErrorFacts } from './error-facts.ts';
import { ERROR_TEXTS, type ErrorText } from './error-texts.ts';
import { formatPairs } from './text-table.ts';

/** What happened, after the id of the message and before its code, the facts, what was left behind, what to do next. */
export function errorReport({ code, details }: Pick<WireError, 'code' | 'details'>): string[] {
  const facts = new ErrorFacts(details);
  const text: ErrorText = ERROR_TEXTS[code];
  return [
    `${messageIdOfError(code)} ${happened({ code, details })} [${code}]`,
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

/** What happened, one sentence or two. */
export function happened({ code, details }: Pick<WireError, 'code' | 'details'>): string {
  const text: ErrorText = ERROR_TEXTS[code];
  return capitalized(text.happened(new ErrorFacts(details)));
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
