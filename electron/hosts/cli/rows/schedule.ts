/** What runs by itself. */
import { ANY, type CommandRow } from '../command-row.ts';

export const SCHEDULE_ROWS: readonly CommandRow[] = [
  {
    words: ['SCHedule', 'Add'],
    operands: 'NAME [VOLUME…]',
    operandCount: { minimum: 1, maximum: ANY },
    options: ['action', 'time', 'days', 'randomdelay', 'catchup', 'enabled'],
    help: 'Have a backup, a check or an expiration run by itself.',
    notes: [
      'Where systemd runs, a timer is installed: one of this computer as root, one of your own otherwise. Elsewhere the',
      'line for your crontab is printed. A backup without VOLUME takes those of domain.image each time that it runs.',
      'The run opens the repository by the key that is kept, or by -passwordfile=, for nobody is there to be asked.',
    ],
    long: false,
    load: () => import('../commands/schedule-add.ts'),
  },
  {
    words: ['SCHedule', 'Change'],
    operands: 'NAME [VOLUME…]',
    operandCount: { minimum: 1, maximum: ANY },
    options: ['action', 'time', 'days', 'randomdelay', 'catchup', 'enabled'],
    help: 'Change a schedule; what is not named stays, and its timer is installed anew.',
    notes: [
      'VOLUMEs take the place of those that were named before. -enabled=no keeps the schedule without its timer.',
    ],
    long: false,
    load: () => import('../commands/schedule-change.ts'),
  },
  {
    words: ['SCHedule', 'Remove'],
    operands: 'NAME',
    operandCount: { minimum: 1, maximum: 1 },
    options: ['noprompt'],
    help: 'Remove a schedule with its timer. You are asked, unless -noprompt is given.',
    long: false,
    load: () => import('../commands/schedule-remove.ts'),
  },
  {
    words: ['SCHedule', 'Preview'],
    operands: '[NAME [VOLUME…]]',
    operandCount: { minimum: 0, maximum: ANY },
    options: ['action', 'time', 'days', 'randomdelay', 'catchup', 'enabled'],
    help: 'Print the units and the line for cron, without installing anything.',
    notes: ['Of the schedule NAME, or of one as the options say. Without NAME of every schedule.'],
    long: false,
    load: () => import('../commands/schedule-preview.ts'),
  },
  {
    words: ['Query', 'SCHedule'],
    operands: '[NAME]',
    operandCount: { minimum: 0, maximum: 1 },
    options: ['detail'],
    help: 'List the schedules: when they run next, when they ran last, and whether something starts them.',
    long: false,
    load: () => import('../commands/query-schedule.ts'),
  },
];
