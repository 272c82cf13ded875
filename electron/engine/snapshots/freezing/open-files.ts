/** Files that this process has open on a file system, such as one that its output goes to. */
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { deviceNumber } from '../../volumes/device-number.ts';
import type { MountEntry } from '../../volumes/mount-table.ts';

/**
 * Their paths. They are found by the mount that they were opened through, as files of btrfs have no device that tells, and
 * by their device, as mounts may be out of sight. Removed files count: writing to one waits for the thaw as well.
 */
export async function openFilesOn(target: { number: string; mounts: readonly MountEntry[] }): Promise<string[]> {
  const mountIds = new Set(target.mounts.map(({ id }) => id));
  const found: string[] = [];
  for (const descriptor of await readdir('/proc/self/fd')) {
    const link = `/proc/self/fd/${descriptor}`;
    const facts = await stat(link).catch(() => undefined);
    if (!facts?.isFile()) continue;
    const info = await readFile(`/proc/self/fdinfo/${descriptor}`, 'utf8').catch(() => '');
    const mountId = Number(/^mnt_id:\s*(\d+)$/m.exec(info)?.[1]);
    if (!mountIds.has(mountId) && deviceNumber(facts.dev) !== target.number) continue;
    found.push(await readlink(link).catch(() => link));
  }
  return found;
}
