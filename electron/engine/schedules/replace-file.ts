/** Replaces a file so that at every moment there is a whole one, durable when it resolves. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf } from '../base/errors.ts';

/** Files that a killed save left are older than this, milliseconds. */
const STALE_MS = 3_600_000;

/** Throws the system's errors; the file is as before then. `mode` also where the umask would take bits away. */
export async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  const temporary = join(dirname(path), `${prefixOf(path)}${randomBytes(6).toString('hex')}`);
  try {
    {
      await using file = await open(temporary, 'wx', mode);
      await file.chmod(mode);
      await file.writeFile(text);
      await file.sync();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
  await removeStale(path);
}

/** Makes the folder with those above it. */
export async function makeFolder(path: string, mode: number): Promise<void> {
  await mkdir(path, { recursive: true, mode });
}

/** Removes a file or link, durable when it resolves. True where there was one. */
export async function removeFile(path: string): Promise<boolean> {
  try {
    await rm(path);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return false;
    throw error;
  }
  await syncFolder(dirname(path));
  return true;
}

async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  await folder.sync();
}

function prefixOf(path: string): string {
  return `.${basename(path)}.new-`;
}

/** What killed saves left; it is not worth failing for. */
async function removeStale(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefixOf(path))) continue;
    const stats = await lstat(join(folder, name)).catch(() => undefined);
    if (stats && Date.now() - stats.mtimeMs > STALE_MS) await rm(join(folder, name), { force: true }).catch(() => {});
  }
}
