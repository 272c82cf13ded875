/** What starts in the root directory, held against the layout and the FAT: both have no checksum. */
import { fileSystemDamaged } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { mapIsAGuess } from '../whole-volume.ts';
import type { BootSector } from './boot-sector.ts';
import { USED } from './cluster-kinds.ts';
import { foldersAreInPlace, rootStarts, type Start } from './root-directory.ts';

/** What the root directory says is in use must be so in the FAT: a pointer that goes along with the pieces of the FAT. */
export class StartsInUse {
  readonly #starts: readonly Start[];
  #next = 0;

  /** `starts` by ascending cluster. */
  constructor(starts: readonly Start[]) {
    this.#starts = starts;
  }

  /** Throws `FILESYSTEM_DAMAGED` where something starts in this piece with a cluster that is not in use. */
  check(firstCluster: number, kinds: Uint8Array): void {
    for (let start = this.#starts[this.#next]; start !== undefined; start = this.#starts[++this.#next]) {
      if (start.cluster >= firstCluster + kinds.length) return;
      if (kinds[start.cluster - firstCluster] === USED) continue;
      const reason = `Something in the root directory starts with cluster ${start.cluster}, which is not in use.`;
      throw fileSystemDamaged('root directory', start.entryOffset, reason);
    }
  }

  /** Throws `FILESYSTEM_DAMAGED` where something starts behind the last cluster. */
  finish(): void {
    const start = this.#starts[this.#next];
    if (start === undefined) return;
    const reason = `Something in the root directory starts with ${start.cluster}, which is no cluster.`;
    throw fileSystemDamaged('root directory', start.entryOffset, reason);
  }
}

/** The root directory's start and all that starts in it. Throws `FILESYSTEM_UNSUPPORTED` where the layout is in doubt. */
export async function knownStarts(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
): Promise<Start[]> {
  const { rootCluster, dataOffset, clusterBytes } = boot;
  const starts = await rootStarts(source, boot, signal);
  if (!(await foldersAreInPlace(source, boot, starts, signal))) {
    throw mapIsAGuess(
      'A folder is not where the boot sector puts it, so its layout is in doubt (run fsck.fat) and the whole volume is read.',
    );
  }
  if (rootCluster === 0) return starts;
  const root = { cluster: rootCluster, entryOffset: dataOffset + (rootCluster - 2) * clusterBytes, isFolder: true };
  return [...starts, root].sort((a, b) => a.cluster - b.cluster);
}
