/**
 * Whether `$LogFile`, the journal, holds changes that are not on the volume yet. Its two restart pages tell; the newer
 * one counts. Nothing is replayed.
 * Source: the notes in ntfs-3g's logfile.h.
 */
import { ATTRIBUTE } from './attributes.ts';
import type { DataStream } from './data-stream.ts';
import { RECORD } from './file-record.ts';
import { damagedRecord, type Mft } from './mft.ts';
import { isPowerOfTwo } from './numbers.ts';
import { undoUpdateSequence } from './update-sequence.ts';

const BLOCK_BYTES = 512;
const LARGEST_PAGE_BYTES = 65536;
const NO_CLIENT = 0xffff;
const VOLUME_IS_CLEAN = 0x0002;
/** Bytes of a restart area up to the last field that is looked at. */
const AREA_BYTES = 24;

interface RestartPage {
  /** Log sequence number: the larger is the newer page. */
  lsn: bigint;
  pageBytes: number;
  /** Windows 8 and newer keep metadata in memory under this version, until they are shut down fully. */
  keepsMetadata: boolean;
  open: boolean;
}

/** `empty`: nothing was written here; `other`: something that is no restart page. */
type PageReading = RestartPage | 'empty' | 'other' | 'damaged';

function sizesOf(head: Buffer): number | undefined {
  const pageBytes = head.readUInt32LE(16);
  const logPageBytes = head.readUInt32LE(20);
  if (!isPowerOfTwo(pageBytes) || pageBytes < BLOCK_BYTES || pageBytes > LARGEST_PAGE_BYTES) return undefined;
  return isPowerOfTwo(logPageBytes) && logPageBytes >= BLOCK_BYTES ? pageBytes : undefined;
}

/** Parses a whole page. `checked` = chkdsk wrote it, then it may lack the update sequence array. */
function readPage(page: Buffer, checked: boolean): PageReading {
  const protectedPage = !checked || page.readUInt16LE(6) !== 0;
  if (protectedPage && undoUpdateSequence(page) !== undefined) return 'damaged';
  const version = `${page.readInt16LE(28)}.${page.readInt16LE(26)}`;
  if (version !== '1.1' && version !== '2.0') return 'damaged';
  const areaAt = page.readUInt16LE(24);
  if (areaAt % 8 !== 0 || areaAt < 30 || areaAt + AREA_BYTES > page.length) return 'damaged';
  const clients = page.readUInt16LE(areaAt + 8);
  const clientInUse = page.readUInt16LE(areaAt + 12);
  if (clientInUse !== NO_CLIENT && clientInUse >= clients) return 'damaged';
  const isClean = (page.readUInt16LE(areaAt + 14) & VOLUME_IS_CLEAN) !== 0;
  return {
    lsn: page.readBigInt64LE(checked ? 8 : areaAt),
    pageBytes: page.length,
    keepsMetadata: version === '2.0',
    open: clientInUse !== NO_CLIENT && !isClean,
  };
}

async function readPageAt(log: DataStream, at: number, signal: AbortSignal | undefined): Promise<PageReading> {
  const head = await log.read(at, BLOCK_BYTES, signal);
  if (head.readUInt32LE(0) === 0xffffffff) return 'empty';
  const magic = head.toString('latin1', 0, 4);
  if (magic !== 'RSTR' && magic !== 'CHKD') return 'other';
  const pageBytes = sizesOf(head);
  if (pageBytes === undefined || at + pageBytes > log.dataBytes) return 'damaged';
  return readPage(await log.read(at, pageBytes, signal), magic === 'CHKD');
}

/** An emptied journal holds ones everywhere; looked at where restart pages could be. */
async function isEmptied(log: DataStream, signal: AbortSignal | undefined): Promise<boolean> {
  for (let at = BLOCK_BYTES; at + BLOCK_BYTES <= log.dataBytes; at *= 2) {
    if ((await readPageAt(log, at, signal)) !== 'empty') return false;
  }
  return true;
}

const DAMAGED = 'the journal ($LogFile) cannot be understood (run chkdsk /f in Windows)';

/** Why the journal says that the bitmap may be behind, an English clause; `undefined`: it does not, or says nothing. */
async function whyUnclean(log: DataStream, signal: AbortSignal | undefined): Promise<string | undefined> {
  const first = await readPageAt(log, 0, signal);
  if (typeof first === 'string') return DAMAGED;
  const hasSecond = first.pageBytes + BLOCK_BYTES <= log.dataBytes;
  const second = hasSecond ? await readPageAt(log, first.pageBytes, signal) : 'empty';
  // The damaged page may be the newer one, caught by a power cut while it was being written.
  if (second === 'damaged') return DAMAGED;
  const newer = typeof second !== 'string' && second.lsn > first.lsn ? second : first;
  if (newer.keepsMetadata) {
    const why = 'Windows keeps metadata of the volume in memory, as after a shutdown for fast start-up';
    return `${why} (shut it down fully: powercfg /h off, or shutdown /s)`;
  }
  if (newer.open) {
    const why = 'the journal ($LogFile) holds changes that were not written to their places yet';
    return `${why} (start Windows and shut it down fully, or run ntfsfix)`;
  }
  return undefined;
}

/**
 * What the journal says, and where it lies. `emptied`: it says nothing, not even that all is well. Throws
 * `FILESYSTEM_DAMAGED` where its record is damaged.
 */
export async function readLogFile(
  mft: Mft,
  signal: AbortSignal | undefined,
): Promise<{ log: DataStream; unclean: string | undefined; emptied: boolean }> {
  const file = await mft.file(RECORD.logFile, signal);
  const log = await mft.stream(file, ATTRIBUTE.data, '', { structure: '$LogFile' }, signal);
  if (log === undefined || log.runs.length === 0 || log.dataBytes < 2 * BLOCK_BYTES) {
    throw damagedRecord(file, 'it does not say where the journal lies');
  }
  if ((await readPageAt(log, 0, signal)) === 'empty') {
    const emptied = await isEmptied(log, signal);
    return { log, unclean: emptied ? undefined : DAMAGED, emptied };
  }
  return { log, unclean: await whyUnclean(log, signal), emptied: false };
}
