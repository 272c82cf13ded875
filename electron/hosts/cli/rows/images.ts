/** Backing up and restoring images. */
import { RUN_OPTIONS } from '#engine/policy/run-options.ts';
import { ANY, type CommandRow } from '../command-row.ts';

export const IMAGE_ROWS: readonly CommandRow[] = [
  {
    words: ['Backup', 'IMage'],
    operands: '[VOLUME…]',
    operandCount: { minimum: 0, maximum: ANY },
    options: [
      'mode',
      'imagetype',
      'snapshotproviderimage',
      ...RUN_OPTIONS,
      'imagegapsize',
      'managementclass',
      'compressionlevel',
      'allowraw',
      'scheduled',
    ],
    help: 'Back up volumes as images, one after the other.',
    notes: [
      'VOLUME is a block device, its mount point, or a file that holds a file system. Where none is named, the volumes of',
      'domain.image in the options file are taken. A volume that an exclude.image rule names is skipped.',
      'The personal repository is created by the first backup. Its key is kept in the configuration directory.',
    ],
    long: true,
    load: () => import('../commands/backup-image.ts'),
  },
  {
    words: ['REStore', 'Image'],
    operands: 'SOURCE [DESTINATION]',
    operandCount: { minimum: 1, maximum: 2 },
    options: ['imagetofile', 'freespace', 'verifyimage', 'allowsmaller', 'noprompt'],
    help: 'Restore an image to its volume, another volume, or a file.',
    notes: [
      'SOURCE is a volume name, for its latest active image, or the id of an image.',
      'Everything on DESTINATION is overwritten. You are asked to type its name, unless -noprompt is given.',
    ],
    long: true,
    load: () => import('../commands/restore-image.ts'),
  },
];
