/** `query volume [VOLUME] [-detail]`. */
import { resolve } from 'node:path';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { volumeDetailLines, volumeTable } from '../text/volume-text.ts';

export async function run({ operands, options, output, engine, cancellation }: CommandContext): Promise<ReturnCode> {
  const [wanted] = operands;
  const all = await cancellation.race(engine.listVolumes());
  const names = wanted === undefined ? [] : [wanted, resolve(wanted)];
  const volumes = all.filter(
    ({ name, mounts }) =>
      wanted === undefined || names.includes(name) || mounts.some(({ mountPoint }) => names.includes(mountPoint)),
  );
  if (wanted !== undefined && volumes.length === 0) throw new EngineError('VOLUME_NOT_FOUND', { volume: wanted });
  output.json({ volumes });
  if (volumes.length === 0) output.result('There is no volume here that could be backed up.');
  else output.result(...(options.values.detail ? volumes.flatMap(volumeDetailLines) : volumeTable(volumes)));
  return output.worst;
}
