/** The session itself: the window, macros, what the system around learns about the command line. */
import { type CommandRow, NONE } from '../command-row.ts';

export const SESSION_ROWS: readonly CommandRow[] = [
  {
    words: ['MACro'],
    operands: 'FILE',
    operandCount: { minimum: 1, maximum: 1 },
    options: [],
    help: 'Run the commands of a file, one a line.',
    notes: [
      'One that fails does not keep the others from being run; the return code is the highest of them. Options that the',
      'macro is given hold for every command that does not say otherwise. Macros may run macros, ten deep.',
      'A line that starts with * is a comment; \\ at the end of a line, or a lone -, continues it in the next one.',
    ],
    long: true,
    engine: false,
    load: () => import('../commands/macro.ts'),
  },
  {
    words: ['LOop'],
    operands: '',
    operandCount: NONE,
    options: [],
    help: 'Read commands from the terminal or from standard input; what no command at all does, too.',
    notes: ['“help session” says how commands are typed.'],
    long: false,
    engine: false,
    load: () => import('../commands/loop.ts'),
  },
  {
    words: ['QUIT'],
    aliases: ['EXIT', 'LOGOff'],
    operands: '',
    operandCount: NONE,
    options: [],
    help: 'End a session.',
    long: false,
    engine: false,
    load: () => import('../commands/quit.ts'),
  },
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
