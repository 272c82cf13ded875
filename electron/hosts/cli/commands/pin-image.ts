/** `pin image VOLUME|ID [-reason=…]`. */
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { imagesNamed } from '../named-images.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, options, output, repository, engine, cancellation } = context;
  await repository.open();
  const [named] = await imagesNamed(context, operands);
  const newest =
    named?.kind === 'volume'
      ? named.images.find(({ origin, deletedAt }) => origin === 'stillframe' && deletedAt === undefined)
      : named?.image;
  if (newest === undefined) throw new EngineError('IMAGE_NOT_FOUND', { image: operands[0] ?? '' });
  const { id, volume } = newest;
  const reason = options.values.reason ?? '';
  await cancellation.race(engine.retention.pin({ imageId: id, pinned: true, reason }));
  output.json({ id, volume, pinned: true, reason });
  output.result(`${id.slice(0, 8)} of ${volume} is pinned: it is kept whatever policy says.`);
  return output.worst;
}
