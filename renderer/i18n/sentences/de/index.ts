/** The engine's sentences in German, by their English templates; see `sentence-template.ts` for the placeholders. */
import { activity } from './activity.ts';
import { backup } from './backup.ts';
import { filesystems } from './filesystems.ts';
import { filesystemsBtrfs } from './filesystems-btrfs.ts';
import { filesystemsExt } from './filesystems-ext.ts';
import { filesystemsFat } from './filesystems-fat.ts';
import { filesystemsNtfs } from './filesystems-ntfs.ts';
import { filesystemsRecognised } from './filesystems-recognised.ts';
import { filesystemsXfs } from './filesystems-xfs.ts';
import { logs } from './logs.ts';
import { partitionTypes } from './partition-types.ts';
import { policy } from './policy.ts';
import { preferences } from './preferences.ts';
import { prune } from './prune.ts';
import { repository } from './repository.ts';
import { restore } from './restore.ts';
import { retention } from './retention.ts';
import { schedules } from './schedules.ts';
import { snapshots } from './snapshots.ts';
import { snapshotsFreeze } from './snapshots-freeze.ts';
import { snapshotsLvm } from './snapshots-lvm.ts';
import { snapshotsReflink } from './snapshots-reflink.ts';
import { support } from './support.ts';
import { volumes } from './volumes.ts';

export const AREAS: readonly Readonly<Record<string, string>>[] = [
  activity,
  backup,
  filesystems,
  filesystemsBtrfs,
  filesystemsExt,
  filesystemsFat,
  filesystemsNtfs,
  filesystemsRecognised,
  filesystemsXfs,
  partitionTypes,
  preferences,
  repository,
  restore,
  snapshots,
  snapshotsFreeze,
  snapshotsLvm,
  snapshotsReflink,
  support,
  policy,
  retention,
  prune,
  schedules,
  logs,
  volumes,
];
