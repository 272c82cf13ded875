/**
 * What differs between two clones, by where their blocks lie.
 *
 * On file systems that copy on write, a block that a clone holds is never written to again: whoever writes to a file that
 * shares it gets another block. So as long as the kept clone holds a block, that block has the bytes of the image, and
 * if the new clone holds the same block at the same offset, it has them, too. That needs:
 *
 * - *Both at the same time.* The kept clone is listed, then the new one, then the kept one again; a balance or a
 *   defragmentation in between shows, and nothing is known then. (A block that was moved away and back between the
 *   listings, with another one in its place meanwhile, would not show. btrfs gives moved block groups addresses that
 *   were never used, and XFS moves nothing by itself.)
 * - *The kept clone is as it was kept.* Somebody may have written to it, replaced it or restored it: its inode, times and
 *   size are part of `KeptSnapshot.of`, since every write changes `ctime`.
 * - *No data is on its way.* FICLONE writes out what is dirty, and XFS moves blocks from its copy-on-write fork to the
 *   file before that is done; the listing is asked to do the same (FIEMAP_FLAG_SYNC), and blocks that are to be chosen
 *   yet (DELALLOC) count as changed.
 * - *The place is the place.* Flags that say otherwise count as changed: ENCODED (btrfs's compressed extents name the
 *   beginning of what they were compressed from), NOT_ALIGNED and DATA_INLINE or DATA_TAIL (several files in one
 *   block), UNKNOWN. A file on XFS's realtime device has addresses of its own, but cannot move between the devices, and
 *   both clones are of the same file, by inode and time of birth.
 * - *`nodatacow` is no exception*: btrfs copies also there what is shared.
 * - Holes and preallocated blocks (UNWRITTEN) read as zeros, so they equal each other wherever they are.
 *
 * What is written to the device beneath the file system, past it, is not seen. That, and every error in this
 * reasoning, is what audits are for.
 */
import { ExtentBuilder, type Extents } from '../../base/extents.ts';

/** Flags of linux/fiemap.h. */
const UNKNOWN = 0x2;
const DELALLOC = 0x4;
const ENCODED = 0x8;
const DATA_ENCRYPTED = 0x80;
const NOT_ALIGNED = 0x100;
const DATA_INLINE = 0x200;
const DATA_TAIL = 0x400;
const UNWRITTEN = 0x800;
const HIDES_PLACE = UNKNOWN | DELALLOC | ENCODED | DATA_ENCRYPTED | NOT_ALIGNED | DATA_INLINE | DATA_TAIL;
/** LAST, MERGED and SHARED: say nothing about what is read. */
const HARMLESS = 0x1 | 0x1000 | 0x2000;

/** A run of a file: a hole, zeros that have a place, or data at a place. */
interface Run {
  start: number;
  end: number;
  /** `zeros`; `hidden`: data somewhere; else the physical offset of `start`. */
  place: 'zeros' | 'hidden' | number;
}

/** Whether two listings of one file (`native().fileExtents`) show the same. */
export function isSameListing(one: Float64Array, other: Float64Array): boolean {
  const left = runsOf(one, Number.POSITIVE_INFINITY);
  const right = runsOf(other, Number.POSITIVE_INFINITY);
  for (;;) {
    const a = left.next().value;
    const b = right.next().value;
    if (a === undefined || b === undefined) return a === b;
    if (a.start !== b.start || a.end !== b.end || a.place !== b.place) return false;
  }
}

function placeOf(physical: number, flags: number): Run['place'] {
  if ((flags & UNWRITTEN) !== 0 && (flags & DELALLOC) === 0) return 'zeros';
  if ((flags & HIDES_PLACE) !== 0 || (flags & ~(HARMLESS | UNWRITTEN)) !== 0) return 'hidden';
  return physical;
}

/** Runs of a listing from 0 to `size` without gaps, those that continue each other as one. */
function* runsOf(rows: Float64Array, size: number): Generator<Run, undefined> {
  let last: Run = { start: 0, end: 0, place: 'zeros' };
  for (const next of piecesOf(rows, size)) {
    const continues =
      typeof last.place === 'number' ? next.place === last.place + (last.end - last.start) : next.place === last.place;
    if (continues && next.start === last.end) {
      last.end = next.end;
      continue;
    }
    if (last.end > last.start) yield last;
    last = { ...next };
  }
  if (last.end > last.start) yield last;
  return undefined;
}

function* piecesOf(rows: Float64Array, size: number): Generator<Run> {
  let at = 0;
  for (let i = 0; i + 3 < rows.length && at < size; i += 4) {
    const [logical = 0, physical = 0, length = 0, flags = 0] = rows.subarray(i, i + 4);
    const start = Math.max(at, logical);
    const end = Math.min(size, logical + length);
    if (end <= start) continue;
    if (start > at) yield { start: at, end: start, place: 'zeros' };
    const place = placeOf(physical, flags);
    yield { start, end, place: typeof place === 'number' ? place + (start - logical) : place };
    at = end;
  }
  if (at < size && Number.isFinite(size)) yield { start: at, end: size, place: 'zeros' };
}

function isSamePlace(a: Run, b: Run, at: number): boolean {
  if (a.place === 'zeros') return b.place === 'zeros';
  if (typeof a.place !== 'number' || typeof b.place !== 'number') return false;
  return a.place + (at - a.start) === b.place + (at - b.start);
}

/** Byte ranges of a file of `size` bytes in which two listings may mean other bytes. */
export function changedRanges(before: Float64Array, after: Float64Array, size: number): Extents {
  const builder = new ExtentBuilder();
  const left = runsOf(before, size);
  const right = runsOf(after, size);
  let a = left.next().value;
  let b = right.next().value;
  for (let at = 0; a !== undefined && b !== undefined; ) {
    const end = Math.min(a.end, b.end);
    if (!isSamePlace(a, b, at)) builder.add(at, end - at);
    at = end;
    if (a.end === end) a = left.next().value;
    if (b.end === end) b = right.next().value;
  }
  return builder.build();
}
