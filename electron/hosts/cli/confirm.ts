/** Questions before something is deleted. */
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from './command-context.ts';

/**
 * Shows what is about to be done and asks for a yes. -noprompt is one. Throws `DELETION_NOT_CONFIRMED` for any other
 * answer and where nobody can answer, `CANCELLED`.
 */
export async function confirmDeletion(
  { options, output, terminal, cancellation }: CommandContext,
  shown: readonly string[],
  question: string,
): Promise<void> {
  if (options.values.noprompt) return;
  if (!terminal.interactive) {
    const reason = 'There is no terminal to ask at.';
    throw new EngineError('DELETION_NOT_CONFIRMED', {
      reason,
      remedy: 'Use -noprompt if it is to be done all the same.',
    });
  }
  output.message(...shown);
  const typed = (await terminal.ask(`${question} (Yes (Y)/No (N)) `, cancellation.signal)).trim().toLowerCase();
  if (typed === 'y' || typed === 'yes') return;
  throw new EngineError('DELETION_NOT_CONFIRMED', { reason: 'The answer was not yes.' });
}
