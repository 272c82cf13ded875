/** Which devices the running system stands on. */
import { type DeviceStack, deviceStack, deviceUnderPath } from './device-stack.ts';
import { fileIdentity } from './file-identity.ts';
import { aliasesOf, type LoopDevice } from './loop-devices.ts';
import { deviceUnder, type MountEntry } from './mount-table.ts';

const SYSTEM_MOUNT_POINTS = new Set(['/', '/boot', '/boot/efi', '/efi', '/usr']);

/** Devices and files under /, /boot, the EFI partition, /usr and active swap, down to the disks. */
export async function systemDevices(table: MountEntry[], swaps: string[], loops: LoopDevice[]): Promise<DeviceStack> {
  const starts: (string | undefined)[] = [];
  for (const entry of table) if (SYSTEM_MOUNT_POINTS.has(entry.mountPoint)) starts.push(await deviceUnder(entry));
  for (const swap of swaps) starts.push(await deviceUnderPath(swap, table));
  const system: DeviceStack = { devices: new Set(), files: new Set() };
  for (const swap of swaps) {
    const file = await fileIdentity(swap);
    if (file !== undefined) system.files.add(file);
  }
  for (const start of new Set(starts)) {
    if (start === undefined) continue;
    const stack = await deviceStack(start, table, loops);
    for (const device of stack.devices) {
      system.devices.add(device);
      for (const alias of aliasesOf(device, loops)) system.devices.add(alias.number);
    }
    for (const file of stack.files) system.files.add(file);
  }
  return system;
}
