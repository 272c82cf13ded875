/** What snapshot a volume would get: thick or thin, how large, and where. */
import type { ProviderReadiness, Volume } from '#contract';
import { blockDeviceNumber } from '../../volumes/device-number.ts';
import { devicesOfBtrfs } from '../btrfs-devices.ts';
import { cacheSize, fullCacheBytes } from '../cache-size.ts';
import type { CacheRequest } from '../provider.ts';
import { deviceStatus, poolStatus } from './dm-status.ts';
import { locate } from './locate.ts';
import { layerOf } from './mapped-devices.ts';
import { ProgramFailed } from './programs.ts';
import { type LogicalVolume, type PhysicalVolume, physicalVolumes } from './reports.ts';

const MIB = 1024 ** 2;
/** A pool that is fuller than this may be full before the run ends. */
const POOL_WARNING_PERCENT = 90;
/** Share of a thin pool that has to be free, and the least that a snapshot makes sense with. */
const POOL_LEAST_SHARE = 0.01;
const POOL_LEAST_BYTES = 64 * MIB;

/** A plan, or why there is none. All sizes in bytes. */
export type Plan = (ThickPlan | ThinPlan) & { warnings: string[]; neededBytes: number; presentBytes: number };

export interface ThickPlan {
  kind: 'thick';
  lv: LogicalVolume;
  extents: number;
  /** Physical volumes that its space may lie on; empty: any. */
  places: string[];
}

export interface ThinPlan {
  kind: 'thin';
  lv: LogicalVolume;
  pool: LogicalVolume;
  /** Bytes of the pool in use. */
  usedBytes: number;
}

export interface NoPlan {
  kind: 'none';
  reason: string;
  remedy: string;
  /** Only space is missing. */
  space?: { neededBytes: number; presentBytes: number };
}

function noPlan(reason: string, remedy: string, space?: NoPlan['space']): NoPlan {
  return { kind: 'none', reason, remedy, ...(space === undefined ? {} : { space }) };
}

/** Looks without changing anything. Throws `CANCELLED`. */
export async function planSnapshot(volume: Volume, cache: CacheRequest, signal?: AbortSignal): Promise<Plan | NoPlan> {
  const located = await locate(volume, signal);
  if (!located.fit) return noPlan(located.reason, located.remedy);
  const isBtrfs = volume.mounts.some(({ fsType }) => fsType === 'btrfs');
  const parts = isBtrfs ? (await devicesOfBtrfs(volume.uuid)).length : 0;
  if (parts > 1) {
    return noPlan(
      `The btrfs on ${volume.name} spans ${parts} devices, and snapshots of them would be of different moments.`,
      'Unmount it and image every device as a static image.',
    );
  }
  try {
    if (located.pool !== undefined) return await planThin(located.lv, located.pool, cache);
    return await planThick(located.lv, volume, cache, signal);
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    return noPlan(`LVM cannot be asked about ${volume.name}: ${error.sentence}`, 'Look at it with: lvs --all.');
  }
}

async function planThick(
  lv: LogicalVolume,
  volume: Volume,
  cache: CacheRequest,
  signal: AbortSignal | undefined,
): Promise<Plan | NoPlan> {
  const { vgName, extentBytes } = lv;
  const group = await physicalVolumes(lv.vgUuid, signal);
  const chosen = cache.location === undefined ? group : await chooseAmong(group, cache.location);
  if (chosen === undefined) {
    return noPlan(
      `snapshotcachelocation ${cache.location} is no physical volume of the volume group ${vgName}; LVM keeps a snapshot in the group of its volume.`,
      `Name one of ${group.map(({ path }) => path).join(', ')}, or leave the option out.`,
    );
  }
  const usable = chosen.filter((one) => one.usable);
  const freeExtents = usable.reduce((sum, one) => sum + Math.max(0, one.freeExtents), 0);
  const size = cacheSize({
    request: cache,
    volumeBytes: volume.sizeBytes,
    extentBytes,
    freeBytes: freeExtents * extentBytes,
  });
  if (!size.enough) {
    const { neededBytes, presentBytes } = size;
    const where = cache.location === undefined ? `the volume group ${vgName}` : cache.location;
    const lower = cache.percent === undefined ? '' : ', or lower snapshotcachesize';
    return noPlan(
      `A snapshot of ${volume.name} needs ${mib(neededBytes)}, and ${where} has ${mib(presentBytes)} free.`,
      `Add a physical volume (vgextend ${vgName} /dev/…)${lower}.`,
      { neededBytes, presentBytes },
    );
  }
  const { bytes, wantedBytes } = size;
  const warnings =
    bytes < wantedBytes
      ? [
          `The snapshot of ${volume.name} gets ${mib(bytes)} instead of ${mib(wantedBytes)}, because ${vgName} has no more free; it fails if more is overwritten meanwhile.`,
        ]
      : [];
  return {
    kind: 'thick',
    lv,
    extents: bytes / extentBytes,
    places: cache.location === undefined ? [] : chosen.map(({ path }) => path),
    warnings,
    neededBytes: bytes,
    presentBytes: freeExtents * extentBytes,
  };
}

