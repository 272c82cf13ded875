/** What is in force for one run after options, defaults and the request were resolved. */
import type { ImageType, Mode, Serialization } from '#contract';
import type { SnapshotOptions } from '../snapshots/hold-snapshot.ts';

export interface BackupSettings {
  mode: Mode;
  /** What was asked for; undefined = the best there is. The ladder may change it. */
  imageType: ImageType | undefined;
  /** As the person wrote it; undefined = the best there is. */
  snapshotProviderImage: string | undefined;
  /** `snapshotfailover`: a snapshot that cannot be had becomes a static image. */
  failover: boolean;
  snapshot: SnapshotOptions;
  /** `changetracking…`; absent = switched off. */
  tracking: { auditPercent: number; fullEvery: number } | undefined;
  /** `imagegapsize` in bytes; 0 = everything. */
  gapBytes: number;
  /** zstd level 1-19; 0 stores uncompressed. */
  compressionLevel: number;
  /** Threads that compress and encrypt; absent = as many as there are processors. */
  threads: number | undefined;
  managementClass: string;
  /** What the class says about a static image of a volume that is in use, and how often to try again. */
  serialization: Serialization;
  changingRetries: number;
  /** MODE absolute of the class: every run reads everything. */
  absolute: boolean;
  /** Version of the policy that this was taken from; 0: none was saved yet. */
  policyVersion: number;
  allowRaw: boolean;
  /** Values of the options that shape a run, as they could be typed, by option name. */
  inForce: Readonly<Record<string, string>>;
}
