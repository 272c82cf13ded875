/** Change tracking of thin volumes: their pool knows which of its blocks two of them share. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, throwIfCancelled } from '../../base/errors.ts';
import {
  type ChangedRanges,
  type ChangeTracking,
  type KeptSnapshot,
  SNAPSHOT_PREFIX,
  type TakenSnapshot,
} from '../provider.ts';
import { deviceStatus, poolStatus, thinSpace } from './dm-status.ts';
import { layerOf } from './mapped-devices.ts';
import { change, ProgramFailed, stream } from './programs.ts';
import { removeLogicalVolume } from './remove.ts';
import { type LogicalVolume, logicalVolumes } from './reports.ts';
import { type LvmSnapshot, ours } from './snapshot.ts';
import { HOLDS_METADATA_TAG, keeperTag, OUR_TAG } from './tags.ts';
import { DeltaReader, DeltaRefused } from './thin-delta.ts';

/** What stays takes space from its pool for ever: not from one that is fuller than this. */
const POOL_KEEP_PERCENT = 80;
const DELTA_LIMIT_MS = 15 * 60_000;
/** Pauses while somebody else holds the pool's only snapshot of its metadata, ms. */
const METADATA_PAUSES_MS = [100, 300, 1000, 3000];
const KEPT_PREFIX = `${SNAPSHOT_PREFIX}kept_`;
/** Others look into new devices for a moment. */
const CLOSE_PAUSES_MS = [100, 300, 1000, 3000];

export const lvmTracking: ChangeTracking = { keep, changesSince, burden, drop };

/** Volumes get write errors when their pool is full. */
async function burden(kept: KeptSnapshot): Promise<string | undefined> {
  const [lv] = await logicalVolumes(`lv_name=${kept.name} && tags=${OUR_TAG}`);
  const [pool] = lv === undefined ? [] : await logicalVolumes(`lv_uuid=${lv.poolUuid}`);
  if (pool === undefined || Math.max(pool.dataPercent ?? 0, pool.metadataPercent ?? 0) <= POOL_KEEP_PERCENT) return;
  return `its thin pool ${pool.vgName}/${pool.name} is more than ${POOL_KEEP_PERCENT} % full`;
}

function cannotStay({ facts }: LvmSnapshot, reason: string): EngineError {
  return new EngineError('SNAPSHOT_UNAVAILABLE', { volume: facts.volume, reason, remedy: '' });
}

async function keep(snapshot: TakenSnapshot, keeper: string): Promise<KeptSnapshot> {
  const taken = ours(snapshot);
  const { facts } = taken;
  if (facts.thin === undefined) throw cannotStay(taken, 'Only snapshots of thin volumes can stay.');
  const group = await logicalVolumes(`vg_uuid=${facts.vgUuid}`);
  const lv = group.find(({ uuid }) => uuid === facts.uuid);
  const pool = group.find(({ uuid }) => uuid === facts.thin?.poolUuid);
  if (lv === undefined || pool === undefined) throw cannotStay(taken, 'The snapshot is gone.');
  const fill = Math.max(pool.dataPercent ?? 100, pool.metadataPercent ?? 100);
  if (fill > POOL_KEEP_PERCENT) {
    throw cannotStay(taken, `The thin pool ${pool.vgName}/${pool.name} is more than ${POOL_KEEP_PERCENT} % full.`);
  }
  const name = lv.name.replace(SNAPSHOT_PREFIX, KEPT_PREFIX);
  try {
    // Its owner stays on it: until the record is written, only a living run says that it is needed.
    await change('lvchange', ['--quiet', '--yes', '--addtag', keeperTag(keeper), `${lv.vgName}/${lv.name}`]);
    await change('lvrename', ['--quiet', '--yes', lv.vgName, lv.name, name]);
    await deactivate(`${lv.vgName}/${name}`);
  } catch (error) {
    if (error instanceof ProgramFailed) throw cannotStay(taken, error.sentence);
    throw error;
  }
  await taken.settle();
  return { provider: 'LINUX_LVM', name, of: facts.originUuid, place: `${lv.vgName}/${name}` };
}

/** So that no file system is there twice. */
async function deactivate(path: string): Promise<void> {
  for (const pauseMs of CLOSE_PAUSES_MS) {
    try {
      return await change('lvchange', ['--quiet', '--yes', '--activate', 'n', path]);
    } catch (error) {
      if (!(error instanceof ProgramFailed)) throw error;
    }
    await sleep(pauseMs);
  }
  await change('lvchange', ['--quiet', '--yes', '--activate', 'n', path]);
}

function unknown(reason: string): ChangedRanges {
  return { known: false, reason };
}

