/** The commands: one row each. A command is added by one row in `rows/` and one file in `commands/`. */
import { fullName, shortestAbbreviation } from '#engine/policy/abbreviations.ts';
import type { OptionName } from '#engine/policy/options.ts';
import type { CommandRow } from './command-row.ts';
import { ADAPTER_ROWS } from './rows/adapter.ts';
import { IMAGE_ROWS } from './rows/images.ts';
import { POLICY_ROWS } from './rows/policy.ts';
import { PRUNE_ROWS } from './rows/prune.ts';
import { QUERY_ROWS } from './rows/queries.ts';
import { REPOSITORY_ROWS } from './rows/repository.ts';
import { SCHEDULE_ROWS } from './rows/schedule.ts';
import { SESSION_ROWS } from './rows/session.ts';

/** Options that every command takes. */
export const COMMON_OPTIONS: readonly OptionName[] = [
  'repository',
  'passwordfile',
  'json',
  'quiet',
  'errorlogname',
  'errorlogretention',
  'errorlogmax',
  'debug',
];

/** In the order in which help shows them. */
export const COMMANDS: readonly CommandRow[] = [
  ...IMAGE_ROWS,
  ...QUERY_ROWS,
  ...REPOSITORY_ROWS,
  ...POLICY_ROWS,
  ...PRUNE_ROWS,
  ...SESSION_ROWS,
  ...SCHEDULE_ROWS,
  ...ADAPTER_ROWS,
];

/** `backup image`. */
export function commandName(row: CommandRow): string {
  return row.words.map(fullName).join(' ');
}

/** `b im`: the shortest form that stays valid. */
export function shortestCommand(row: CommandRow): string {
  return row.words.map(shortestAbbreviation).join(' ');
}
