/** The command line that does what a restore was asked to do. */
import type { RestoreRequest } from '#contract';
import { shellQuote } from '../base/shell-quote.ts';

/**
 * `stillframe restore image …`. What the options file could say otherwise is written out; the target's name still has to be
 * typed.
 */
export function restoreCommand(imageId: string, targetName: string, request: RestoreRequest): string {
  const words = ['stillframe', 'restore', 'image', imageId, shellQuote(targetName)];
  if (request.toFile === true) words.push('-imagetofile');
  words.push(`-freespace=${request.freeSpace ?? 'skip'}`, `-verifyimage=${request.verify === false ? 'no' : 'yes'}`);
  if (request.allowSmaller === true) words.push('-allowsmaller');
  return words.join(' ');
}
