/** `sweep`: removes what stopped runs left behind. */
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';

export async function run({ output, engine, cancellation }: CommandContext): Promise<ReturnCode> {
  const { removed, left } = await cancellation.race(engine.sweep());
  output.json({ removed, left });
  output.result(...(removed.length > 0 ? removed : ['Nothing was left behind.']));
  for (const sentence of left) output.warning(sentence, 'leftover');
  return output.worst;
}
