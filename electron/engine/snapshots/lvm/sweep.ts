/** Finds snapshots of dead runs in every volume group and removes them. */
import { readFile } from 'node:fs/promises';
import { EngineError, errnoOf } from '../../base/errors.ts';
import { SNAPSHOT_PREFIX, type SnapshotChange, type SweepOptions, type SweepReport } from '../provider.ts';
import { ProgramFailed } from './programs.ts';
import { removeLogicalVolume } from './remove.ts';
import { type LogicalVolume, logicalVolumes } from './reports.ts';
import { endSuspension, waitForCommands } from './suspension.ts';
import { HOLDS_METADATA_TAG, keeperOf, OUR_TAG, ownerOf } from './tags.ts';
import { releaseMetadata } from './tracking.ts';

/** Throws nothing. */
export async function sweepSnapshots(options: SweepOptions): Promise<SweepReport> {
  const report: SweepReport = { removed: [], left: [] };
  if (process.getuid?.() !== 0) {
    if (options.changes.length > 0)
      report.left.push('A stopped run may have left an LVM snapshot; looking takes root rights.');
    return report;
  }
  if (!(await hasDeviceMapper())) return report;
  try {
    // The command of a run that was killed goes on without it.
    if (options.changes.length > 0) await waitForCommands();
    for (const change of options.changes) await wake(change, report);
    const all = await logicalVolumes(`tags=${OUR_TAG}`);
    for (const lv of all.filter(({ name }) => name.startsWith(SNAPSHOT_PREFIX))) await judge(lv, options, report);
  } catch (error) {
    // Without LVM there is nothing of ours in it.
    if (error instanceof ProgramFailed && error.missing) return report;
    const why = error instanceof ProgramFailed ? error.sentence : `${errnoOf(error) ?? String(error)}.`;
    report.left.push(`LVM cannot be asked for left snapshots: ${why}`);
  }
  return report;
}

/** A kernel without it, as in many containers, has no snapshots either. */
async function hasDeviceMapper(): Promise<boolean> {
  return (await readFile('/proc/misc', 'utf8').catch(() => '')).includes('device-mapper');
}

/** Lets the volume of a dead run go on, should it stand still. */
async function wake(change: SnapshotChange, report: SweepReport): Promise<void> {
  const { vgUuid, originUuid } = change as SnapshotChange & { vgUuid?: unknown; originUuid?: unknown };
  if (typeof vgUuid !== 'string' || typeof originUuid !== 'string') return;
  if (await endSuspension({ vgUuid, uuid: originUuid })) {
    report.removed.push(`${change.volume}, which a stopped run had left standing still, goes on.`);
  }
}

async function judge(lv: LogicalVolume, options: SweepOptions, report: SweepReport): Promise<void> {
  const path = `${lv.vgName}/${lv.name}`;
  const keeper = keeperOf(lv.tags);
  const owner = ownerOf(lv.tags);
  if (keeper !== undefined && (keeper !== options.keeper || options.isKept(lv.name))) return;
  if (owner === undefined) {
    report.left.push(
      `${path} looks like a snapshot of Stillframe, but nothing says whose; if it is not needed, run: lvremove ${path}.`,
    );
    return;
  }
  if (await options.isAlive(owner)) return;
  try {
    await releaseHeldMetadata(lv, options);
    await removeLogicalVolume({ vgUuid: lv.vgUuid, uuid: lv.uuid }, { volume: `${lv.vgName}/${lv.origin}`, path });
    const what = keeper === undefined ? 'that a stopped run had left' : 'that no image refers to';
    report.removed.push(`The snapshot ${path} ${what} was removed.`);
  } catch (error) {
    const reason = error instanceof EngineError ? String(error.details.reason) : String(error);
    report.left.push(reason);
  }
}

/** A run that died while it asked its pool what changed. */
async function releaseHeldMetadata(lv: LogicalVolume, { isAlive }: SweepOptions): Promise<void> {
  if (!lv.tags.includes(HOLDS_METADATA_TAG)) return;
  // The dead one may have been about to hold it only, and it may be a living run's by now.
  for (const other of await logicalVolumes(`tags=${HOLDS_METADATA_TAG}`)) {
    const owner = other.poolUuid === lv.poolUuid && other.uuid !== lv.uuid ? ownerOf(other.tags) : undefined;
    if (owner !== undefined && (await isAlive(owner))) return;
  }
  const [pool] = await logicalVolumes(`lv_uuid=${lv.poolUuid}`);
  if (pool !== undefined) await releaseMetadata(pool);
}
