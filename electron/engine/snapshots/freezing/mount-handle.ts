/** A mount by itself, whatever its mount point leads to. */
import { constants, type FileHandle, open, readFile } from 'node:fs/promises';
import type { MountEntry } from '../../volumes/mount-table.ts';

/**
 * Opens the root of a mount; `undefined` where its mount point leads to another one (something was mounted over it) or
 * nowhere. Paths of the form `/proc/self/fd/N` then lead to just this mount.
 */
export async function openMount(entry: Pick<MountEntry, 'id' | 'mountPoint'>): Promise<FileHandle | undefined> {
  const handle = await open(entry.mountPoint, constants.O_RDONLY | constants.O_DIRECTORY).catch(() => undefined);
  if (handle === undefined) return undefined;
  const facts = await readFile(`/proc/self/fdinfo/${handle.fd}`, 'utf8').catch(() => '');
  if (Number(/^mnt_id:\s*(\d+)$/m.exec(facts)?.[1]) === entry.id) return handle;
  await handle.close();
  return undefined;
}

/** The first of these mounts that can be opened. */
export async function openAnyMount(
  entries: readonly MountEntry[],
): Promise<(AsyncDisposable & { handle: FileHandle; mountPoint: string }) | undefined> {
  for (const entry of entries) {
    const handle = await openMount(entry);
    if (handle) return { handle, mountPoint: entry.mountPoint, [Symbol.asyncDispose]: () => handle.close() };
  }
  return undefined;
}
