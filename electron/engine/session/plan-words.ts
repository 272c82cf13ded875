/** English sentences of a plan. */
import type { EngineError } from '../base/errors.ts';
import type { UsedMap } from '../image/backup.ts';

/** Why so much is read. `earlierImages`: how many the volume has. */
export function whyThatMuch(used: UsedMap, gapBytes: number, earlierImages: number): string {
  const known =
    earlierImages > 0 ? ' Every block is compared with what the repository has; only changed ones are stored.' : '';
  return whatIsRead(used, gapBytes) + known;
}

function whatIsRead({ summary, facts }: UsedMap, gapBytes: number): string {
  if (summary.mode === 'used' && facts.type === 'swap') {
    return 'Only the header of the swap area is read: nothing else in it outlives a restart.';
  }
  if (summary.mode === 'used') return `Only the blocks that ${facts.type} uses are read.`;
  if (gapBytes === 0) return 'imagegapsize is 0, so the whole volume is read.';
  if (facts.type === 'raw') return 'No known file system was found, so the whole volume is read.';
  return `The whole volume is read, because the blocks that ${facts.type} uses are not known.`;
}

/** What is wrong and what to do about it, as far as the error says. */
export function sentenceOf({ code, details }: EngineError): string {
  const { reason, remedy } = details;
  return [reason, remedy].filter((text) => typeof text === 'string' && text !== '').join(' ') || code;
}
