/** The engine as hosts see it: the same calls for the window, the browser and the command line. */
import type {
  ActivityWeek,
  BackupPlan,
  BackupRequest,
  BlockMap,
  BlockMapEvent,
  DeleteType,
  ExpirationPreview,
  ExpirationRequest,
  Health,
  ImageComparison,
  ImageDetails,
  ImageRule,
  ImageSummary,
  LogLine,
  Policy,
  PolicySet,
  PolicyVersion,
  PreferenceChanges,
  PreferenceImport,
  PreferenceProblem,
  Preferences,
  ProviderSupport,
  PrunePlan,
  PruneRequest,
  RepositoryStatus,
  RestorePlan,
  RestoreRequest,
  RuleTest,
  RunDetails,
  RunFilter,
  RunSummary,
  Schedule,
  ScheduleDefinition,
  ScheduleSupport,
  SnapshotProvider,
  SnapshotReadiness,
  SupportAction,
  SystemDescription,
  TaskSnapshot,
  Volume,
} from '#contract';
import type { KeyFacts } from './repository/types.ts';

/** One entry of a folder listing. */
export interface DirectoryEntry {
  name: string;
  path: string;
  kind: 'folder' | 'file';
  sizeBytes?: number;
}

/** The one open repository of this engine. */
export interface EngineRepository {
  status(): Promise<RepositoryStatus>;
  /**
   * Creates a repository and opens it. Without `passphrase` the generated key is kept in the key store
   * (`passwordaccess generate`) so that later runs open by themselves; with one, the generated key is only returned.
   * Throws `REPOSITORY_EXISTS`, `REPOSITORY_PERMISSION`, `REPOSITORY_FULL`.
   */
  create(request: { location: string; passphrase?: string | undefined }): Promise<{
    status: RepositoryStatus;
    recoveryKey: string;
  }>;
  /** Without `passphrase` the key store is asked; `PASSPHRASE_REQUIRED`, `PASSPHRASE_WRONG`, `REPOSITORY_NOT_FOUND`. */
  open(request: { location: string; passphrase?: string | undefined }): Promise<RepositoryStatus>;
  /** Starts a check task. */
  check(request: { readData: boolean }): Promise<{ taskId: string }>;
  listKeys(): Promise<KeyFacts[]>;
  addKey(passphrase: string): Promise<string>;
  removeKey(id: string): Promise<void>;
  /**
   * Adds a key for `next`, then removes the one that `current` opens, where it is named. `PASSPHRASE_WRONG` and
   * `TASK_CONFLICT` (a task uses the repository) change nothing.
   */
  changePassphrase(request: { current?: string | undefined; next: string }): Promise<void>;
  /** Adds a key that was generated for it and returns it, the only time that it is seen. */
  addRecoveryKey(): Promise<{ recoveryKey: string }>;
}

/** The options file and its rules, for an editor. */
export interface EnginePreferences {
  describe(): Promise<Preferences>;
  /** Whether the changes could be saved; empty: they could. */
  check(changes: PreferenceChanges): Promise<PreferenceProblem[]>;
  /** `OPTIONS_CHANGED`, `OPTION_INVALID`, `OPTIONS_UNWRITABLE`; the file is as before then. */
  save(request: { revision: string; changes: PreferenceChanges }): Promise<Preferences>;
  test(request: { volume: string; rules?: ImageRule[] | undefined }): Promise<RuleTest>;
  /** `OPTION_INVALID` where the file cannot be read. */
  readForeign(path: string): Promise<PreferenceImport>;
}

/** The record of all runs, which outlives the engine. */
export interface EngineActivity {
  list(request: { filter: RunFilter; beforeId?: string | undefined; limit: number }): Promise<{
    runs: RunSummary[];
    total: number;
  }>;
  /** `TASK_NOT_FOUND`. */
  details(id: string): Promise<RunDetails>;
  /** `TASK_NOT_FOUND`, `COMMAND_INVALID` for runs that cannot be repeated, and what a start throws. */
  repeat(id: string): Promise<{ taskId: string }>;
  /**
   * Asks the engine that executes a run to stop it, whichever process of this computer that is, and resolves once the
   * run has ended. `TASK_NOT_FOUND`, also for a run that has ended; `ENGINE_GONE` where that engine does not answer; `CANCELLED` when `signal` aborts the waiting: the request stands then.
   */
  cancel(id: string, signal?: AbortSignal): Promise<RunSummary>;
  weeks(count: number): Promise<ActivityWeek[]>;
  errorLog(limit: number): Promise<{ path: string; lines: LogLine[] }>;
  export(request: { filter: RunFilter; format: 'json' | 'csv' }): Promise<{
    fileName: string;
    mediaType: string;
    text: string;
  }>;
}

/** The management classes of the open repository. */
export interface EnginePolicy {
  describe(): Promise<Policy>;
  /** `POLICY_CHANGED`, `POLICY_INVALID`; what was in force is in force then. */
  save(request: { revision: string; set: PolicySet }): Promise<Policy>;
  history(): Promise<PolicyVersion[]>;
}

/** What becomes of images: expiration, deletion, pruning. */
export interface EngineRetention {
  preview(request: ExpirationRequest): Promise<ExpirationPreview>;
  expire(request: ExpirationRequest): Promise<{ taskId: string }>;
  prunePreview(request: PruneRequest): Promise<PrunePlan>;
  prune(request: PruneRequest): Promise<{ taskId: string }>;
  pin(request: { imageId: string; pinned: boolean; reason: string }): Promise<void>;
  /** Without `hostname` the volume of this node. `IMAGE_NOT_FOUND` where it has no images. */
  deactivate(request: { volume: string; hostname?: string | undefined }): Promise<void>;
  /** `IMAGE_NOT_FOUND`, `IMAGE_PINNED`: nothing is marked then. */
  deleteImages(imageIds: string[]): Promise<void>;
  imagesToDelete(request: { volume: string; type: DeleteType }): Promise<string[]>;
  undeleteImages(imageIds: string[]): Promise<void>;
}

