/** Device-mapper's devices, as the kernel itself knows them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A device of device-mapper. */
export interface MappedDevice {
  name: string;
  /** Of LVM: `LVM-`, the group's and the volume's UUID without hyphens, and a suffix for hidden layers. */
  uuid: string;
  sizeBytes: number;
  suspended: boolean;
}

/** What the UUID of an LVM device says. */
export interface LvmIdentity {
  /** With hyphens, as LVM prints them. */
  vgUuid: string;
  lvUuid: string;
  /** `real`, `cow`, `tpool`, … of hidden layers; empty for the volume itself. */
  layer: string;
}

const SECTOR_BYTES = 512;

async function content(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim();
}

async function readDevice(folder: string): Promise<MappedDevice | undefined> {
  const uuid = await content(join(folder, 'dm/uuid'));
  const name = await content(join(folder, 'dm/name'));
  if (name === '') return undefined;
  const sizeBytes = Number(await content(join(folder, 'size'))) * SECTOR_BYTES;
  return { name, uuid, sizeBytes, suspended: (await content(join(folder, 'dm/suspended'))) === '1' };
}

/** The device with a number (`major:minor`); `undefined` for any other kind of device. */
export function mappedDevice(number: string): Promise<MappedDevice | undefined> {
  return readDevice(`/sys/dev/block/${number}`);
}

/** All of them. */
export async function mappedDevices(): Promise<MappedDevice[]> {
  const names = (await readdir('/sys/block').catch(() => [])).filter((name) => name.startsWith('dm-'));
  const found = await Promise.all(names.map((name) => readDevice(join('/sys/block', name))));
  return found.filter((device) => device !== undefined);
}

/** The layers of one logical volume that are active. */
export async function layersOf(vgUuid: string, lvUuid: string): Promise<MappedDevice[]> {
  const begin = mappedUuid(vgUuid, lvUuid);
  return (await mappedDevices()).filter(({ uuid }) => uuid.startsWith(begin));
}

/** One layer of a logical volume; the volume itself without `layer`. */
export async function layerOf(vgUuid: string, lvUuid: string, layer = ''): Promise<MappedDevice | undefined> {
  const wanted = mappedUuid(vgUuid, lvUuid, layer);
  return (await mappedDevices()).find(({ uuid }) => uuid === wanted);
}

/** The UUID of a logical volume's device. */
export function mappedUuid(vgUuid: string, lvUuid: string, layer = ''): string {
  const suffix = layer === '' ? '' : `-${layer}`;
  return `LVM-${vgUuid.replaceAll('-', '')}${lvUuid.replaceAll('-', '')}${suffix}`;
}

function withHyphens(compact: string): string {
  return compact.replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})(.{6})$/, '$1-$2-$3-$4-$5-$6-$7');
}

/** `undefined`: not a device of LVM. */
export function lvmIdentity(uuid: string): LvmIdentity | undefined {
  const [, vg, lv, layer = ''] = /^LVM-([0-9A-Za-z]{32})([0-9A-Za-z]{32})(?:-(.+))?$/.exec(uuid) ?? [];
  if (vg === undefined || lv === undefined) return undefined;
  return { vgUuid: withHyphens(vg), lvUuid: withHyphens(lv), layer };
}
