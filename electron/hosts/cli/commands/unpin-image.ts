/** `unpin image VOLUME|ID`. */
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { imagesNamed } from '../named-images.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, output, repository, engine, cancellation } = context;
  await repository.open();
  const named = await imagesNamed(context, operands);
  const pinned = named
    .flatMap((one) => (one.kind === 'image' ? [one.image] : one.images))
    .filter((image) => image.pinned !== undefined);
  if (pinned.length === 0) output.warning('Nothing of that is pinned.', 'noMatch');
  for (const { id, volume } of pinned) {
    await cancellation.race(engine.retention.pin({ imageId: id, pinned: false, reason: '' }));
    output.result(`${id.slice(0, 8)} of ${volume} is no longer pinned: policy decides about it.`);
  }
  output.json({ unpinned: pinned.map(({ id, volume }) => ({ id, volume })) });
  return output.worst;
}
