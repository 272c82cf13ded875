/** Takes a snapshot of a logical volume. */
import type { Volume } from '#contract';
import { EngineError, throwIfCancelled } from '../../base/errors.ts';
import { type CreateOptions, SNAPSHOT_PREFIX, type SnapshotChange } from '../provider.ts';
import { layerOf } from './mapped-devices.ts';
import { type NoPlan, type Plan, planSnapshot } from './plan.ts';
import { change, ProgramFailed } from './programs.ts';
import { releaseSnapshot, removeLogicalVolume } from './remove.ts';
import { type LogicalVolume, logicalVolumes } from './reports.ts';
import { LvmSnapshot } from './snapshot.ts';
import { flush, willBeFrozen } from './stillness.ts';
import { endSuspension } from './suspension.ts';
import { OUR_TAG, ownerTag, runTag } from './tags.ts';

/** A run may image several volumes of one group. */
function nameOf(runId: string, { uuid }: LogicalVolume): string {
  return `${SNAPSHOT_PREFIX}${runId}_${uuid.slice(0, 6)}`;
}

function refused(volume: Volume, plan: NoPlan): EngineError {
  const { reason, remedy, space } = plan;
  const shared = { volume: volume.name, provider: 'LINUX_LVM', reason, remedy };
  if (space !== undefined) return new EngineError('SNAPSHOT_NO_SPACE', { ...shared, ...space });
  return new EngineError('SNAPSHOT_UNAVAILABLE', shared);
}

/**
 * Throws `SNAPSHOT_UNAVAILABLE`, `SNAPSHOT_NO_SPACE`, `CANCELLED`; nothing is left then. Throws
 * `SNAPSHOT_RELEASE_FAILED` where something is.
 */
export async function createSnapshot(volume: Volume, options: CreateOptions): Promise<LvmSnapshot> {
  const { journal, signal, cache } = options;
  const plan = await planSnapshot(volume, cache, signal);
  if (plan.kind === 'none') throw refused(volume, plan);
  const { lv } = plan;
  const name = nameOf(options.runId, lv);
  const note: SnapshotChange & { vgUuid: string; originUuid: string } = {
    kind: 'snapshot',
    provider: 'LINUX_LVM',
    volume: volume.name,
    name,
    vgUuid: lv.vgUuid,
    originUuid: lv.uuid,
  };
  throwIfCancelled(signal);
  await journal.add(note);
  try {
    await flush(volume);
    const frozen = willBeFrozen(volume, lv.open);
    await change('lvcreate', commandFor(plan, name, options));
    return await describeMade(volume, plan, { name, frozen, journal, change: note, signal });
  } catch (error) {
    await endSuspension(lv);
    await removeByName(name, lv, volume);
    await journal.settle(note);
    throw error instanceof ProgramFailed ? await explain(error, volume, plan, cache) : error;
  }
}

function commandFor(plan: Plan, name: string, options: CreateOptions): string[] {
  const { lv } = plan;
  const tags = [OUR_TAG, runTag(options.runId), ownerTag(options.owner)];
  return [
    ...['--quiet', '--yes', '--snapshot', '--permission', 'r', '--name', name],
    // Left over, it does not come back with the next start of the machine, and no file system appears twice.
    ...['--setactivationskip', 'y', '--ignoreactivationskip', '--activate', 'y'],
    ...tags.flatMap((tag) => ['--addtag', tag]),
    ...(plan.kind === 'thick' ? ['--alloc', 'normal', '--extents', String(plan.extents)] : []),
    `${lv.vgName}/${lv.name}`,
    ...(plan.kind === 'thick' ? plan.places : []),
  ];
}

async function describeMade(
  volume: Volume,
  plan: Plan,
  made: {
    name: string;
    frozen: boolean;
    journal: CreateOptions['journal'];
    change: SnapshotChange;
    signal: AbortSignal | undefined;
  },
): Promise<LvmSnapshot> {
  const { signal, ...rest } = made;
  const { lv, warnings } = plan;
  const [found] = await logicalVolumes(`vg_uuid=${lv.vgUuid} && lv_name=${made.name}`);
  const device = found && (await layerOf(lv.vgUuid, found.uuid));
  if (found === undefined || device === undefined) throw new ProgramFailed('lvcreate', 'it made no device');
  throwIfCancelled(signal);
  if (device.sizeBytes !== volume.sizeBytes)
    throw new ProgramFailed('lvcreate', 'the volume changed its size meanwhile');
  return new LvmSnapshot(
    {
      ...rest,
      readPath: found.path,
      warnings,
      volume: volume.name,
      vgUuid: lv.vgUuid,
      vgName: lv.vgName,
      uuid: found.uuid,
      originUuid: lv.uuid,
      sizeBytes: device.sizeBytes,
      extentBytes: lv.extentBytes,
      ...(plan.kind === 'thin' ? { thin: { poolUuid: plan.pool.uuid, usedBytes: plan.usedBytes } } : {}),
      places: plan.kind === 'thick' ? plan.places : [],
    },
    releaseSnapshot,
  );
}

/** A snapshot that failed half way may be there as an ordinary volume with its tags. */
async function removeByName(name: string, { vgUuid, vgName }: LogicalVolume, volume: Volume): Promise<void> {
  const path = `${vgName}/${name}`;
  try {
    for (const { uuid } of await logicalVolumes(`vg_uuid=${vgUuid} && lv_name=${name} && tags=${OUR_TAG}`)) {
      await removeLogicalVolume({ vgUuid, uuid }, { volume: volume.name, path });
    }
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    throw new EngineError('SNAPSHOT_RELEASE_FAILED', {
      volume: volume.name,
      reason: `The snapshot ${path} could not be looked for. ${error.sentence}`,
      leftBehind: [path],
      remedy: `If it is there, run: lvremove ${path}.`,
    });
  }
}

/** LVM refused: for want of space that was there a moment ago, or for a reason of its own. */
async function explain(
  error: ProgramFailed,
  volume: Volume,
  plan: Plan,
  cache: CreateOptions['cache'],
): Promise<EngineError> {
  const now = await planSnapshot(volume, cache).catch(() => undefined);
  if (now?.kind === 'none') return refused(volume, now);
  const { neededBytes, presentBytes } = plan;
  const space = /insufficient (free|suitable)/i.test(error.said) ? { neededBytes, presentBytes } : undefined;
  const remedy = space
    ? `Add a physical volume (vgextend ${plan.lv.vgName} /dev/…).`
    : 'Use another provider or a static image.';
  return refused(volume, {
    kind: 'none',
    reason: `LVM made no snapshot of ${volume.name}: ${error.sentence}`,
    remedy,
    ...(space ? { space } : {}),
  });
}
