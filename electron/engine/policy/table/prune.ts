/** Options of pruning. */
import { COMMAND_ONLY } from '../option-definition.ts';
import { flag, integer, size } from '../option-kinds.ts';

/** Percent of the repository that may stay unused where nobody says otherwise; restic's default, too. */
export const DEFAULT_MAX_UNUSED_PERCENT = 5;

/** Largest `maxrepack`, kilobytes: 1 PiB. */
const MAXIMUM_REPACK_KB = 1024 ** 4;

export const PRUNE_OPTIONS = {
  preview: flag(
    { display: 'PREView', places: COMMAND_ONLY, help: 'Show what would be done and why; change nothing.' },
    false,
  ),
  maxunused: integer(
    {
      display: 'MAXUnused',
      places: COMMAND_ONLY,
      help: 'Percent of the repository that may stay unused, because moving what lies beside it is not worth it.',
    },
    { minimum: 0, maximum: 100 },
    DEFAULT_MAX_UNUSED_PERCENT,
  ),
  maxrepack: size(
    {
      display: 'MAXREpack',
      places: COMMAND_ONLY,
      help: 'Most that may be written anew in this run; 0 is no limit.',
    },
    { minimumKb: 0, maximumKb: MAXIMUM_REPACK_KB },
    0,
  ),
} as const;
