/** `undelete backup VOLUME…|ID…`. */
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { imagesNamed } from '../named-images.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, output, repository, engine, cancellation } = context;
  await repository.open();
  const named = await imagesNamed(context, operands);
  const deleted = named
    .flatMap((one) => (one.kind === 'image' ? [one.image] : one.images))
    .filter(({ deletedAt }) => deletedAt !== undefined);
  const wanted = [...new Map(deleted.map((image) => [image.id, image])).values()];
  if (wanted.length === 0) output.warning('None of these images is deleted.', 'noMatch');
  else await cancellation.race(engine.retention.undeleteImages(wanted.map(({ id }) => id)));
  output.json({ undeleted: wanted.map(({ id, volume, time }) => ({ id, volume, time })) });
  output.result(...wanted.map(({ id, volume }) => `${id.slice(0, 8)} of ${volume} is no longer deleted.`));
  return output.worst;
}
