/** The value of an attribute as bytes, wherever it lies. */
import { fileSystemDamaged, readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { HOLE, type Run, type RunMap } from './run-map.ts';

/** Reads what one attribute holds. */
export interface DataStream {
  /** For messages: `$Bitmap`. */
  readonly structure: string;
  /** Length of the value, bytes. */
  readonly dataBytes: number;
  /** Bytes that were ever written; what follows reads as zeros. */
  readonly initializedBytes: number;
  /** Runs on the volume, in the order of the file; empty where the value stands in a record. */
  readonly runs: readonly Run[];
  /** Throws `FILESYSTEM_DAMAGED` outside the value. */
  read(offsetBytes: number, lengthBytes: number, signal?: AbortSignal): Promise<Buffer>;
  /** Where a byte of the value lies on the volume. */
  placeOf(offsetBytes: number): number;
}

/** A value that stands in its record, which lies at `recordOffsetBytes`. */
export function residentStream(structure: string, value: Buffer, recordOffsetBytes: number): DataStream {
  return {
    structure,
    dataBytes: value.length,
    initializedBytes: value.length,
    runs: [],
    async read(offsetBytes, lengthBytes) {
      if (offsetBytes + lengthBytes > value.length) {
        throw fileSystemDamaged(structure, recordOffsetBytes, `${structure} is too short.`);
      }
      return Buffer.from(value.subarray(offsetBytes, offsetBytes + lengthBytes));
    },
    placeOf: () => recordOffsetBytes,
  };
}

/** A value that lies in clusters. */
export class ClusterStream implements DataStream {
  readonly structure: string;
  readonly dataBytes: number;
  readonly initializedBytes: number;
  readonly #source: ByteSource;
  readonly #map: RunMap;
  readonly #clusterBytes: number;
  readonly #recordOffsetBytes: number;

  constructor(
    source: ByteSource,
    map: RunMap,
    about: {
      structure: string;
      dataBytes: number;
      initializedBytes: number;
      clusterBytes: number;
      /** Of the record that describes it, for messages. */
      recordOffsetBytes: number;
    },
  ) {
    this.structure = about.structure;
    this.dataBytes = about.dataBytes;
    this.initializedBytes = about.initializedBytes;
    this.#source = source;
    this.#map = map;
    this.#clusterBytes = about.clusterBytes;
    this.#recordOffsetBytes = about.recordOffsetBytes;
  }

  get runs(): readonly Run[] {
    return this.#map.runs;
  }

  placeOf(offsetBytes: number): number {
    const vcn = Math.floor(offsetBytes / this.#clusterBytes);
    const run = this.#map.runs[this.#map.indexOf(vcn)];
    if (run === undefined || run.lcn === HOLE || vcn >= this.#map.clusters) return this.#recordOffsetBytes;
    return (run.lcn - run.vcn) * this.#clusterBytes + offsetBytes;
  }

  async read(offsetBytes: number, lengthBytes: number, signal?: AbortSignal): Promise<Buffer> {
    const end = offsetBytes + lengthBytes;
    if (!(offsetBytes >= 0 && end <= this.dataBytes && end <= this.#map.clusters * this.#clusterBytes)) {
      const reason = `${this.structure} ends before its byte ${end}.`;
      throw fileSystemDamaged(this.structure, this.#recordOffsetBytes, reason);
    }
    const bytes = Buffer.alloc(lengthBytes);
    const writtenEnd = Math.min(end, this.initializedBytes);
    let index = this.#map.indexOf(Math.floor(offsetBytes / this.#clusterBytes));
    for (let at = offsetBytes; at < writtenEnd; index++) {
      const run = this.#map.runs[index];
      if (run === undefined) break;
      const runEnd = Math.min(writtenEnd, (run.vcn + run.clusters) * this.#clusterBytes);
      if (run.lcn !== HOLE) {
        const place = (run.lcn - run.vcn) * this.#clusterBytes + at;
        const piece = await readStructure(this.#source, this.structure, place, runEnd - at, signal);
        if (piece.length === lengthBytes) return piece;
        piece.copy(bytes, at - offsetBytes);
      }
      at = runEnd;
    }
    return bytes;
  }
}
