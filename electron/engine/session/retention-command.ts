/** Expirations as the command lines that ask for the same. */
import type { ExpirationRequest } from '#contract';
import { pruneCommand } from './prune-command.ts';

/**
 * `stillframe expire …`; empty for the expiration of single volumes, since `expire VOLUME` is another command: it
 * deactivates them.
 */
export function expireCommandText({ volumes, reclaim, prune = {} }: ExpirationRequest): string {
  if (volumes !== undefined) return '';
  const options = pruneCommand(prune).split(' ').slice(2);
  return ['stillframe', 'expire', ...(reclaim === false ? ['-reclaim=no'] : options)].join(' ');
}
