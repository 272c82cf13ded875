/** Removes snapshots of ours, and makes sure that they are gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../../base/errors.ts';
import { layersOf } from './mapped-devices.ts';
import { change, ProgramFailed } from './programs.ts';
import { type LogicalVolume, logicalVolumes } from './reports.ts';
import type { LvmSnapshot } from './snapshot.ts';
import { OUR_TAG } from './tags.ts';

/** Others (udev, blkid, a desktop) look into new devices for a moment: pauses between tries, ms. */
const PAUSES_MS = [100, 200, 400, 800, 1600, 3200, 6400, 6400];

/** Which logical volume: whoever has these, whatever its name is now. */
export interface LvmIds {
  vgUuid: string;
  uuid: string;
}

/** `undefined`: its group has it no more. Throws `ProgramFailed` where the group itself cannot be read. */
async function find({ vgUuid, uuid }: LvmIds): Promise<LogicalVolume | undefined> {
  const group = await logicalVolumes(`vg_uuid=${vgUuid}`);
  if (group.length === 0 && (await layersOf(vgUuid, uuid)).length > 0) {
    throw new ProgramFailed('lvs', 'Its volume group cannot be read.');
  }
  return group.find((lv) => lv.uuid === uuid && lv.tags.includes(OUR_TAG));
}

/** One try; returns why something is left, or nothing. */
async function tryOnce(ids: LvmIds, vgName: string): Promise<string | undefined> {
  try {
    const select = `lv_uuid=${ids.uuid} && tags=${OUR_TAG}`;
    const remove = (name: string) => change('lvremove', ['--quiet', '--yes', '--force', '--select', select, name]);
    await remove(vgName).catch(async (error: unknown) => {
      // A group may have got another name: what LVM finds by the UUID counts.
      const found = await find(ids);
      if (found === undefined) return;
      if (found.vgName === vgName) throw error;
      await remove(found.vgName);
    });
    if ((await find(ids)) !== undefined) return 'LVM did not remove it.';
    // Without an entry of LVM's they belong to nobody: the upper ones first.
    const layers = (await layersOf(ids.vgUuid, ids.uuid)).toSorted((a, b) => a.uuid.length - b.uuid.length);
    for (const { name } of layers) await change('dmsetup', ['remove', name]);
    return undefined;
  } catch (error) {
    if (error instanceof ProgramFailed) return error.sentence;
    throw error;
  }
}

/** Removes it, trying for a while. Idempotent. `path` is `vg/lv`. Throws `SNAPSHOT_RELEASE_FAILED`. */
export async function removeLogicalVolume(ids: LvmIds, names: { volume: string; path: string }): Promise<void> {
  const vgName = names.path.split('/')[0] ?? '';
  let why = await tryOnce(ids, vgName);
  for (const pauseMs of PAUSES_MS) {
    if (why === undefined) return;
    await sleep(pauseMs);
    why = await tryOnce(ids, vgName);
  }
  if (why === undefined) return;
  throw new EngineError('SNAPSHOT_RELEASE_FAILED', {
    volume: names.volume,
    reason: `The snapshot ${names.path} could not be removed. ${why}`,
    leftBehind: [names.path],
    remedy: `Run: lvremove ${names.path}.`,
  });
}

/** Removes a snapshot and settles its note. Idempotent. Throws `SNAPSHOT_RELEASE_FAILED`. */
export async function releaseSnapshot(snapshot: LvmSnapshot): Promise<void> {
  if (snapshot.settled) return;
  const { vgUuid, vgName, uuid, volume, name } = snapshot.facts;
  await removeLogicalVolume({ vgUuid, uuid }, { volume, path: `${vgName}/${name}` });
  await snapshot.settle();
}
