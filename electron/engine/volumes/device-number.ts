/** Kernel device numbers in the kernel's own notation, `major:minor`. */
import { stat } from 'node:fs/promises';

/** `major:minor` out of `st_dev` or `st_rdev` (glibc's encoding, see makedev(3)). */
export function deviceNumber(encoded: number): string {
  const low = encoded % 2 ** 32;
  const high = Math.floor(encoded / 2 ** 32);
  const major = ((low >>> 8) & 0xfff) + Math.floor(high / 0x1000) * 0x1000;
  const minor = (low & 0xff) + ((low >>> 12) & 0xfff00) + (high & 0xfff) * 2 ** 20;
  return `${major}:${minor}`;
}

/** Number of a block device node; `undefined` for anything else and where nothing is. */
export async function blockDeviceNumber(path: string): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isBlockDevice() ? deviceNumber(stats.rdev) : undefined;
}
