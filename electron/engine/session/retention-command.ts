/** Expirations as the command lines that ask for the same. */
import type { ExpirationRequest } from '#contract';
import { pruneOptions } from './prune-command.ts';

/**
 * `stillframe expire …`; empty for the expiration of single volumes, since `expire VOLUME` is another command: it
 * deactivates them.
 */
export function expireCommandText({ volumes, reclaim, prune = {} }: ExpirationRequest): string {
  if (volumes !== undefined) return '';
  const options = reclaim === false ? ['-reclaim=no'] : pruneOptions(prune);
  return ['stillframe expire', ...options].join(' ');
}
