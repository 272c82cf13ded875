/**
 * Where the clusters of an attribute lie.
 * Source: the notes in ntfs-3g's layout.h on mapping pairs.
 */
import { signedBytes } from './numbers.ts';

/** Clusters that follow each other in the file and on the volume. */
export interface Run {
  /** First cluster in the file. */
  vcn: number;
  /** First cluster on the volume; `HOLE`: none is allocated. */
  lcn: number;
  clusters: number;
}

/** `lcn` of clusters that read as zeros. */
export const HOLE = -1;

/**
 * Decodes mapping pairs that begin at the file's cluster `lowestVcn`. Returns what is wrong instead, as a clause: runs
 * outside the volume's `clusterCount`, empty ones, or no end.
 */
export function decodeMappingPairs(pairs: Buffer, lowestVcn: number, clusterCount: number): Run[] | string {
  const runs: Run[] = [];
  let vcn = lowestVcn;
  let lcn = 0;
  for (let at = 0; ; ) {
    if (at >= pairs.length) return 'its list of runs has no end';
    const header = pairs.readUInt8(at);
    if (header === 0) return runs;
    const lengthBytes = header & 0xf;
    const offsetBytes = header >> 4;
    if (lengthBytes === 0 || lengthBytes > 8 || offsetBytes > 8) return 'its list of runs is impossible';
    if (at + 1 + lengthBytes + offsetBytes > pairs.length) return 'its list of runs has no end';
    const clusters = signedBytes(pairs, at + 1, lengthBytes);
    if (!(clusters > 0 && Number.isSafeInteger(vcn + clusters))) return 'a run has an impossible length';
    if (offsetBytes === 0) {
      runs.push({ vcn, lcn: HOLE, clusters });
    } else {
      lcn += signedBytes(pairs, at + 1 + lengthBytes, offsetBytes);
      if (!(lcn >= 0 && lcn + clusters <= clusterCount)) return 'a run lies outside the file system';
      runs.push({ vcn, lcn, clusters });
    }
    vcn += clusters;
    at += 1 + lengthBytes + offsetBytes;
  }
}

/** The two first runs that share clusters of the volume; `undefined`: none do. */
export function overlapOf<R extends { lcn: number; clusters: number }>(runs: readonly R[]): [R, R] | undefined {
  const placed = runs.filter((run) => run.lcn !== HOLE).sort((a, b) => a.lcn - b.lcn);
  for (let index = 1; index < placed.length; index++) {
    const before = placed[index - 1];
    const after = placed[index];
    if (before && after && before.lcn + before.clusters > after.lcn) return [before, after];
  }
  return undefined;
}

/** The runs of one attribute from its first cluster on, without a gap; grows piece by piece. */
export class RunMap {
  readonly #runs: Run[] = [];
  #clusters = 0;

  /** Clusters of the file so far, holes included. */
  get clusters(): number {
    return this.#clusters;
  }

  /** In the order of the file. */
  get runs(): readonly Run[] {
    return this.#runs;
  }

  /** Adds runs that begin where the last ones ended. */
  append(runs: readonly Run[]): void {
    for (const run of runs) {
      this.#runs.push(run);
      this.#clusters = run.vcn + run.clusters;
    }
  }

  /** Index of the run that holds the file's cluster `vcn`, which must be below `clusters`. */
  indexOf(vcn: number): number {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#runs[middle]?.vcn ?? 0) <= vcn) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
