/** How the adapter says that a request is not understood. */
import { EngineError } from '#engine/base/errors.ts';

/** Longest piece of a request that is repeated in an error, in characters. */
const LONGEST_QUOTE = 80;

/** `REQUEST_INVALID`. Sentences name what is wrong; nothing was done. */
export function refusal(reason: string, remedy?: string): EngineError {
  return new EngineError('REQUEST_INVALID', { reason, ...(remedy === undefined ? {} : { remedy }) });
}

/** What a request says, as an error may repeat it: one line, and not too long. */
export function quoted(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
  const short = line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
  return `“${short}”`;
}
