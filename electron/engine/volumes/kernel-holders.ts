/** What the kernel itself has stacked on a device: device-mapper, RAID. */
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { VolumeHolder } from '#contract';

async function content(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim();
}

async function describeHolder(name: string): Promise<VolumeHolder> {
  const folder = join('/sys/class/block', name);
  const mapped = await content(join(folder, 'dm/name'));
  if (mapped === '') return { kind: name.startsWith('md') ? 'raid' : 'other', name: `/dev/${name}` };
  const uuid = await content(join(folder, 'dm/uuid'));
  const path = `/dev/mapper/${mapped}`;
  if (uuid.startsWith('LVM-')) return { kind: 'lvm', name: path };
  if (uuid.startsWith('CRYPT-')) return { kind: 'crypt', name: path };
  if (uuid.startsWith('mpath-')) return { kind: 'multipath', name: path };
  return { kind: 'other', name: path };
}

/** Devices that stand directly on the device `number` (`major:minor`), without its partitions. */
export async function stackedOn(number: string): Promise<VolumeHolder[]> {
  const folder = await realpath(`/sys/dev/block/${number}`).catch(() => undefined);
  if (folder === undefined) return [];
  const names = await readdir(join(folder, 'holders')).catch(() => []);
  return Promise.all(names.map(describeHolder));
}
