/**
 * The one table of options. The command line, the options file, rules, help, the Preferences editor and docs/options.md
 * all read it; an option is added by adding one row to a file in `table/`. Names, values, units and defaults follow the
 * field's backup-archive clients (domain reference, section 1) where those have the option.
 */
import type { OptionDefinition } from './option-definition.ts';
import { ADAPTER_OPTIONS } from './table/adapter.ts';
import { BACKUP_OPTIONS } from './table/backup.ts';
import { COMMAND_LINE_OPTIONS } from './table/command-line.ts';
import { LOGS_OPTIONS } from './table/logs.ts';
import { POLICY_OPTIONS } from './table/policy.ts';
import { PRUNE_OPTIONS } from './table/prune.ts';
import { QUERY_OPTIONS } from './table/query.ts';
import { REPOSITORY_OPTIONS } from './table/repository.ts';
import { RESTORE_OPTIONS } from './table/restore.ts';
import { SCHEDULE_OPTIONS } from './table/schedule.ts';
import { SNAPSHOT_OPTIONS } from './table/snapshot.ts';
import { WINDOW_OPTIONS } from './table/window.ts';

export {
  DEFAULT_COMPRESSION_LEVEL,
  DEFAULT_GAP_BYTES,
  DEFAULT_MANAGEMENT_CLASS,
  MAXIMUM_GAP_KB,
} from './table/backup.ts';

export const OPTIONS = {
  ...REPOSITORY_OPTIONS,
  ...BACKUP_OPTIONS,
  ...SNAPSHOT_OPTIONS,
  ...RESTORE_OPTIONS,
  ...QUERY_OPTIONS,
  ...POLICY_OPTIONS,
  ...PRUNE_OPTIONS,
  ...SCHEDULE_OPTIONS,
  ...LOGS_OPTIONS,
  ...ADAPTER_OPTIONS,
  ...WINDOW_OPTIONS,
  ...COMMAND_LINE_OPTIONS,
} as const satisfies Record<string, OptionDefinition<never> | OptionDefinition<unknown>>;

export type OptionName = keyof typeof OPTIONS;

/** The typed value of every option. */
export type OptionValues = {
  [N in OptionName]: (typeof OPTIONS)[N] extends OptionDefinition<infer T> ? T : never;
};

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

/** Commands and names of files that are written: who may write the options file decides, not a window or a browser. */
export function isLocked(row: Pick<OptionRow, 'kind' | 'locked'>): boolean {
  return row.kind === 'command' || row.locked === true;
}

/** An option's row as something that can be matched and described, whatever its type. */
export interface OptionRow extends Omit<OptionDefinition<unknown>, 'parse' | 'format' | 'fallback'> {
  readonly name: OptionName;
  /** What holds by default, as it could be typed. */
  readonly fallbackText: string;
}

/** Every option, in the order of the table. */
export const OPTION_ROWS: readonly OptionRow[] = OPTION_NAMES.map(rowOf);

function rowOf<N extends OptionName>(name: N): OptionRow {
  return { ...OPTIONS[name], name, fallbackText: formatOption(name, OPTIONS[name].fallback as OptionValues[N]) };
}

/** The definition of one option with its value's type. */
export function definitionOf<N extends OptionName>(name: N): OptionDefinition<OptionValues[N]> {
  return OPTIONS[name] as unknown as OptionDefinition<OptionValues[N]>;
}

/** A value as it could be typed on the command line or stand in a manifest. */
export function formatOption<N extends OptionName>(name: N, value: OptionValues[N]): string {
  return definitionOf(name).format(value);
}
