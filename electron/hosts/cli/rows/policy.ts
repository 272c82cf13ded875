/** Management classes, expiration, deletion. */
import type { CommandRow } from '../command-row.ts';

export const POLICY_ROWS: readonly CommandRow[] = [];
