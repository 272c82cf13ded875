/** The repository, its keys, what runs left behind. */
import { ANY, type CommandRow, NONE } from '../command-row.ts';

export const REPOSITORY_ROWS: readonly CommandRow[] = [
  {
    words: ['Check'],
    operands: '',
    operandCount: NONE,
    options: ['readdata', 'scheduled'],
    help: 'Check the repository; with -readdata, every stored block.',
    long: true,
    load: () => import('../commands/check.ts'),
  },
  {
    words: ['SWeep'],
    operands: '',
    operandCount: NONE,
    options: [],
    help: 'Remove snapshots, clones, freezes and read-only mounts that stopped runs left behind.',
    notes: ['What a running backup owns is not touched. Every start does this as far as its own records go.'],
    long: false,
    load: () => import('../commands/sweep.ts'),
  },
  {
    words: ['INIt'],
    operands: '',
    operandCount: NONE,
    options: [],
    help: 'Create a repository.',
    notes: [
      'With -passwordfile the repository opens with that passphrase. Without, a key is generated and kept in the',
      'configuration directory, so that later runs open the repository by themselves.',
    ],
    long: false,
    load: () => import('../commands/init.ts'),
  },
  {
    words: ['Key', 'List'],
    operands: '',
    operandCount: NONE,
    options: [],
    help: 'List the keys that open the repository.',
    long: false,
    load: () => import('../commands/key-list.ts'),
  },
  {
    words: ['Key', 'Add'],
    operands: '',
    // Whoever types a passphrase here is told why not; the message must not repeat it.
    operandCount: { minimum: 0, maximum: ANY },
    options: ['newpasswordfile'],
    help: 'Add a passphrase that opens the repository.',
    long: false,
    load: () => import('../commands/key-add.ts'),
  },
  {
    words: ['Key', 'Remove'],
    operands: 'ID',
    operandCount: { minimum: 1, maximum: 1 },
    options: [],
    help: 'Remove a key; not the one that is in use.',
    long: false,
    load: () => import('../commands/key-remove.ts'),
  },
];
