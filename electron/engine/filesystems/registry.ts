/** Every file system family, one row each, in the order in which they are tried. */
import { ext } from './ext/family.ts';
import { rescueExt } from './ext/rescue.ts';
import { recognisedFirst, recognisedLast } from './recognise.ts';
import type { ByteSource, FileSystemFamily, Probe } from './types.ts';

const FAMILIES: readonly FileSystemFamily[] = [...recognisedFirst, ext, ...recognisedLast];

/** Asked only when no family knows the volume: they trust copies of structures that others may have left behind. */
const RESCUERS: readonly FileSystemFamily['probe'][] = [rescueExt];

export interface ProbeOptions {
  /** For lists: do not search a volume without known content for copies of structures, which takes many seeks. */
  cheap?: boolean | undefined;
}

/**
 * What is on the volume; `undefined`: nothing known. Throws `FILESYSTEM_DAMAGED` where there once was something known,
 * or where the start of the volume cannot be read; `VOLUME_VANISHED`; `CANCELLED`.
 */
export async function probeFileSystem(
  source: ByteSource,
  signal?: AbortSignal,
  options: ProbeOptions = {},
): Promise<Probe | undefined> {
  for (const family of FAMILIES) {
    const probe = await family.probe(source, signal);
    if (probe !== undefined) return probe;
  }
  if (options.cheap === true) return undefined;
  for (const rescue of RESCUERS) {
    const probe = await rescue(source, signal);
    if (probe !== undefined) return probe;
  }
  return undefined;
}
