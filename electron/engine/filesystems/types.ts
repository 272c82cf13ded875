/** Probing a volume and finding its used extents; one folder per family, one row each in `registry.ts`. */
import type { FileSystemFacts } from '#contract';
import type { Extents } from '../base/extents.ts';

/** Any source of a volume's bytes: a device, a file, later an image in the repository. Bounds-checked. */
export interface ByteSource {
  readonly sizeBytes: number;
  /**
   * Exactly `lengthBytes` bytes at `offsetBytes`. Throws `RangeError` outside the source (callers treat it as
   * damage), and the system's error where reading fails.
   */
  read(offsetBytes: number, lengthBytes: number, signal?: AbortSignal): Promise<Buffer>;
  /** Where reads are remembered: forgets them, so that the next read sees the volume as it is then. */
  forget?(): void;
}

/** How a map will be used. */
export interface MapOptions {
  /**
   * For a plan only: the volume is mounted now and will be made read-only before it is imaged. A journal in use and
   * metadata caught in the middle of a change are no reason to refuse; the map is an estimate and may not be imaged by.
   */
  estimate?: boolean | undefined;
  /** Runs may be joined over gaps up to this many bytes already, so that the list stays short. Default 0. */
  gapBytes?: number | undefined;
}

/** What a family found. */
export interface Probe {
  facts: FileSystemFacts;
  /** English sentences: dirty journal, damaged first superblock, …. */
  warnings: string[];
  /**
   * Reads the used extents (sorted, merged, clipped to the source). Throws `FILESYSTEM_DAMAGED` with `structure` and
   * `offsetBytes`; `FILESYSTEM_UNSUPPORTED` where an unknown feature makes the map a guess: then image it raw.
   */
  usedExtents(signal?: AbortSignal, options?: MapOptions): Promise<Extents>;
}

/** One family of file systems: a row of the registry. */
export interface FileSystemFamily {
  name: string;
  /** `undefined`: not this family. */
  probe(source: ByteSource, signal?: AbortSignal): Promise<Probe | undefined>;
}
