/** What the rows of recognised contents are made of: looking at a volume's bytes, and a probe that reads everything. */
import type { FileSystemFacts } from '#contract';
import { readStructure } from '../damage.ts';
import { zeroTerminated } from '../text.ts';
import type { ByteSource, FileSystemFamily, Probe } from '../types.ts';
import { mapIsAGuess, rawFacts } from '../whole-volume.ts';

/** A volume that is looked at for marks; only a few kibibytes of it are read. */
export interface Glance {
  readonly sizeBytes: number;
  /**
   * `lengthBytes` bytes, zeros where the place lies (partly) outside the volume. Throws `FILESYSTEM_DAMAGED`
   * (`unreadable`) on a bad sector: a container that cannot be seen may not be taken for what is inside it.
   */
  at(offsetBytes: number, lengthBytes: number): Promise<Buffer>;
}

/** What was found, in blkid's words; empty or absent where the format has no such thing or it is not simple to get. */
export interface Finding {
  label?: string;
  uuid?: string;
  version?: string;
  /** `dirty` where the main header says so in a simple flag. */
  state?: FileSystemFacts['state'];
}

/** One format that is known by its marks only; its images read the whole volume. */
export interface Content {
  /** blkid's TYPE. */
  type: string;
  /** Looks for the marks; `undefined`: they are not there. */
  find(volume: Glance): Promise<Finding | undefined>;
  /** Why the volume is read whole, what that costs and what to do instead, in English sentences. */
  why(sizeBytes: number): string;
}

function glanceAt(source: ByteSource, signal: AbortSignal | undefined): Glance {
  const { sizeBytes } = source;
  return {
    sizeBytes,
    async at(offset, length) {
      const bytes = Buffer.alloc(length);
      const present = Math.min(length, sizeBytes - offset);
      if (offset < 0 || present <= 0) return bytes;
      (await readStructure(source, 'mark of a known content', offset, present, signal)).copy(bytes);
      return bytes;
    },
  };
}

function wholeProbe(content: Content, finding: Finding, sizeBytes: number): Probe {
  return {
    facts: { ...rawFacts(sizeBytes), type: content.type, ...finding },
    warnings: [],
    async usedExtents() {
      throw mapIsAGuess(content.why(sizeBytes));
    },
  };
}

/** A family out of rows; the first row that finds its marks answers. */
export function recognising(name: string, contents: readonly Content[]): FileSystemFamily {
  return {
    name,
    async probe(source, signal) {
      const volume = glanceAt(source, signal);
      for (const content of contents) {
        const finding = await content.find(volume);
        if (finding !== undefined) return wholeProbe(content, finding, source.sizeBytes);
      }
      return undefined;
    },
  };
}

/** True if these bytes (a string: its characters as bytes) lie at this place. */
export async function isAt(volume: Glance, offsetBytes: number, mark: string | readonly number[]): Promise<boolean> {
  const expected = typeof mark === 'string' ? Buffer.from(mark, 'latin1') : Buffer.from(mark);
  return (await volume.at(offsetBytes, expected.length)).equals(expected);
}

/** Looks for a mark at one place and reads nothing else. */
export function markAt(offsetBytes: number, mark: string | readonly number[]): Content['find'] {
  return async (volume) => ((await isAt(volume, offsetBytes, mark)) ? {} : undefined);
}

/** A name in a field of fixed length: up to the first zero, without blanks at its ends. */
export function nameIn(bytes: Buffer): string {
  return zeroTerminated(bytes).trim();
}

/** A name in UTF-16, little-endian unless said otherwise, up to the first zero and without blanks at its ends. */
export function wideNameIn(bytes: Buffer, order: 'little' | 'big' = 'little'): string {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const little = order === 'big' ? Buffer.from(whole).swap16() : whole;
  const [name = ''] = little.toString('utf16le').split('\0');
  return name.trim();
}

/** True for 512, 1024, … up to `most`. */
export function isBlockSize(bytes: number, most = 65536): boolean {
  return bytes >= 512 && bytes <= most && Number.isInteger(Math.log2(bytes));
}
