/** The engine as hosts see it: the same calls for the window, the browser and the command line. */
import type {
  BackupPlan,
  BackupRequest,
  ImageDetails,
  ImageSummary,
  RepositoryStatus,
  RestorePlan,
  RestoreRequest,
  SnapshotReadiness,
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
}

/** Long-running work. */
export interface EngineTasks {
  list(): TaskSnapshot[];
  get(taskId: string): TaskSnapshot;
  /** Asks the task to stop; resolves at once. `TASK_NOT_FOUND`. */
  cancel(taskId: string): void;
  /** Every task now, then each change (progress at most ten a second a task), until `signal` aborts. */
  watch(signal?: AbortSignal): AsyncIterable<TaskSnapshot>;
  /** Resolves with the task's last state: `succeeded`, `failed` or `cancelled`. */
  finished(taskId: string): Promise<TaskSnapshot>;
}

/** Everything Stillframe does. Disposing cancels running tasks and waits until they released what they held. */
export interface Engine extends AsyncDisposable {
  readonly repository: EngineRepository;
  readonly tasks: EngineTasks;
  describe(): SystemDescription;
  /** Folder listing on this machine; unreadable folders throw `VOLUME_PERMISSION`. */
  browse(path?: string): Promise<{ path: string; parent?: string; entries: DirectoryEntry[] }>;
  /** Native picker; `UNSUPPORTED_ON_HOST`. */
  pick(kind: 'folder' | 'file'): Promise<string | undefined>;

  listVolumes(): Promise<Volume[]>;
  /** Remembers an image file as a volume. */
  addFileVolume(path: string): Promise<Volume>;
  removeFileVolume(path: string): Promise<void>;
  /** What every snapshot provider says about a volume. `VOLUME_NOT_FOUND`. */
  snapshotReadiness(volume: string): Promise<SnapshotReadiness>;
  /** Removes what dead runs left behind, on whatever volume; English sentences. */
  sweep(): Promise<{ removed: string[]; left: string[] }>;

  planBackup(request: BackupRequest): Promise<BackupPlan>;
  /** One volume, one task. Throws what the plan's obstacles say before a task exists. */
  startBackup(request: BackupRequest): Promise<{ taskId: string }>;

  /** Newest first. */
  listImages(): Promise<ImageSummary[]>;
  /** `id`: full id or unique prefix. */
  imageDetails(id: string): Promise<ImageDetails>;

  planRestore(request: RestoreRequest): Promise<RestorePlan>;
  /** Needs `confirmation` equal to the resolved target's name; `TARGET_NOT_CONFIRMED` otherwise. */
  startRestore(request: RestoreRequest): Promise<{ taskId: string }>;
}
