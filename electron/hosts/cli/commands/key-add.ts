/** `key add`. */
import { EngineError } from '#engine/base/errors.ts';
import { readPassphraseFile } from '#engine/policy/given-passphrase.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { output, repository, engine } = context;
  await repository.open();
  const id = await engine.repository.addKey(await newPassphrase(context));
  output.json({ id });
  output.result(`Added the key ${id.slice(0, 8)}.`);
  return output.worst;
}

async function newPassphrase({ options, terminal, cancellation }: CommandContext): Promise<string> {
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
  throw new EngineError('COMMAND_INVALID', { reason, remedy: 'Run the command again. No key was added.' });
}
