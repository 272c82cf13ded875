/** The images that a volume has already when another one is being made: what policy could take them for. */
import type { ImageSummary } from '#contract';
import type { Id, Repository, Snapshot } from '../repository/types.ts';
import { PRODUCT_TAG } from './image-files.ts';
import { normalizeTime } from './image-list.ts';

/** What is remarkable about the earlier images of a volume. */
export interface EarlierImages {
  /**
   * The one with the latest date, where that is later than that of the image being made. There is one where a clock was
   * set back, or lost its battery: policy goes by dates, and must not take the new image for an old one.
   */
  later?: { id: Id; time: string };
  /** The newest one before is of a file system with this UUID, and not of the one that is there now. */
  otherFileSystem?: string;
}

/** What cannot be read counts as none. `made`: what the new image will say of itself; `fsUuid` `''` where not known. */
export async function earlierImages(
  repository: Repository,
  made: Pick<ImageSummary, 'volume' | 'hostname' | 'time'> & { fsUuid: string },
): Promise<EarlierImages> {
  const snapshots = await repository.listSnapshots(() => undefined);
  // Newest first.
  const own = snapshots.filter(({ snapshot: { hostname, paths, tags } }) => {
    return hostname === made.hostname && paths.includes(made.volume) && tags?.includes(PRODUCT_TAG);
  });
  const [newest] = own;
  if (newest === undefined) return {};
  const time = normalizeTime(newest.snapshot.time);
  const fsUuid = fsUuidOf(newest.snapshot);
  return {
    ...(Date.parse(time) > Date.parse(made.time) ? { later: { id: newest.id, time } } : {}),
    ...(fsUuid !== '' && made.fsUuid !== '' && fsUuid !== made.fsUuid ? { otherFileSystem: fsUuid } : {}),
  };
}

function fsUuidOf({ stillframe }: Snapshot): string {
  const uuid: unknown =
    typeof stillframe === 'object' && stillframe !== null ? Reflect.get(stillframe, 'fsUuid') : undefined;
  return typeof uuid === 'string' ? uuid : '';
}
