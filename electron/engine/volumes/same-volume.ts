/** Whether a name still stands for the volume that was described: names are given to other devices and files again. */
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Volume } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { FileIdentity } from './file-identity.ts';

/** What the kernel tells a volume by; it does not outlast a restart. */
export interface KernelMarks {
  /** `major:minor`. */
  number?: string | undefined;
  /** Number of the medium since boot (`diskseq`, Linux 5.15): another one after each attaching or changing. */
  medium?: string | undefined;
  file?: FileIdentity | undefined;
}

/** Beside the contract's volumes, because it says nothing outside this process. */
const marks = new WeakMap<Volume, KernelMarks>();

/** Marks of a block device by its number. */
export async function marksOfDevice(number: string): Promise<KernelMarks> {
  const folder = await realpath(`/sys/dev/block/${number}`).catch(() => undefined);
  if (folder === undefined) return { number };
  const read = async (path: string) => (await readFile(path, 'utf8').catch(() => '')).trim() || undefined;
  // A partition shows that of its disk only in the disk's folder.
  const medium = (await read(join(folder, 'diskseq'))) ?? (await read(join(dirname(folder), 'diskseq')));
  return { number, medium };
}

/** Notes the marks that a description was made from. */
export function markVolume(volume: Volume, found: KernelMarks): Volume {
  marks.set(volume, found);
  return volume;
}

/**
 * Throws `VOLUME_VANISHED` with a `reason` where `now` is another volume than `described` by anything that both are
 * known by. Kernel marks are known for descriptions that `findVolume` or `discoverVolumes` returned in this process,
 * not for copies of them.
 */
export function assertSameVolume(described: Volume, now: Volume): void {
  const before = marks.get(described) ?? {};
  const after = marks.get(now) ?? {};
  const facts: [what: string, before: string | undefined, after: string | undefined][] = [
    ['kind', described.kind, now.kind],
    ['device number', before.number, after.number],
    ['attachment number', before.medium, after.medium],
    ['file (device/inode)', before.file, after.file],
    ['file system UUID', described.uuid.toLowerCase(), now.uuid.toLowerCase()],
    ['partition UUID', described.partUuid.toLowerCase(), now.partUuid.toLowerCase()],
    ['serial number', described.serial, now.serial],
  ];
  const different = facts.find(([, was, is]) => was && is && was !== is);
  if (different === undefined) return;
  const [what, was, is] = different;
  throw new EngineError('VOLUME_VANISHED', {
    volume: described.name,
    reason: `${described.name} is another volume than the one that was chosen: its ${what} was ${was} and is ${is} now.`,
    remedy: 'Choose the volume again.',
  });
}
