/**
 * A repository in a directory, in restic's local layout. A file is written under a temporary name, flushed to the
 * medium, renamed, and its directory flushed; so after a power cut it is whole or absent.
 */
import type { Dirent } from 'node:fs';
import { mkdir, readdir, rename, stat, statfs, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EngineError, errnoOf, throwIfCancelled } from '../../base/errors.ts';
import { native } from '../../native.ts';
import { damaged, fileReference, missing } from '../damage.ts';
import { FOLDERS, isId, relativePath } from '../file-layout.ts';
import type { FileKind } from '../types.ts';
import type { Backend, StoredFile } from './backend.ts';
import { localError } from './local-errors.ts';
import { chmodIfPossible, settleAll, syncFolder, writeSmallFile } from './local-files.ts';
import { isAbandoned, isTemporaryName, temporaryName } from './temporary-names.ts';

/** ext2/3/4, XFS, btrfs, tmpfs, F2FS, ZFS, bcachefs. */
const LOCAL_FILE_SYSTEMS = new Set([0xef53, 0x58465342, 0x9123683e, 0x01021994, 0xf2f52010, 0x2fc12fc1, 0xca451a4e]);
/** Files of at least this many bytes are written by the addon, past the page cache. */
const LARGE_FILE_BYTES = 1024 * 1024;

/** Files that are removed at the same time. */
const REMOVALS_AT_ONCE = 4;

/** Two hexadecimal digits, `00` to `ff`: the folders below `data`. */
const DATA_FOLDERS = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

/** Opens a directory as a backend; nothing is touched yet. `path` may be relative to the working directory. */
export function createLocalBackend(path: string): Backend {
  return new LocalBackend(resolve(path));
}

class LocalBackend implements Backend {
  readonly location: string;
  /** Modes as restic chooses them: a config that the group may read opens the rest to the group. */
  #modes: { file: number; folder: number } | undefined;

  constructor(root: string) {
    this.location = root;
  }

