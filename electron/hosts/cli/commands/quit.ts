/** `quit`: ends a session and the macros in it. */
import type { PlainContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';

export async function run({ session, output }: PlainContext): Promise<ReturnCode> {
  session.end();
  return output.worst;
}
