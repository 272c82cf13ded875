/** How a snapshot of a logical volume is doing, and giving it more space. */
import type { SnapshotStatus } from '../provider.ts';
import { deviceStatus, poolStatus, snapshotSpace, thinSpace } from './dm-status.ts';
import { layerOf } from './mapped-devices.ts';
import { extentsToFull } from './plan.ts';
import { change, ProgramFailed } from './programs.ts';
import { logicalVolumes, physicalVolumes } from './reports.ts';
import type { LvmSnapshot } from './snapshot.ts';

const GONE: SnapshotStatus = { valid: false, reason: 'It was removed.' };

/** Asks the kernel, not LVM, which may be waiting for a lock. Never throws. */
export async function conditionOf(snapshot: LvmSnapshot): Promise<SnapshotStatus> {
  const { vgUuid, uuid, thin, sizeBytes } = snapshot.facts;
  if (snapshot.settled) return GONE;
  try {
    const device = await layerOf(vgUuid, uuid);
    if (device === undefined) return GONE;
    if (device.sizeBytes !== sizeBytes) return { valid: false, reason: 'Its device has another size now.' };
    const status = await deviceStatus(device.name);
    if (thin !== undefined) return await thinCondition(snapshot, thinSpace(status), thin);
    const space = snapshotSpace(status);
    return 'lost' in space ? { valid: false, reason: space.lost } : { valid: true, reason: '', ...space };
  } catch (error) {
    if (error instanceof ProgramFailed) return { valid: false, reason: `Its state cannot be read: ${error.sentence}` };
    throw error;
  }
}

async function thinCondition(
  { facts }: LvmSnapshot,
  space: ReturnType<typeof thinSpace>,
  { poolUuid, usedBytes }: { poolUuid: string; usedBytes: number },
): Promise<SnapshotStatus> {
  if ('lost' in space) return { valid: false, reason: space.lost };
  const device = await layerOf(facts.vgUuid, poolUuid, 'tpool');
  const pool = device && poolStatus(await deviceStatus(device.name));
  if (device === undefined || pool === undefined)
    return { valid: false, reason: 'Its thin pool does not work any more.' };
  // The snapshot itself would be whole, but it is what fills the pool: its volume matters more.
  if (pool.trouble !== '') return { valid: false, reason: pool.trouble };
  const nowBytes = pool.usedBlocks * (device.sizeBytes / pool.totalBlocks);
  // Of what was free when it was taken: a pool that was half full then is not the snapshot's doing.
  const totalBytes = Math.max(1, device.sizeBytes - usedBytes);
  return { valid: true, reason: '', usedBytes: Math.min(totalBytes, Math.max(0, nowBytes - usedBytes)), totalBytes };
}

/** Gives a snapshot of an ordinary volume `bytes` more, or as much as there is. Thin pools are left to their owner. */
export async function extendSnapshot(snapshot: LvmSnapshot, bytes: number): Promise<boolean> {
  const { vgUuid, uuid, thin, extentBytes, sizeBytes, places } = snapshot.facts;
  if (thin !== undefined || snapshot.settled) return false;
  // Others take space from the group, too: what was there a moment ago may be gone.
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const [lv] = await logicalVolumes(`lv_uuid=${uuid}`);
      if (lv === undefined) return false;
      const group = await physicalVolumes(vgUuid);
      const usable = group.filter((one) => one.usable && (places.length === 0 || places.includes(one.path)));
      const free = usable.reduce((sum, one) => sum + Math.max(0, one.freeExtents), 0);
      const most = Math.min(free, extentsToFull(sizeBytes, extentBytes, lv.sizeBytes));
      const extents = Math.min(most, Math.max(1, Math.ceil(bytes / extentBytes)));
      if (extents < 1) return false;
      await change('lvextend', [
        '--quiet',
        '--yes',
        '--alloc',
        'normal',
        '--extents',
        `+${extents}`,
        `${lv.vgName}/${lv.name}`,
        ...places,
      ]);
      return true;
    } catch (error) {
      if (!(error instanceof ProgramFailed)) throw error;
    }
  }
  return false;
}
