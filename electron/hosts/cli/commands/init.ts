/** `init`: creates a repository. */
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';

export async function run({ output, repository }: CommandContext): Promise<ReturnCode> {
  const { id, recoveryKey } = await repository.create();
  // Whoever asks for JSON is a program that has to hand the key on: nobody else will ever see it.
  output.json({ repository: repository.location, id, recoveryKey });
  return output.worst;
}
