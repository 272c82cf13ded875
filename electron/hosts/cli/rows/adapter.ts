/** Requests of other programs. */
import { type CommandRow, NONE } from '../command-row.ts';

export const ADAPTER_ROWS: readonly CommandRow[] = [
  {
    words: ['ADapter'],
    operands: '',
    operandCount: NONE,
    options: [],
    help: 'Answer one request in XML (tsm-request), from standard input to standard output.',
    notes: [
      'The answer is one tsm-response, whatever happens; the return code is the highest of the commands that were run.',
      'A running “stillframe web” answers the same requests by POST. docs/adapter.md describes both.',
    ],
    // One document, whatever it runs.
    long: false,
    engine: false,
    load: () => import('../commands/adapter.ts'),
  },
];
