/** `key remove ID`. */
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';

export async function run({ operands, output, repository, engine, cancellation }: CommandContext): Promise<ReturnCode> {
  const [prefix = ''] = operands;
  await repository.open();
  const keys = await cancellation.race(engine.repository.listKeys());
  const matching = keys.filter((key) => key.id.startsWith(prefix.toLowerCase()));
  const [key] = matching;
  if (!key) throw new EngineError('KEY_NOT_FOUND', { key: prefix });
  if (matching.length > 1) {
    throw new EngineError('KEY_NOT_FOUND', { key: prefix, reason: 'Several keys begin like this.' });
  }
  await engine.repository.removeKey(key.id);
  output.json({ id: key.id });
  output.result(`Removed the key ${key.id.slice(0, 8)}.`);
  return output.worst;
}
