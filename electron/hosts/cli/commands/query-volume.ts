/** `query volume [VOLUME] [-detail]`. */
import type { Volume } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { readinessLines } from '../text/readiness-text.ts';
import { volumeDetailLines, volumeTable } from '../text/volume-text.ts';
import { isPattern, volumeMatcher } from '../volume-names.ts';

export async function run({ operands, options, output, engine, cancellation }: CommandContext): Promise<ReturnCode> {
  const [wanted] = operands;
  const all = await cancellation.race(engine.listVolumes());
  const isWanted = volumeMatcher(wanted);
  const listed = all.filter(
    ({ name, mounts }) => isWanted(name) || mounts.some(({ mountPoint }) => isWanted(mountPoint)),
  );
  const volumes = wanted !== undefined && listed.length === 0 ? [await unlisted(engine, wanted)] : listed;
  const { detail } = options.values;
  // Asked of one volume only: each provider runs programs of its own.
  const readiness =
    detail && wanted !== undefined ? await Promise.all(volumes.map(({ name }) => engine.snapshotReadiness(name))) : [];
  output.json({ volumes, ...(readiness.length > 0 ? { readiness } : {}) });
  if (volumes.length === 0) output.result('There is no volume here that could be backed up.');
  else output.result(...(detail ? volumes.flatMap(volumeDetailLines) : volumeTable(volumes)));
  output.result(...readiness.flatMap(readinessLines));
  return output.worst;
}

/** A file or a link to a device is in no list, and can be backed up all the same. Throws `VOLUME_NOT_FOUND`. */
async function unlisted(engine: CommandContext['engine'], wanted: string): Promise<Volume> {
  if (isPattern(wanted)) throw new EngineError('VOLUME_NOT_FOUND', { volume: wanted });
  return engine.findVolume(wanted);
}
