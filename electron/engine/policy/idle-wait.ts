/** The kind of option that says how long a volume is to be idle before its snapshot. */
import { COMMAND_AND_FILE, type OptionDefinition, type Row, ValueRejected } from './option-definition.ts';

/** How long a volume is to be without writes, in milliseconds: at the first try, and at the last one. */
export interface IdleWait {
  readonly firstMs: number;
  /** Not more than `firstMs`. */
  readonly lastMs: number;
}

const MOST_WAIT = 999;
const SECOND_MS = 1000;

function waitMs(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,15})(s|ms)?$/i.exec(text) ?? [];
  if (digits === undefined) throw new ValueRejected('The value must be a time like 2s or 500ms, or two of them.');
  const count = Number(digits);
  if (count > MOST_WAIT) throw new ValueRejected('The value is out of range.');
  return unit.toLowerCase() === 'ms' ? count : count * SECOND_MS;
}

function waitText(ms: number): string {
  if (ms === 0) return '0';
  return ms % SECOND_MS === 0 ? `${ms / SECOND_MS}s` : `${ms}ms`;
}

/**
 * One time, or the first and the last of several with a comma between them: `2s,500ms`. Each is 0 to 999 seconds or
 * milliseconds, without a unit seconds (domain reference 1.7).
 */
export function idleWait(row: Row<IdleWait>, fallback: IdleWait): OptionDefinition<IdleWait> {
  return {
    places: COMMAND_AND_FILE,
    unit: 's',
    values: [],
    ...row,
    kind: 'wait',
    fallback,
    allowed: `TIME or FIRST,LAST; 0 to ${MOST_WAIT}, suffix s or ms, none means s`,
    parse(text) {
      const [first = '', last = first, ...more] = text.split(',');
      if (more.length > 0) throw new ValueRejected('The value can hold two times at most.');
      const wait = { firstMs: waitMs(first), lastMs: waitMs(last) };
      if (wait.lastMs > wait.firstMs) throw new ValueRejected('The second time must not be longer than the first.');
      return wait;
    },
    format: ({ firstMs, lastMs }) => (firstMs === lastMs ? [firstMs] : [firstMs, lastMs]).map(waitText).join(','),
  };
}
