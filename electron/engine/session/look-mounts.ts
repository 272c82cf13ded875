/** Mounts of ours for looking at a volume: read-only, in a folder of our own, undone on demand and when the engine ends. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Volume } from '#contract';
import type { TaskRegistry } from '../activity/task-registry.ts';
import { EngineError } from '../base/errors.ts';
import type { Ports } from '../ports.ts';
import {
  beneath,
  canLook,
  MountRefused,
  mountToLook,
  type RunRecord,
  recordRun,
  unmountLook,
} from '../volumes/index.ts';
import type { VolumeService } from './volume-service.ts';

/** Below it every mount has a folder; whoever may read the files of a volume may look at them there. */
export const LOOK_FOLDER = '/run/stillframe/look';

export interface LookMountsOptions {
  ports: Pick<Ports, 'directories' | 'random' | 'logger'>;
  volumes: Pick<VolumeService, 'list' | 'find'>;
  tasks: Pick<TaskRegistry, 'list'>;
  /** Default: `LOOK_FOLDER`. */
  folder?: string | undefined;
}

interface Mounted {
  mountPoint: string;
  below: string;
  /** Takes it off the record that outlives a killed engine. */
  forget(): Promise<void>;
}

export class LookMounts implements AsyncDisposable {
  readonly #options: LookMountsOptions;
  /** By volume name; a promise while it is being mounted or unmounted. */
  readonly #mounts = new Map<string, Promise<Mounted>>();
  #disposing = false;

  constructor(options: LookMountsOptions) {
    this.#options = options;
  }

  /**
   * Throws `VOLUME_NOT_FOUND`, `VOLUME_PERMISSION` (not root), `TARGET_MOUNTED` (with `mountPoint`), `TASK_CONFLICT`,
   * `VOLUME_BUSY`, `FILESYSTEM_UNSUPPORTED`.
   */
  async mount(name: string): Promise<{ mountPoint: string }> {
    if (this.#disposing) throw new EngineError('ENGINE_GONE', { reason: 'The engine is shutting down.' });
    const volume = await this.#options.volumes.find(name);
    const before = this.#mounts.get(volume.name);
    if (before !== undefined) throw mountedError(volume.name, (await before).mountPoint);
    // What is being ended meanwhile would not know of this one.
    if (this.#disposing) throw new EngineError('ENGINE_GONE', { reason: 'The engine is shutting down.' });
    const mounting = this.#mountNew(volume);
    this.#mounts.set(volume.name, mounting);
    try {
      return { mountPoint: (await mounting).mountPoint };
    } catch (error) {
      this.#mounts.delete(volume.name);
      throw error;
    }
  }

  /** Throws `VOLUME_NOT_FOUND` where it is no mount of ours, and `VOLUME_BUSY` while somebody looks at it. */
  async unmount(name: string): Promise<void> {
    const key = this.#mounts.has(name) ? name : (await this.#options.volumes.find(name)).name;
    const mounting = this.#mounts.get(key);
    if (mounting === undefined) {
      const reason = `${name} is not mounted by Stillframe, and nothing else is unmounted.`;
      throw new EngineError('VOLUME_NOT_FOUND', { volume: name, reason });
    }
    const mounted = await mounting;
    await unmountLook(mounted.mountPoint, mounted.below, { lazily: false }).catch((error: unknown) => {
      const { mountPoint } = mounted;
      const reason = `${mountPoint} could not be unmounted: ${messageOf(error)}.`;
      const remedy = 'Close the windows and terminals that show its files.';
      throw new EngineError('VOLUME_BUSY', { volume: key, reason, remedy }, { cause: error });
    });
    this.#mounts.delete(key);
    await mounted.forget();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposing = true;
    const mounting = [...this.#mounts.values()];
    this.#mounts.clear();
    for (const result of await Promise.allSettled(mounting)) {
      if (result.status === 'fulfilled') await this.#giveUp(result.value);
    }
  }

  /** Whoever still looks at it keeps the files that are open; the mount goes all the same. */
  async #giveUp({ mountPoint, below, forget }: Mounted): Promise<void> {
    try {
      await unmountLook(mountPoint, below, { lazily: true });
      await forget();
    } catch (error) {
      // It stays on record, for the next start.
      this.#options.ports.logger.warn('a read-only mount is left', { mountPoint, reason: messageOf(error) });
    }
  }

  async #mountNew(volume: Volume): Promise<Mounted> {
    await this.#assertMayLook(volume);
    const { ports, folder = LOOK_FOLDER } = this.#options;
    const mountPoint = join(folder, `${folderName(volume)}-${randomUUID().slice(0, 8)}`);
    const below = await beneath(volume.name);
    if (below === '') throw new EngineError('VOLUME_NOT_FOUND', { volume: volume.name });
    const journal = await recordRun({ ports });
    const forget = await onRecord(journal, { volume: volume.name, mountPoint, below });
    try {
      await mountToLook({ source: volume.name, fsType: volume.fsType, mountPoint });
    } catch (error) {
      await forget();
      throw error instanceof MountRefused ? refusedError(volume, error) : error;
    }
    return { mountPoint, below, forget };
  }

  async #assertMayLook(volume: Volume): Promise<void> {
    const { name, fsType } = volume;
    if (process.getuid?.() !== 0) {
      const reason = 'Mounting needs root.';
      throw new EngineError('VOLUME_PERMISSION', { volume: name, reason, remedy: 'Start Stillframe as root.' });
    }
    const mount = volume.holders.find(({ kind }) => kind === 'mount');
    if (mount !== undefined) throw mountedError(name, mount.name);
    const busy = await this.#taskOn(volume);
    if (busy !== undefined) {
      const reason = `A task works on ${busy.subject}.`;
      throw new EngineError('TASK_CONFLICT', { volume: name, taskId: busy.id, reason });
    }
    const holders = volume.holders.filter(({ kind }) => kind !== 'process');
    if (holders.length > 0) {
      const reason = `${name} is in use by ${holders.map((holder) => holder.name).join(', ')}.`;
      throw new EngineError('VOLUME_BUSY', { volume: name, reason });
    }
    if (!canLook(fsType)) {
      const reason = fsType === '' ? 'No file system is known on it.' : `${fsType} cannot be mounted to look at it.`;
      throw new EngineError('FILESYSTEM_UNSUPPORTED', { volume: name, reason });
    }
  }

