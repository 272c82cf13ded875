/** Pieces of sentences that the grammar says. */
import { EngineError } from '#engine/base/errors.ts';

/** Names of the program: `dsmc` where it was started as that. */
export type ProgramName = 'stillframe' | 'dsmc';

/** A command line that makes no sense: what is wrong, what to do. */
export function invalid(reason: string, remedy: string): EngineError {
  return new EngineError('COMMAND_INVALID', { reason, remedy });
}

/** `“a”, “b” or “c”`; options stand without quotes. */
export function list(items: readonly string[], conjunction = 'or'): string {
  const quoted = items.map((item) => (item.startsWith('-') ? item : `“${item}”`));
  if (quoted.length < 2) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} ${conjunction} ${quoted.at(-1)}`;
}
