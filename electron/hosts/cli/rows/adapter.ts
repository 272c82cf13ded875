/** Requests of other programs. */
import type { CommandRow } from '../command-row.ts';

export const ADAPTER_ROWS: readonly CommandRow[] = [];