async function changesSince(kept: KeptSnapshot, snapshot: TakenSnapshot, signal?: AbortSignal): Promise<ChangedRanges> {
  throwIfCancelled(signal);
  const taken = ours(snapshot);
  const { facts } = taken;
  if (facts.thin === undefined) return unknown('Only thin volumes know what changed.');
  if (kept.of !== facts.originUuid) return unknown('The last snapshot is one of another volume.');
  try {
    const group = await logicalVolumes(`vg_uuid=${facts.vgUuid}`, signal);
    const left = group.find(({ name, tags }) => name === kept.name && tags.includes(OUR_TAG));
    const right = group.find(({ uuid }) => uuid === facts.uuid);
    const pool = group.find(({ uuid }) => uuid === facts.thin?.poolUuid);
    if (left === undefined) return unknown('The last snapshot is gone.');
    if (right === undefined || pool === undefined) return unknown('The snapshot is gone.');
    if (left.poolUuid !== pool.uuid) return unknown('The last snapshot lies in another thin pool.');
    if (left.originUuid !== '' && left.originUuid !== facts.originUuid) {
      return unknown('The last snapshot is one of another volume.');
    }
    if (left.sizeBytes !== right.sizeBytes || right.sizeBytes !== facts.sizeBytes) {
      return unknown('The volume has another size than at the last snapshot.');
    }
    return await compare({ left, right, pool, group }, signal);
  } catch (error) {
    if (error instanceof DeltaRefused) return unknown(`thin_delta printed what cannot be right: ${error.message}.`);
    if (!(error instanceof ProgramFailed)) throw error;
    if (error.missing) return unknown('The program thin_delta is missing: apt install thin-provisioning-tools.');
    return unknown(`The pool cannot be asked what changed: ${error.sentence}`);
  }
}

/** The logical volumes that a comparison is about. */
interface Pair {
  left: LogicalVolume;
  right: LogicalVolume;
  pool: LogicalVolume;
  group: readonly LogicalVolume[];
}

async function compare({ left, right, pool, group }: Pair, signal: AbortSignal | undefined): Promise<ChangedRanges> {
  const [leftId, rightId, chunkBytes] = [left.thinId, right.thinId, pool.chunkBytes];
  const metadata = group.find(({ name }) => name === pool.metadata);
  const device = await layerOf(right.vgUuid, right.uuid);
  const space = device && thinSpace(await deviceStatus(device.name));
  if (
    leftId === undefined ||
    rightId === undefined ||
    chunkBytes === 0 ||
    metadata === undefined ||
    space === undefined ||
    'lost' in space
  ) {
    return unknown('LVM does not say under which numbers the pool knows the snapshots.');
  }
  await using held = await holdMetadata(right, pool);
  if (!held.held) return unknown('Another program holds the only snapshot of the pool’s metadata.');
  const { mappedBytes } = space;
  const reader = new DeltaReader({ left: leftId, right: rightId, chunkBytes, mappedBytes, sizeBytes: right.sizeBytes });
  const args = ['--metadata-snap', '--thin1', String(leftId), '--thin2', String(rightId), metadata.path];
  await stream('thin_delta', args, (text) => reader.take(text), { signal, limitMs: DELTA_LIMIT_MS });
  return { known: true, ranges: reader.end() };
}

/**
 * Holds the pool's snapshot of its metadata, of which there is only one. Our snapshot is marked before, so that a sweep
 * knows whose it is.
 */
async function holdMetadata(
  snapshot: LogicalVolume,
  pool: LogicalVolume,
): Promise<AsyncDisposable & { held: boolean }> {
  const path = `${snapshot.vgName}/${snapshot.name}`;
  const unmark = (): Promise<void> => change('lvchange', ['--quiet', '--yes', '--deltag', HOLDS_METADATA_TAG, path]);
  if (!(await isMetadataFree(pool))) return { held: false, async [Symbol.asyncDispose]() {} };
  await change('lvchange', ['--quiet', '--yes', '--addtag', HOLDS_METADATA_TAG, path]);
  try {
    await messagePool(pool, 'reserve_metadata_snap');
  } catch {
    // Somebody was faster, and keeps theirs.
    await unmark();
    return { held: false, async [Symbol.asyncDispose]() {} };
  }
  return {
    held: true,
    async [Symbol.asyncDispose]() {
      await releaseMetadata(pool);
      await unmark();
    },
  };
}

async function isMetadataFree(pool: LogicalVolume): Promise<boolean> {
  for (const pauseMs of METADATA_PAUSES_MS) {
    if (!(await isMetadataHeld(pool))) return true;
    await sleep(pauseMs);
  }
  return !(await isMetadataHeld(pool));
}

async function isMetadataHeld({ vgUuid, uuid }: LogicalVolume): Promise<boolean> {
  const device = await layerOf(vgUuid, uuid, 'tpool');
  const status = device && poolStatus(await deviceStatus(device.name));
  return status?.metadataHeld ?? false;
}

async function messagePool({ vgUuid, uuid }: LogicalVolume, message: string): Promise<void> {
  const device = await layerOf(vgUuid, uuid, 'tpool');
  if (device === undefined) throw new ProgramFailed('dmsetup', 'the thin pool is not active');
  await change('dmsetup', ['message', device.name, '0', message]);
}

/** Lets the pool's snapshot of its metadata go, where there is one. Throws `ProgramFailed`. */
export async function releaseMetadata(pool: LogicalVolume): Promise<void> {
  if (await isMetadataHeld(pool)) await messagePool(pool, 'release_metadata_snap');
}

async function drop(kept: KeptSnapshot): Promise<void> {
  const names = { volume: kept.of, path: kept.place };
  try {
    for (const { vgUuid, uuid } of await logicalVolumes(`lv_name=${kept.name} && tags=${OUR_TAG}`)) {
      await removeLogicalVolume({ vgUuid, uuid }, names);
    }
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    throw new EngineError('SNAPSHOT_RELEASE_FAILED', {
      volume: names.volume,
      reason: `The kept snapshot ${kept.place} could not be removed. ${error.sentence}`,
      leftBehind: [kept.place],
      remedy: `Run: lvremove ${kept.place}.`,
    });
  }
}