/** The physical volumes that an option names, by any of their names, with commas between; `undefined`: not all are there. */
async function chooseAmong(group: PhysicalVolume[], location: string): Promise<PhysicalVolume[] | undefined> {
  const numbers = new Map<string, PhysicalVolume>();
  for (const one of group) numbers.set((await blockDeviceNumber(one.path)) ?? one.path, one);
  const chosen: PhysicalVolume[] = [];
  for (const path of location.split(',').map((one) => one.trim())) {
    const found = numbers.get((await blockDeviceNumber(path)) ?? path);
    if (found === undefined) return undefined;
    chosen.push(found);
  }
  return chosen;
}

async function planThin(lv: LogicalVolume, pool: LogicalVolume, cache: CacheRequest): Promise<Plan | NoPlan> {
  const full = `${pool.vgName}/${pool.name}`;
  const device = await layerOf(pool.vgUuid, pool.uuid, 'tpool');
  const status = device && poolStatus(await deviceStatus(device.name));
  if (status === undefined)
    return noPlan(`The thin pool ${full} is not active.`, `Run: lvchange --activate y ${full}.`);
  if (status.trouble !== '') {
    return noPlan(`${status.trouble.slice(0, -1)} (${full}).`, 'Repair it first: man lvmthin.');
  }
  const blockBytes = pool.sizeBytes / status.totalBlocks;
  const usedBytes = status.usedBlocks * blockBytes;
  const presentBytes = pool.sizeBytes - usedBytes;
  // Every piece that is overwritten meanwhile takes another one, and nothing more than what is used can be.
  const neededBytes = Math.ceil(Math.min(lv.sizeBytes, Math.max(POOL_LEAST_BYTES, pool.sizeBytes * POOL_LEAST_SHARE)));
  const enlarge = `Enlarge it: lvextend --size +1G ${full}.`;
  if (presentBytes < neededBytes) {
    return noPlan(`The thin pool ${full} has ${mib(presentBytes)} free.`, enlarge, { neededBytes, presentBytes });
  }
  const metadataFree = status.totalMetadataBlocks - status.usedMetadataBlocks;
  if (metadataFree < status.totalMetadataBlocks * POOL_LEAST_SHARE) {
    const reason = `The thin pool ${full} has hardly any room for its metadata.`;
    return noPlan(reason, `Enlarge it: lvextend --poolmetadatasize +256M ${full}.`);
  }
  const warnings: string[] = [];
  const percent = Math.round((usedBytes / pool.sizeBytes) * 100);
  if (percent >= POOL_WARNING_PERCENT) warnings.push(`The thin pool ${full} is ${percent} % full; enlarge it soon.`);
  if (cache.location !== undefined) {
    warnings.push(
      `snapshotcachelocation is not used: ${lv.vgName}/${lv.name} is thin, and its snapshot lies in its pool.`,
    );
  }
  return { kind: 'thin', lv, pool, usedBytes, warnings, neededBytes, presentBytes };
}

function mib(bytes: number): string {
  return `${Math.ceil(bytes / MIB)} MiB`;
}

/** A plan as an answer to people. */
export function readinessOf(plan: Plan | NoPlan): ProviderReadiness {
  const shared = { provider: 'LINUX_LVM' as const, blocksWriters: false };
  if (plan.kind === 'none') {
    const { reason, remedy, space } = plan;
    return { ...shared, ready: false, method: '', reason, remedy, tracksChanges: false, ...(space ? { space } : {}) };
  }
  const { neededBytes, presentBytes } = plan;
  const thin = plan.kind === 'thin';
  return {
    ...shared,
    ready: true,
    method: thin ? 'thin LVM snapshot' : 'LVM snapshot',
    reason: '',
    remedy: '',
    space: { neededBytes, presentBytes },
    tracksChanges: thin,
  };
}

/** How many extents a snapshot of this volume can still use. */
export function extentsToFull(volumeBytes: number, extentBytes: number, presentBytes: number): number {
  return Math.max(0, (fullCacheBytes(volumeBytes, extentBytes) - presentBytes) / extentBytes);
}
