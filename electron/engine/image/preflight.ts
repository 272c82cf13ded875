/** Before the first write of a restore: can what is needed be read at all? */
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import { ID_BYTES } from '../native.ts';
import type { Random } from '../ports.ts';
import type { BlobIndex, Repository } from '../repository/types.ts';
import { BLOCK_DATA, type ContentMap } from './content-map.ts';

/** Share of the needed packs that is sampled, and its bounds. */
const SAMPLE_SHARE = 0.01;
const MIN_SAMPLED_PACKS = 3;
const MAX_SAMPLED_PACKS = 24;

/**
 * Decrypts and checks every needed blob of the first pack, and one blob of each of a random sample of the others.
 * Throws `REPOSITORY_DAMAGED` or `REPOSITORY_UNREACHABLE` while the target is still untouched.
 */
export async function checkReadable(
  repository: Repository,
  map: ContentMap,
  index: BlobIndex,
  random: Random,
  signal: AbortSignal,
): Promise<void> {
  const blockOfPack = new Map<number, number>();
  let firstPack: number | undefined;
  const firstPackBlobs = new Set<string>();
  for (let i = 0; i < map.count; i++) {
    if (map.states[i] !== BLOCK_DATA) continue;
    const location = index.find(map.ids, i * ID_BYTES, 'data');
    if (!location) continue;
    firstPack ??= location.packNumber;
    if (location.packNumber === firstPack) firstPackBlobs.add(idOf(map, i));
    else if (!blockOfPack.has(location.packNumber)) blockOfPack.set(location.packNumber, i);
  }
  const others = [...blockOfPack.values()];
  const wanted = Math.min(
    others.length,
    MAX_SAMPLED_PACKS,
    Math.max(MIN_SAMPLED_PACKS, Math.ceil(others.length * SAMPLE_SHARE)),
  );
  const sample = [...firstPackBlobs];
  for (let n = 0; n < wanted; n++) {
    const [block] = others.splice(random.below(others.length), 1);
    if (block !== undefined) sample.push(idOf(map, block));
  }
  for (const id of sample) {
    throwIfCancelled(signal);
    try {
      await repository.readBlob('data', id);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      throw new EngineError(error.code, { ...error.details, written: [] }, { cause: error });
    }
  }
}

function idOf(map: ContentMap, block: number): string {
  return Buffer.from(map.ids.subarray(block * ID_BYTES, (block + 1) * ID_BYTES)).toString('hex');
}
