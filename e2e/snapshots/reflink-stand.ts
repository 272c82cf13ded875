/** A volume in a file on a file system that can clone files, attached, mounted and in use. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type Stand } from '../system/stand.ts';
import { sparseFile } from '../system/volumes.ts';

/** Where everything is. */
export interface ReflinkVolume {
  /** Mount point of the file system below. */
  below: string;
  file: string;
  /** Loop device of the file. */
  device: string;
  /** Where the volume is mounted. */
  point: string;
  /** Names of clones of ours beside the file. */
  clones(): Promise<string[]>;
}

/** Makes the file system below with `mkfs.<kind>` and in it a volume of `sizeBytes` with the file system `inner`. */
export async function makeReflinkVolume(
  stand: Stand,
  options: { kind: 'xfs' | 'btrfs'; inner: 'ext4' | 'xfs' | 'btrfs'; belowBytes: number; sizeBytes: number },
): Promise<ReflinkVolume> {
  const { kind, inner, belowBytes, sizeBytes } = options;
  const outer = await stand.attach(await sparseFile(join(stand.folder, 'below.img'), belowBytes));
  await run(`mkfs.${kind}`, ['-q', outer]);
  const below = await stand.mount(outer);
  const file = await sparseFile(join(below, 'volume.img'), sizeBytes);
  await run(`mkfs.${inner}`, ['-q', ...(inner === 'ext4' ? ['-F'] : []), file]);
  const device = await stand.attach(file);
  const point = await stand.mount(device);
  return { below, file, device, point, clones: async () => clonesIn(below) };
}

async function clonesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.includes('stillframe')).sort();
}
