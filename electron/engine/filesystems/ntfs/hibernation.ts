/**
 * Whether Windows sleeps on the volume: then parts of the file system are in the memory that it saved, and the bitmap
 * is behind. Fast start-up is a hibernation too.
 * Source: the notes in ntfs-3g's volume.c on hiberfil.sys.
 */
import { ATTRIBUTE, IS_SPARSE } from './attributes.ts';
import type { Geometry } from './boot-sector.ts';
import { findInDirectory } from './directory.ts';
import { RECORD } from './file-record.ts';
import { damagedRecord, type Mft } from './mft.ts';

const FILE_NAME = 'HIBERFIL.SYS';
/** A shorter file belongs to a Windows that is on another partition. */
const HEADER_BYTES = 4096;
/** First bytes after Windows has woken up or was shut down fully. */
const AWAKE = new Set(['\0\0\0\0', 'wake', 'WAKE']);
const ASLEEP = new Set(['hibr', 'HIBR']);

const ADVICE = 'start it and shut it down fully: powercfg /h off, or shutdown /s';

/** Why hibernation says that the bitmap may be behind, an English clause; `undefined`: it does not. */
export async function whyHibernated(
  mft: Mft,
  geometry: Geometry,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const root = await mft.file(RECORD.rootDirectory, signal);
  for (const { record, sequence } of await findInDirectory(mft, geometry, root, FILE_NAME, signal)) {
    const file = await mft.file(record, signal);
    if (file.sequence !== sequence) throw damagedRecord(file, 'hiberfil.sys of the root directory is another file');
    if (file.isDirectory) continue;
    const unsure = `hiberfil.sys does not say that Windows was shut down (${ADVICE})`;
    const data = file.attributes.find((attribute) => attribute.type === ATTRIBUTE.data && attribute.name === '');
    if (data !== undefined && (data.flags & ~IS_SPARSE) !== 0) return unsure;
    const stream = await mft.stream(file, ATTRIBUTE.data, '', { structure: 'hiberfil.sys', sparse: true }, signal);
    if (stream === undefined || stream.dataBytes < HEADER_BYTES) return unsure;
    const mark = (await stream.read(0, 4, signal)).toString('latin1');
    if (ASLEEP.has(mark)) return `Windows is hibernated, fast start-up included (${ADVICE})`;
    if (!AWAKE.has(mark)) return unsure;
  }
  return undefined;
}
