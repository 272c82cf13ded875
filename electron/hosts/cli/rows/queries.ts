/** Looking: images, volumes, options, what was done. */
import type { CommandRow } from '../command-row.ts';

export const QUERY_ROWS: readonly CommandRow[] = [
  {
    words: ['Query', 'IMage'],
    operands: '[VOLUME]',
    operandCount: { minimum: 0, maximum: 1 },
    options: ['detail', 'inactive'],
    help: 'List the active images, or every image with -inactive.',
    notes: [
      'For an image of a partition, -detail also prints a script by which sfdisk makes the partition table again.',
    ],
    long: false,
    load: () => import('../commands/query-image.ts'),
  },
  {
    words: ['Query', 'VOlume'],
    operands: '[VOLUME]',
    operandCount: { minimum: 0, maximum: 1 },
    options: ['detail'],
    help: 'List what can be backed up on this machine.',
    notes: [
      '-detail also shows the partition tables of disks and of image files, and what is wrong with them. Of a VOLUME that',
      'is named it shows which snapshot provider works on it, or why none does and how to get one.',
    ],
    long: false,
    load: () => import('../commands/query-volume.ts'),
  },
  {
    words: ['Query', 'OPtions'],
    operands: '[VOLUME]',
    operandCount: { minimum: 0, maximum: 1 },
    options: ['detail'],
    help: 'Show the options in force, and who set each of them.',
    notes: [
      'Of a VOLUME that is named it shows what backups of it are made with: the include.image rule that holds for it, too.',
      '-detail adds defaults, what may be given, and what the option is for.',
    ],
    long: false,
    load: () => import('../commands/query-options.ts'),
  },
];
