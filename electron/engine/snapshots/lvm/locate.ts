/** The logical volume behind a volume's name, and whether it can have a snapshot. */
import type { Volume } from '#contract';
import { blockDeviceNumber } from '../../volumes/device-number.ts';
import { SNAPSHOT_PREFIX } from '../provider.ts';
import { lvmIdentity, mappedDevice } from './mapped-devices.ts';
import { ProgramFailed } from './programs.ts';
import { type LogicalVolume, logicalVolumes } from './reports.ts';

/** A logical volume that can have a snapshot, with its pool where it is thin; or why it cannot. */
export type Located =
  | { fit: true; lv: LogicalVolume; pool?: LogicalVolume }
  | { fit: false; reason: string; remedy: string };

const USE_LVM = 'Put the file system onto a logical volume, or use another snapshot provider or a static image.';

function unfit(reason: string, remedy: string): Located {
  return { fit: false, reason, remedy };
}

/** Finds it by the kernel's number of the device, whatever its name. Throws `CANCELLED`. */
export async function locate(volume: Pick<Volume, 'name'>, signal?: AbortSignal): Promise<Located> {
  const { name } = volume;
  const number = await blockDeviceNumber(name);
  const device = number === undefined ? undefined : await mappedDevice(number);
  const identity = device && lvmIdentity(device.uuid);
  if (identity === undefined) return unfit(`${name} is no logical volume of LVM.`, USE_LVM);
  if (identity.layer !== '') {
    return unfit(`${name} is a part of a logical volume that LVM hides.`, 'Choose the logical volume itself.');
  }
  if (process.getuid?.() !== 0) {
    return unfit('Snapshots of logical volumes need root rights.', 'Start Stillframe as root.');
  }
  try {
    const group = await logicalVolumes(`vg_uuid=${identity.vgUuid}`, signal);
    const lv = group.find(({ uuid }) => uuid === identity.lvUuid);
    if (lv === undefined) {
      return unfit(`LVM does not know ${name}, which the kernel still has.`, 'Look at it with: dmsetup info.');
    }
    return judge(lv, group);
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    if (error.missing) return unfit('The programs of LVM are missing.', 'Install them: apt install lvm2.');
    return unfit(`LVM cannot be asked about ${name}: ${error.sentence}`, 'Look at it with: lvs.');
  }
}

/** What LVM itself would refuse, or what would not be what was meant. */
export function judge(lv: LogicalVolume, group: readonly LogicalVolume[]): Located {
  const full = `${lv.vgName}/${lv.name}`;
  if (lv.vgTrouble === 'partial') {
    return unfit(
      `A physical volume of ${lv.vgName} is missing.`,
      `Bring it back, or run: vgreduce --removemissing ${lv.vgName}.`,
    );
  }
  if (lv.vgTrouble === 'exported') {
    return unfit(`The volume group ${lv.vgName} was exported.`, `Run: vgimport ${lv.vgName}.`);
  }
  if (lv.vgTrouble === 'read-only') {
    return unfit(`The volume group ${lv.vgName} is read-only.`, `Run: vgchange --permission rw ${lv.vgName}.`);
  }
  if (!lv.active) return unfit(`${full} is not active.`, `Run: lvchange --activate y ${full}.`);
  if (lv.layout.includes('pool')) return unfit(`${full} is a pool.`, 'Choose a volume of it.');
  if (lv.role.includes('private')) {
    return unfit(`${full} is a part of another logical volume.`, 'Choose the logical volume itself.');
  }
  if (lv.name.startsWith(SNAPSHOT_PREFIX) && lv.tags.length > 0) {
    return unfit(`${full} is a snapshot of Stillframe itself.`, 'Choose the volume that it was taken of.');
  }
  if (lv.role.includes('thicksnapshot')) {
    return unfit(
      `${full} is a snapshot itself, and LVM makes none of those.`,
      'Choose a static image, which it is good for.',
    );
  }
  if (lv.merging) return unfit(`A snapshot is being merged into ${full}.`, 'Wait until it is done.');
  if (!lv.layout.includes('thin')) return { fit: true, lv };
  const pool = group.find(({ uuid }) => uuid === lv.poolUuid);
  if (pool === undefined) return unfit(`The thin pool of ${full} cannot be found.`, 'Look at it with: lvs --all.');
  if (pool.health !== '') {
    return unfit(
      `The thin pool ${pool.vgName}/${pool.name} is in trouble (${pool.health}).`,
      'Repair it first: man lvmthin.',
    );
  }
  return { fit: true, lv, pool };
}
