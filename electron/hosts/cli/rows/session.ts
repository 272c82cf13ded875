/** The session itself: the window, macros, help. */
import { type CommandRow, NONE } from '../command-row.ts';

export const SESSION_ROWS: readonly CommandRow[] = [
  {
    words: ['Web'],
    operands: '',
    operandCount: NONE,
    options: ['port', 'exitwithparent'],
    help: 'Serve the window to a browser on this machine.',
    notes: ['Prints one JSON line with the address, which carries a secret, and runs until it is interrupted.'],
    long: true,
    load: () => import('../commands/web.ts'),
  },
];
