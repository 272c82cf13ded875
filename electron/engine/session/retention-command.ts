/** Expirations and prunes as the command lines that ask for the same. */
import type { ExpirationRequest, PruneRequest } from '#contract';

const KIB = 1024;

/**
 * `stillframe expire …`; empty for the expiration of single volumes, since `expire VOLUME` is another command: it
 * deactivates them.
 */
export function expireCommandText({ volumes, reclaim, prune }: ExpirationRequest): string {
  if (volumes !== undefined) return '';
  const reclaimOption = reclaim === false ? ['-reclaim=no'] : [];
  return ['stillframe', 'expire', ...reclaimOption, ...pruneOptions(prune ?? {})].join(' ');
}

/** `stillframe prune …`. */
export function pruneCommandText(request: PruneRequest): string {
  return ['stillframe', 'prune', ...pruneOptions(request)].join(' ');
}

function pruneOptions({ maxUnusedPercent, maxRepackBytes }: PruneRequest): string[] {
  return [
    ...(maxUnusedPercent === undefined ? [] : [`-maxunused=${maxUnusedPercent}`]),
    ...(maxRepackBytes === undefined ? [] : [`-maxrepack=${Math.ceil(maxRepackBytes / KIB)}k`]),
  ];
}
