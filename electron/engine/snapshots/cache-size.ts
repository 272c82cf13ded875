/** How much space a bounded snapshot is given (options `snapshotcachesize`, domain.md 1.5). */
import type { CacheRequest } from './provider.ts';

const MIB = 1024 ** 2;
/** dm-snapshot copies what is overwritten in pieces of this size: lvcreate's default. */
const CHUNK_BYTES = 4096;
/** Records of copied pieces that fit into one piece (16 bytes each). */
const RECORDS_PER_CHUNK = CHUNK_BYTES / 16;
/** A rate of reading that every disk and repository should reach, bytes a second. */
const CAUTIOUS_READ_RATE = 30 * MIB;
/** Writers come in waves, and a small write costs a whole piece. */
const SAFETY_FACTOR = 2;
/** Never less than this, and this share of the volume, as long as there is room. */
const FLOOR_BYTES = 256 * MIB;
const FLOOR_SHARE = 0.02;
/** With less than this share of what is wanted, and less than these bytes, a run would only fail later. */
const LEAST_SHARE = 0.25;
const LEAST_BYTES = 64 * MIB;

export interface CacheSizeInput {
  request: Omit<CacheRequest, 'location'>;
  volumeBytes: number;
  /** Space is given in multiples of this. */
  extentBytes: number;
  /** Space that is there, bytes. */
  freeBytes: number;
}

/** What to give, or what is missing; all bytes, in whole extents. */
export type CacheSize =
  | {
      enough: true;
      bytes: number;
      /** What would have been better, where it was not there. */
      wantedBytes: number;
    }
  | { enough: false; neededBytes: number; presentBytes: number };

function wholeExtents(bytes: number, extentBytes: number): number {
  return Math.max(1, Math.ceil(bytes / extentBytes)) * extentBytes;
}

/** What a snapshot needs when every byte of the volume is overwritten: it cannot overflow then. */
export function fullCacheBytes(volumeBytes: number, extentBytes: number): number {
  const chunks = Math.ceil(volumeBytes / CHUNK_BYTES);
  // One for the header, and one that the kernel keeps ahead.
  const overhead = Math.ceil(chunks / RECORDS_PER_CHUNK) + 2;
  return wholeExtents((chunks + overhead) * CHUNK_BYTES, extentBytes);
}

/**
 * `percent` is taken at its word, as the original does: too little space is an error. Else the size follows from what is
 * written while the run reads; less than that is taken where it is all there is and worth trying.
 */
export function cacheSize({ request, volumeBytes, extentBytes, freeBytes }: CacheSizeInput): CacheSize {
  const most = fullCacheBytes(volumeBytes, extentBytes);
  const present = Math.floor(freeBytes / extentBytes) * extentBytes;
  const capped = (bytes: number): number => Math.min(most, wholeExtents(bytes, extentBytes));
  if (request.percent !== undefined) {
    const bytes = request.percent >= 100 ? most : capped((volumeBytes * request.percent) / 100);
    if (bytes > present) return { enough: false, neededBytes: bytes, presentBytes: present };
    return { enough: true, bytes, wantedBytes: bytes };
  }
  const { writeRate = 0, readBytes = volumeBytes } = request;
  const written = writeRate * (readBytes / CAUTIOUS_READ_RATE) * SAFETY_FACTOR;
  const wanted = capped(Math.max(FLOOR_BYTES, volumeBytes * FLOOR_SHARE, written));
  if (wanted <= present) return { enough: true, bytes: wanted, wantedBytes: wanted };
  const least = capped(Math.min(wanted, Math.max(LEAST_BYTES, wanted * LEAST_SHARE)));
  if (least > present) return { enough: false, neededBytes: least, presentBytes: present };
  return { enough: true, bytes: present, wantedBytes: wanted };
}