  /** An unfinished task on the volume, or on what holds it. */
  async #taskOn(volume: Volume) {
    const unfinished = this.#options.tasks
      .list()
      .filter(({ state }) => state === 'queued' || state === 'running' || state === 'cancelling');
    if (unfinished.length === 0) return undefined;
    const all = await this.#options.volumes.list();
    const line = [volume.name];
    for (let parent = volume.parent; parent !== undefined && !line.includes(parent); ) {
      line.push(parent);
      const [above] = all.filter((one) => one.name === parent);
      parent = above?.parent;
    }
    return unfinished.find(({ subject }) => line.includes(subject));
  }
}

/** Writes it down before it is done; the function that is returned strikes it out. */
async function onRecord(
  journal: RunRecord,
  facts: { volume: string; mountPoint: string; below: string },
): Promise<() => Promise<void>> {
  const change = { kind: 'look', ...facts };
  await journal.add(change);
  return async () => {
    await journal.settle(change);
    await journal[Symbol.asyncDispose]();
  };
}

/** What people recognise, as a file name. */
function folderName({ label, name }: Volume): string {
  const words = (label || (name.split('/').at(-1) ?? '')).replace(/[^\w.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return words.slice(0, 40) || 'volume';
}

function mountedError(volume: string, mountPoint: string): EngineError {
  const reason = `${volume} is mounted at ${mountPoint} already.`;
  return new EngineError('TARGET_MOUNTED', { target: volume, volume, mountPoint, reason });
}

/** What mount(8) says, without its own words around it. */
function refusedError({ name, fsType }: Volume, refusal: MountRefused): EngineError {
  const [said = ''] = refusal.message.split('\n', 1);
  const why = said.replace(/^mount: (?:\/.*?: )?/, '').replace(/\.+$/, '');
  const noDriver = /unknown filesystem type/.test(why);
  return new EngineError(
    'FILESYSTEM_UNSUPPORTED',
    {
      volume: name,
      reason: noDriver ? `This computer has no driver for ${fsType}.` : `${name} cannot be mounted: ${why}.`,
      remedy: noDriver ? 'Look at it on a computer that has one.' : 'Check the file system, for example with fsck.',
    },
    { cause: refusal },
  );
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.+$/, '');
}
