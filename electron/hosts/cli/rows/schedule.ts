/** What runs by itself. */
import type { CommandRow } from '../command-row.ts';

export const SCHEDULE_ROWS: readonly CommandRow[] = [];
