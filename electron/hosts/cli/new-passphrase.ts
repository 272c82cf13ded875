/** A passphrase that is to open the repository from now on: from a file, or typed twice. Never from an argument. */
import { EngineError } from '#engine/base/errors.ts';
import { readPassphraseFile } from '#engine/policy/given-passphrase.ts';
import type { CommandContext } from './command-context.ts';

/** A passphrase among the arguments is not repeated, and not used. Throws `COMMAND_INVALID`. */
export function refuseArguments({ operands }: Pick<CommandContext, 'operands'>): void {
  if (operands.length === 0) return;
  throw new EngineError('COMMAND_INVALID', {
    reason:
      'A passphrase is never taken from an argument, because every process can read arguments. Nothing was changed.',
    remedy: 'Use -passwordfile=FILE and -newpasswordfile=FILE, or let yourself be asked.',
  });
}

/** Throws `PASSPHRASE_REQUIRED` where there is nobody to ask, `COMMAND_INVALID` where nothing usable was typed. */
export async function newPassphrase({ options, terminal, cancellation }: CommandContext): Promise<string> {
  const file = options.values.newpasswordfile;
  if (file !== undefined) return readPassphraseFile('newpasswordfile', file);
  if (!terminal.interactive) {
    throw new EngineError('PASSPHRASE_REQUIRED', {
      reason: 'The new passphrase is missing, and there is no terminal to ask at.',
      remedy: 'Give it with -newpasswordfile=FILE.',
    });
  }
  const typed = await terminal.askSecret('New passphrase: ', cancellation.signal);
  const again = await terminal.askSecret('The same again: ', cancellation.signal);
  if (typed !== '' && typed === again) return typed;
  const reason = typed === '' ? 'Nothing was typed.' : 'The two passphrases differ.';
  throw new EngineError('COMMAND_INVALID', { reason, remedy: 'Run the command again. Nothing was changed.' });
}
