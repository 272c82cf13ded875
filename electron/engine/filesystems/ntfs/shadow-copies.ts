/**
 * Shadow copies of Windows: a snapshot holds what was overwritten since, in files of its own (System Volume
 * Information), and takes everything else from the volume as it is now. That includes clusters of files deleted since,
 * which `$Bitmap` calls free: an image of the used clusters keeps the files of the snapshots and not all of what they
 * read. Source: libyal's "Volume Shadow Snapshot (VSS) format".
 */
import { readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { unsigned64 } from './numbers.ts';

/** Inside `$Boot`. */
const HEADER_AT = 0x1e00;
/** Up to the field that says where the catalog lies. */
const HEADER_BYTES = 56;
/** 3808876b-c176-4e48-b7ae-04046e6cc752 as stored. */
const VSS_IDENTIFIER = '6b87083876c1484eb7ae04046e6cc752';
const VOLUME_HEADER = 1;

/** A sentence for volumes with shadow copies; `undefined`: there are none. Throws `FILESYSTEM_DAMAGED`. */
export async function aboutShadowCopies(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (source.sizeBytes < HEADER_AT + HEADER_BYTES) return undefined;
  const header = await readStructure(source, 'header of the shadow copies', HEADER_AT, HEADER_BYTES, signal);
  const isOurs = header.toString('hex', 0, 16) === VSS_IDENTIFIER && header.readUInt32LE(20) === VOLUME_HEADER;
  // Without a catalog shadow copies are switched on and there is none.
  if (!isOurs || unsigned64(header, 48) === 0) return undefined;
  return (
    'The volume has shadow copies (restore points, previous versions), which are not kept whole: they read clusters of ' +
    'deleted files that count as free, so delete them after a restore (vssadmin delete shadows), or image everything ' +
    '(imagegapsize 0).'
  );
}