/** What runs by itself. */
export interface EngineSchedules {
  /** `SCHEDULE_INVALID` where the file of the definitions cannot be used. */
  list(): Promise<{ schedules: Schedule[]; support: ScheduleSupport }>;
  /**
   * Creates or replaces the one of that name and installs its timer where there is systemd. `SCHEDULE_INVALID`,
   * `SCHEDULE_UNAVAILABLE`: everything is as before then, except what is named as `leftBehind`.
   */
  save(definition: ScheduleDefinition): Promise<Schedule>;
  /** Also units whose definition is gone. `SCHEDULE_NOT_FOUND`, `SCHEDULE_UNAVAILABLE`; may be repeated then. */
  remove(name: string): Promise<void>;
  /**
   * Holds the schedule for what is run until it is disposed, which Activity then names after it; `undefined` while
   * another process holds it.
   */
  claim(name: string): Promise<AsyncDisposable | undefined>;
  /** `SCHEDULE_INVALID`. Changes nothing. */
  preview(definition: ScheduleDefinition): Promise<{ files: { path: string; text: string }[]; cron: string }>;
}

/** What the Setup Wizard can do for snapshot providers. */
export interface EngineSupport {
  providers(): Promise<ProviderSupport[]>;
  /** Runs the command that `providers` named. `COMMAND_INVALID` where it named none, `VOLUME_PERMISSION` without root. */
  run(request: { provider: SnapshotProvider; action: SupportAction }): Promise<{ succeeded: boolean; output: string }>;
}

/** Long-running work. */
export interface EngineTasks {
  list(): TaskSnapshot[];
  get(taskId: string): TaskSnapshot;
  /** Asks the task to stop; resolves at once. `TASK_NOT_FOUND`. */
  cancel(taskId: string): void;
  /** Every task now, then each change (progress at most ten a second a task), until `signal` aborts. */
  watch(signal?: AbortSignal): AsyncIterable<TaskSnapshot>;
  /** The block map of a running backup until it ends or `signal` aborts; of an ended one its last state. `TASK_NOT_FOUND`. */
  blocks(taskId: string, signal?: AbortSignal): AsyncIterable<BlockMapEvent>;
  /** Resolves with the task's last state: `succeeded`, `failed` or `cancelled`. */
  finished(taskId: string): Promise<TaskSnapshot>;
}

/** Everything Stillframe does. Disposing cancels running tasks and waits until they released what they held. */
export interface Engine extends AsyncDisposable {
  readonly repository: EngineRepository;
  readonly tasks: EngineTasks;
  readonly preferences: EnginePreferences;
  readonly activity: EngineActivity;
  readonly support: EngineSupport;
  readonly policy: EnginePolicy;
  readonly retention: EngineRetention;
  readonly schedules: EngineSchedules;
  describe(): SystemDescription;
  /** Folder listing on this machine; unreadable folders throw `VOLUME_PERMISSION`. */
  browse(path?: string): Promise<{ path: string; parent?: string; entries: DirectoryEntry[] }>;
  /** Native picker; `UNSUPPORTED_ON_HOST`. */
  pick(kind: 'folder' | 'file'): Promise<string | undefined>;

  listVolumes(): Promise<Volume[]>;
  /** By device path, link, mount point or file path; `VOLUME_NOT_FOUND`. */
  findVolume(name: string): Promise<Volume>;
  /** Remembers an image file as a volume. */
  addFileVolume(path: string): Promise<Volume>;
  removeFileVolume(path: string): Promise<void>;
  /** What every snapshot provider says about a volume. `VOLUME_NOT_FOUND`. */
  snapshotReadiness(volume: string): Promise<SnapshotReadiness>;
  /** Mounts a volume read-only in a folder of ours. `VOLUME_NOT_FOUND`, `TARGET_MOUNTED`, `VOLUME_PERMISSION`. */
  mountReadOnly(volume: string): Promise<{ mountPoint: string }>;
  /** Undoes `mountReadOnly`, and nothing else. */
  unmount(volume: string): Promise<void>;
  /** How well every volume and the repository are. */
  health(): Promise<Health>;
  /** Removes what dead runs left behind, on whatever volume; English sentences. */
  sweep(): Promise<{ removed: string[]; left: string[] }>;

  planBackup(request: BackupRequest): Promise<BackupPlan>;
  /** One volume, one task. Throws what the plan's obstacles say before a task exists. */
  startBackup(request: BackupRequest): Promise<{ taskId: string }>;

  /** Newest first. */
  listImages(): Promise<ImageSummary[]>;
  /** `id`: full id or unique prefix. */
  imageDetails(id: string): Promise<ImageDetails>;
  imageBlocks(id: string): Promise<BlockMap>;
  /** `COMMAND_INVALID` for images of different volumes or grids. */
  compareImages(request: { before: string; after: string }): Promise<ImageComparison>;

  planRestore(request: RestoreRequest): Promise<RestorePlan>;
  /** Needs `confirmation` equal to the resolved target's name; `TARGET_NOT_CONFIRMED` otherwise. */
  startRestore(request: RestoreRequest): Promise<{ taskId: string }>;
}
