/** `key add`. */
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { newPassphrase, refuseArguments } from '../new-passphrase.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { output, repository, engine } = context;
  refuseArguments(context);
  await repository.open();
  const id = await engine.repository.addKey(await newPassphrase(context));
  output.json({ id });
  output.result(`Added the key ${id.slice(0, 8)}.`);
  return output.worst;
}
