/**
 * The header page of a swap area. Sources: mkswap(8), the kernel's include/linux/swap.h (`union swap_header`) and
 * kernel/power/swap.c (`struct swsusp_header`).
 */
import { readStructure } from '../damage.ts';
import { dashedUuid, zeroTerminated } from '../text.ts';
import type { ByteSource } from '../types.ts';

/** Page sizes of the machines that Linux runs on; a signature ends the first page. */
const PAGE_BYTES = [4096, 8192, 16384, 32768, 65536] as const;
const SIGNATURE_BYTES = 10;
/** Room before the header for a boot loader or disk label; mkswap clears it. */
const HEADER_AT = 1024;
const BAD_PAGES_AT = 1536;
const PADDING_AT = 1068;
/** Hibernation notes its image in front of the signature, and does not clear that when it wakes up. */
const HIBERNATION_NOTE_BYTES = 64;

const SUSPENDED = ['S1SUSPEND', 'S2SUSPEND', 'ULSUSPEND', 'LINHIB0001'] as const;
/** TuxOnIce marks the start of the first page instead. */
const TUX_ON_ICE = 'edc302e99856e50c';

/** Of a good version 1 header. */
export interface SwapHeader {
  pageBytes: number;
  /** Pages of the area, the header's included. */
  pages: number;
  /** Page numbers that mkswap -c found bad. */
  badPages: readonly number[];
  /** More pages are said to be bad, or others, than the area can have. */
  badPagesMakeSense: boolean;
  label: string;
  uuid: string;
  /** The header page holds nothing but the header. */
  isPlain: boolean;
}

/** What the first page says. */
export type SwapReading =
  | { kind: 'foreign' }
  /** An old header, whose bad pages are a bitmap. */
  | { kind: 'version0' }
  /** The memory of a system that sleeps; `version` is blkid's word for the kind. */
  | { kind: 'suspended'; version: string; label: string; uuid: string }
  | { kind: 'swap'; header: SwapHeader };

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

function names(page: Buffer): { label: string; uuid: string } {
  return { label: zeroTerminated(page.subarray(1052, 1068)), uuid: dashedUuid(page.subarray(1036, 1052)) };
}

/** Version 1, in the order of the machine that made it; `undefined` where it is none. */
function versionOne(page: Buffer): SwapHeader | undefined {
  const word = (at: number, big: boolean) => (big ? page.readUInt32BE(at) : page.readUInt32LE(at));
  const big = word(HEADER_AT, true) === 1;
  const lastPage = word(HEADER_AT + 4, big);
  if ((!big && word(HEADER_AT, false) !== 1) || lastPage === 0) return undefined;

  const signatureAt = page.length - SIGNATURE_BYTES;
  const badCount = word(HEADER_AT + 8, big);
  const fits = badCount <= Math.floor((signatureAt - BAD_PAGES_AT) / 4);
  const badPages = Array.from({ length: fits ? badCount : 0 }, (_, index) => word(BAD_PAGES_AT + index * 4, big));
  const listEnd = BAD_PAGES_AT + badPages.length * 4;
  return {
    pageBytes: page.length,
    pages: lastPage + 1,
    badPages,
    badPagesMakeSense: fits && badPages.every((number) => number > 0 && number <= lastPage),
    ...names(page),
    isPlain:
      isZero(page.subarray(0, HEADER_AT)) &&
      isZero(page.subarray(PADDING_AT, BAD_PAGES_AT)) &&
      isZero(page.subarray(listEnd, Math.max(listEnd, signatureAt - HIBERNATION_NOTE_BYTES))),
  };
}

/** Reads the first page, whatever its size. Throws as `readStructure`. */
export async function readSwapHeader(source: ByteSource, signal: AbortSignal | undefined): Promise<SwapReading> {
  const [smallestPage] = PAGE_BYTES;
  if (source.sizeBytes < smallestPage) return { kind: 'foreign' };
  const start = await readStructure(source, 'header page of a swap area', 0, smallestPage, signal);
  if (start.toString('hex', 0, TUX_ON_ICE.length / 2) === TUX_ON_ICE) {
    return { kind: 'suspended', version: 'tuxonice', ...names(start) };
  }
  for (const pageBytes of PAGE_BYTES) {
    if (source.sizeBytes < pageBytes) break;
    const at = pageBytes - SIGNATURE_BYTES;
    const bytes = await readStructure(source, 'signature of a swap area', at, SIGNATURE_BYTES, signal);
    const signature = bytes.toString('latin1');
    const suspended = SUSPENDED.find((mark) => signature.startsWith(mark));
    if (suspended === undefined && signature !== 'SWAPSPACE2' && signature !== 'SWAP-SPACE') continue;
    const page = await readStructure(source, 'header page of a swap area', 0, pageBytes, signal);
    if (suspended !== undefined) return { kind: 'suspended', version: suspended.toLowerCase(), ...names(page) };
    if (signature === 'SWAP-SPACE') return { kind: 'version0' };
    const header = versionOne(page);
    // A signature alone is what a later mkfs left behind.
    if (header !== undefined) return { kind: 'swap', header };
  }
  return { kind: 'foreign' };
}
