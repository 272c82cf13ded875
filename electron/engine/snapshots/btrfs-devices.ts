/** The devices of a mounted btrfs. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Their names, by the kernel (`/sys/fs/btrfs/<uuid>/devices`); empty where no such btrfs is mounted. */
export async function devicesOfBtrfs(uuid: string): Promise<string[]> {
  return readdir(join('/sys/fs/btrfs', uuid, 'devices')).catch(() => []);
}
