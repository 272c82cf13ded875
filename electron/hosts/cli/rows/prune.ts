/** Giving space back. */
import type { CommandRow } from '../command-row.ts';

export const PRUNE_ROWS: readonly CommandRow[] = [];
