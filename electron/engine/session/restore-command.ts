/** The command line that does what a restore was asked to do. */
import type { FreeSpaceHandling } from '#contract';
import { shellQuote } from '../base/shell-quote.ts';

/** What a restore is made with: what the request leaves open is what the options file says. */
export interface RestoreTexts {
  toFile: boolean;
  freeSpace: FreeSpaceHandling;
  verify: boolean;
  allowSmaller: boolean;
}

/**
 * `stillframe restore image …`. What the options file could say otherwise is written out; the target's name still has to be
 * typed.
 */
export function restoreCommand(
  imageId: string,
  targetName: string,
  { toFile, freeSpace, verify, allowSmaller }: RestoreTexts,
): string {
  const words = ['stillframe', 'restore', 'image', imageId, shellQuote(targetName)];
  if (toFile) words.push('-imagetofile');
  words.push(`-freespace=${freeSpace}`, `-verifyimage=${verify ? 'yes' : 'no'}`);
  if (allowSmaller) words.push('-allowsmaller');
  return words.join(' ');
}
