/** Giving space back. */
import { type CommandRow, NONE } from '../command-row.ts';

export const PRUNE_ROWS: readonly CommandRow[] = [
  {
    words: ['PRune'],
    operands: '',
    operandCount: NONE,
    options: ['preview', 'maxunused', 'maxrepack'],
    help: 'Give back the space of what no image needs any more; with -preview, only say how much that is.',
    notes: [
      'Packs of which nothing is needed are removed. Of packs of which enough is unused, what is needed is written anew.',
      'It may be interrupted at any moment: every image stays restorable, and the next prune goes on.',
      'Nothing is removed where something that an image needs is damaged or missing.',
    ],
    long: true,
    load: () => import('../commands/prune.ts'),
  },
];
