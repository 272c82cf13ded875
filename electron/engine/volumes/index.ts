/** Volumes: what can be backed up or restored onto, who uses it, and how to keep it still. */
export { type DiscoverOptions, discoverVolumes, findVolume } from './discover.ts';
export { holdsPath, volumeHolding } from './holds-path.ts';
export { beneath, canLook, type LookMount, mountToLook, unmountLook } from './look-mount.ts';
export { sfdiskScript } from './partitions/sfdisk-script.ts';
export { MountRefused } from './remount.ts';
export { type RunRecord, recordRun, sweepRuns } from './run-journal.ts';
export { assertSameVolume } from './same-volume.ts';
export { acquireStatic, type StaticAccess } from './static-access.ts';
export { assessTarget, type TargetRefusal } from './target.ts';
