/** Options of the error log. */
import { COMMAND_AND_FILE, type OptionDefinition, ValueRejected } from '../option-definition.ts';
import { integer, path } from '../option-kinds.ts';

/** How long lines of a log are kept, and what becomes of older ones: `D` they are gone, `S` they are saved. */
export interface LogRetention {
  /** Absent: they are kept. */
  days?: number;
  action: 'D' | 'S';
}

const MOST_DAYS = 9999;

const errorlogretention: OptionDefinition<LogRetention> = {
  display: 'ERRORLOGRetention',
  places: COMMAND_AND_FILE,
  tab: 'general',
  help: 'Days that lines of the error log are kept; D discards older ones, S saves them in a file that ends in .pru.',
  kind: 'text',
  unit: '',
  values: [],
  fallback: { action: 'D' },
  allowed: `N | 0 to ${MOST_DAYS} [D | S]`,
  parse(text) {
    // On a command line a comma needs no quotes: -errorlogretention=7,S.
    const [, never, digits = '', letter = ''] =
      /^(?:(n)|(\d{1,9})(?:(?:\s+|\s*,\s*)([ds]))?)$/i.exec(text.trim()) ?? [];
    if (never !== undefined) return { action: 'D' };
    if (digits === '') throw new ValueRejected('The value must be N, or a number of days and then D or S.');
    const days = Number(digits);
    if (days > MOST_DAYS) throw new ValueRejected('The value is out of range.');
    return { days, action: letter.toUpperCase() === 'S' ? 'S' : 'D' };
  },
  format: ({ days, action }) => (days === undefined ? 'N' : `${days} ${action}`),
};

export const LOGS_OPTIONS = {
  errorlogname: path({
    display: 'ERRORLOGName',
    locked: true,
    tab: 'general',
    help: 'File for warnings and errors; default: error.log in the state directory.',
  }),
  errorlogretention,
  errorlogmax: integer(
    {
      display: 'ERRORLOGMAX',
      tab: 'general',
      unit: 'MB',
      help: 'Size at which the error log is put aside (its name and .1) and a new one begins; 0: it only grows.',
    },
    { minimum: 0, maximum: 2047 },
    1,
  ),
} as const;
