/** Folder listings for hosts without a native picker. */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EngineError, errnoOf } from '../base/errors.ts';
import type { DirectoryEntry } from '../engine.ts';

/** Entries shown of one folder; more would not help anybody find one. */
const MAX_ENTRIES = 2000;

/** Folders first, then files, hidden ones left out. Throws `VOLUME_PERMISSION` or `VOLUME_NOT_FOUND`. */
export async function browseFolder(
  path: string,
): Promise<{ path: string; parent?: string; entries: DirectoryEntry[] }> {
  const folder = resolve(path);
  const parent = dirname(folder);
  const names = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const denied = errnoOf(error) === 'EACCES' || errnoOf(error) === 'EPERM';
    throw new EngineError(denied ? 'VOLUME_PERMISSION' : 'VOLUME_NOT_FOUND', { volume: folder }, { cause: error });
  });
  const entries: DirectoryEntry[] = [];
  for (const entry of names.slice(0, MAX_ENTRIES)) {
    if (entry.name.startsWith('.')) continue;
    const entryPath = join(folder, entry.name);
    // A link that leads nowhere is not worth showing.
    const facts = await stat(entryPath).catch(() => undefined);
    if (facts?.isDirectory()) entries.push({ name: entry.name, path: entryPath, kind: 'folder' });
    else if (facts?.isFile()) {
      entries.push({ name: entry.name, path: entryPath, kind: 'file', sizeBytes: facts.size });
    }
  }
  const rank = (entry: DirectoryEntry): string => `${entry.kind === 'folder' ? 0 : 1}${entry.name.toLowerCase()}`;
  entries.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return { path: folder, ...(parent === folder ? {} : { parent }), entries };
}