  async create(): Promise<void> {
    await this.#run('', async () => {
      await this.#makeRoot();
      const folders = [...FOLDERS, ...DATA_FOLDERS.map((name) => `data/${name}`)];
      for (const folder of folders) await mkdir(join(this.location, folder), { recursive: true, mode: 0o700 });
      await syncFolder(join(this.location, 'data'));
      await syncFolder(this.location);
      await syncFolder(dirname(this.location));
    });
  }

  async *list(kind: FileKind, signal?: AbortSignal): AsyncGenerator<StoredFile> {
    if (kind === 'config') {
      if (await this.exists('config', '')) yield { name: '', sizeBytes: await this.size('config', '') };
      return;
    }
    const folders = kind === 'data' ? DATA_FOLDERS.map((name) => `data/${name}`) : [kind];
    for (const folder of folders) {
      throwIfCancelled(signal);
      for (const { name } of await this.#entries(folder)) {
        if (!isId(name) || relativePath(kind, name) !== `${folder}/${name}`) continue;
        const sizeBytes = await this.#sizeOf(`${folder}/${name}`);
        if (sizeBytes !== undefined) yield { name, sizeBytes };
      }
    }
  }

  async save(kind: FileKind, name: string, bytes: Uint8Array): Promise<void> {
    const path = relativePath(kind, name);
    await this.#run(path, async () => {
      try {
        await this.#write(path, bytes);
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') throw error;
        // A folder is missing. Making it is right only where the repository still is: an unmounted disk leaves an
        // empty mount point behind.
        await this.#assertPresent();
        await mkdir(dirname(join(this.location, path)), { recursive: true, mode: (await this.#modesNow()).folder });
        await this.#write(path, bytes);
      }
    });
  }

  async load(kind: FileKind, name: string, offsetBytes: number, buffer: Uint8Array): Promise<void> {
    const reference = fileReference(this.location, kind, name);
    const path = relativePath(kind, name);
    await this.#run(path, async () => {
      try {
        await native().readFile(join(this.location, path), offsetBytes, buffer);
      } catch (error) {
        if (errnoOf(error) === 'EOF_EARLY')
          throw damaged(reference, 'The file is shorter than it should be.', {}, error);
        if (errnoOf(error) !== 'ENOENT') throw error;
        await this.#assertPresent();
        throw missing(reference, error);
      }
    });
  }

  async loadAll(kind: FileKind, name: string, limitBytes: number): Promise<Buffer> {
    const sizeBytes = await this.size(kind, name);
    if (sizeBytes > limitBytes) {
      throw damaged(fileReference(this.location, kind, name), `The file is larger than ${limitBytes} bytes.`);
    }
    const buffer = Buffer.allocUnsafeSlow(sizeBytes);
    if (sizeBytes > 0) await this.load(kind, name, 0, buffer);
    return buffer;
  }

  async size(kind: FileKind, name: string): Promise<number> {
    const path = relativePath(kind, name);
    const sizeBytes = await this.#sizeOf(path);
    if (sizeBytes !== undefined) return sizeBytes;
    await this.#assertPresent();
    throw missing(fileReference(this.location, kind, name));
  }

  async exists(kind: FileKind, name: string): Promise<boolean> {
    return (await this.#sizeOf(relativePath(kind, name))) !== undefined;
  }

  async remove(kind: FileKind, name: string): Promise<void> {
    const path = relativePath(kind, name);
    await this.#run(path, async () => {
      try {
        await unlink(join(this.location, path));
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') throw error;
        await this.#assertPresent();
      }
    });
  }

  async removeAll(
    kind: FileKind,
    names: readonly string[],
    signal?: AbortSignal,
    onRemoved?: (name: string) => void,
  ): Promise<void> {
    const rest = [...names];
    const worker = async (): Promise<void> => {
      for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
        throwIfCancelled(signal);
        await this.remove(kind, name);
        onRemoved?.(name);
      }
    };
    await settleAll(Array.from({ length: REMOVALS_AT_ONCE }, worker));
    if (kind !== 'data' && names.length > 0)
      await this.#run(kind, () => syncFolder(join(this.location, kind), 'absentIsFine'));
  }

  async removeLeftovers(): Promise<number> {
    let removed = 0;
    for (const folder of ['', ...FOLDERS, ...DATA_FOLDERS.map((name) => `data/${name}`)]) {
      for (const { name } of await this.#entries(folder)) {
        if (isTemporaryName(name) && (await this.#removeIfAbandoned(join(folder, name)))) removed++;
      }
    }
    return removed;
  }

  /** Network file systems cache folders, so only file systems of this machine are believed (statfs(2), `f_type`). */
  async listsAtOnce(): Promise<boolean> {
    return this.#run('', async () => LOCAL_FILE_SYSTEMS.has((await statfs(this.location)).type));
  }

  async space(): Promise<{ freeBytes: number; totalBytes: number }> {
    return this.#run('', async () => {
      const { bavail, blocks, bsize } = await statfs(this.location);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    });
  }

  async #makeRoot(): Promise<void> {
    try {
      await mkdir(this.location, { recursive: true, mode: 0o700 });
    } catch (error) {
      if (!['EEXIST', 'ENOTDIR'].includes(errnoOf(error) ?? '')) throw error;
      const reason = 'There is a file where the directory should be.';
      const details = { repository: this.location, option: 'repository', value: this.location, reason };
      throw new EngineError('OPTION_INVALID', details, { cause: error });
    }
  }

  async #write(path: string, bytes: Uint8Array): Promise<void> {
    const target = join(this.location, path);
    const folder = dirname(target);
    const temporary = join(folder, temporaryName());
    try {
      if (bytes.length >= LARGE_FILE_BYTES) await native().writeFile(temporary, bytes);
      else await writeSmallFile(temporary, bytes);
      await chmodIfPossible(temporary, (await this.#modesNow()).file);
      await rename(temporary, target);
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
      throw error;
    }
    await syncFolder(folder);
  }

  async #removeIfAbandoned(path: string): Promise<boolean> {
    return this.#run(path, async () => {
      const target = join(this.location, path);
      try {
        const { mtimeMs } = await stat(target);
        if (!isAbandoned(path.slice(path.lastIndexOf('/') + 1), Date.now() - mtimeMs)) return false;
        await unlink(target);
        return true;
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return false;
        throw error;
      }
    });
  }

  /** Entries of a folder; a missing one is empty, as restic has it, unless the whole repository is gone. */
  async #entries(folder: string): Promise<Dirent[]> {
    return this.#run(folder, async () => {
      try {
        return await readdir(join(this.location, folder), { withFileTypes: true });
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') throw error;
        await this.#assertPresent();
        return [];
      }
    });
  }

  async #sizeOf(path: string): Promise<number | undefined> {
    return this.#run(path, async () => {
      try {
        return (await stat(join(this.location, path))).size;
      } catch (error) {
        if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined;
        throw error;
      }
    });
  }

  /** `REPOSITORY_UNREACHABLE` unless the config is where it should be. */
  async #assertPresent(): Promise<void> {
    if (await this.exists('config', '')) return;
    throw new EngineError('REPOSITORY_UNREACHABLE', {
      repository: this.location,
      path: this.location,
      reason: 'The repository is no longer there.',
    });
  }

  async #modesNow(): Promise<{ file: number; folder: number }> {
    if (this.#modes !== undefined) return this.#modes;
    const config = await stat(join(this.location, 'config')).catch(() => undefined);
    if (config === undefined) return { file: 0o400, folder: 0o700 };
    const group = (config.mode & 0o040) !== 0;
    this.#modes = group ? { file: 0o440, folder: 0o750 } : { file: 0o400, folder: 0o700 };
    return this.#modes;
  }

  async #run<T>(path: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      throw localError(this.location, join(this.location, path), error);
    }
  }
}
