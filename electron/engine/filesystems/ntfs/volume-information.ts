/**
 * Version, flags and label out of the record of `$Volume`.
 * Source: the notes in ntfs-3g's layout.h (VOLUME_INFORMATION, VOLUME_FLAGS).
 */
import { namesOfBits } from '../whole-volume.ts';
import { ATTRIBUTE } from './attributes.ts';
import { RECORD } from './file-record.ts';
import { damagedRecord, type Mft } from './mft.ts';

/** Bit number → the name that ntfsinfo prints. */
const FLAG_NAMES: Readonly<Record<number, string>> = {
  0: 'DIRTY',
  1: 'RESIZE_LOG',
  2: 'UPG_ON_MOUNT',
  3: 'MOUNTED_NT4',
  4: 'DEL_USN',
  5: 'REPAIR_OBJID',
  7: 'SHORT_NAMES_DISABLED',
  14: 'CHKDSK_UNDERWAY',
  15: 'MOD_BY_CHKDSK',
};
const UNKNOWN_PREFIX = 'VOLUME_FLAG_';

/** Versions whose cluster bitmap is known to say everything. */
const KNOWN_VERSIONS = new Set(['1.2', '3.0', '3.1']);

const INFORMATION_BYTES = 12;

export interface VolumeInformation {
  /** `3.1`. */
  version: string;
  label: string;
  /** Names of the flags that are set, unknown ones as `VOLUME_FLAG_6`. */
  flags: string[];
  /** Read from the mirror: the flags may be older than what happened to the volume since. */
  isCopy: boolean;
}

/** Reads the record. Throws `FILESYSTEM_DAMAGED`. */
export async function readVolumeInformation(mft: Mft, signal: AbortSignal | undefined): Promise<VolumeInformation> {
  const file = await mft.file(RECORD.volume, signal);
  const information = await mft.value(file, ATTRIBUTE.volumeInformation, '', signal);
  if (information === undefined || information.length < INFORMATION_BYTES) {
    throw damagedRecord(file, 'it does not say the version');
  }
  const name = await mft.value(file, ATTRIBUTE.volumeName, '', signal);
  return {
    version: `${information.readUInt8(8)}.${information.readUInt8(9)}`,
    label: name?.toString('utf16le') ?? '',
    flags: namesOfBits(information.readUInt16LE(10), FLAG_NAMES, UNKNOWN_PREFIX),
    isCopy: file.isCopy,
  };
}

/** Why the version or the flags make the map a guess, an English sentence; `undefined`: they do not. */
export function whyUnknown({ version, flags }: VolumeInformation): string | undefined {
  if (!KNOWN_VERSIONS.has(version)) return `Version ${version} of NTFS is not known here.`;
  const unknown = flags.filter((flag) => flag.startsWith(UNKNOWN_PREFIX));
  if (unknown.length > 0) return `The volume has flags that are not known here: ${unknown.join(', ')}.`;
  return undefined;
}

/** Why the flags say that the bitmap may be behind, an English clause; `undefined`: they do not. */
export function whyDirty({ flags, isCopy }: VolumeInformation): string | undefined {
  if (isCopy) {
    const why = 'the record of $Volume is damaged, and its copy may not know that the volume is dirty';
    return `${why} (run chkdsk /f in Windows)`;
  }
  if (flags.includes('CHKDSK_UNDERWAY')) {
    return 'a check by chkdsk was begun and not finished (run chkdsk /f in Windows)';
  }
  if (flags.includes('DIRTY')) {
    return 'the volume is marked as dirty (run chkdsk /f in Windows, or ntfsfix -d)';
  }
  return undefined;
}
