/** `query volume [VOLUME] [-detail]`. */
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { readinessLines } from '../text/readiness-text.ts';
import { volumeDetailLines, volumeTable } from '../text/volume-text.ts';
import { volumeMatcher } from '../volume-names.ts';

export async function run({ operands, options, output, engine, cancellation }: CommandContext): Promise<ReturnCode> {
  const [wanted] = operands;
  const all = await cancellation.race(engine.listVolumes());
  const isWanted = volumeMatcher(wanted);
  const volumes = all.filter(
    ({ name, mounts }) => isWanted(name) || mounts.some(({ mountPoint }) => isWanted(mountPoint)),
  );
  if (wanted !== undefined && volumes.length === 0) throw new EngineError('VOLUME_NOT_FOUND', { volume: wanted });
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
