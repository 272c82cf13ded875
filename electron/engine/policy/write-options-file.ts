/** Replaces an options file so that at every moment there is a whole one: the old or the new. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EngineError, errnoOf } from '../base/errors.ts';
import { readOptionsBytes, revisionOf } from './options-file.ts';
import { lockForSave } from './save-lock.ts';

/** Of a file that is made new: commands in it may hold secrets. */
const NEW_FILE_MODE = 0o600;
const NEW_FOLDER_MODE = 0o700;
/** Files that a killed save left are older than this, milliseconds. */
const STALE_MS = 3_600_000;

interface Looks {
  mode: number;
  uid: number;
  gid: number;
}

/**
 * Writes `content`, durable when it resolves. Links are followed; mode and owner stay; what was before is kept in
 * `….bak`. Throws `OPTIONS_CHANGED` where the file is not the one of `revision`, and `OPTIONS_UNWRITABLE`; nothing is
 * changed then.
 */
export async function writeOptionsFile(path: string, content: Buffer, revision: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: NEW_FOLDER_MODE });
    const target = await followLinks(path);
    await using _lock = await lockForSave(target);
    const before = await readOptionsBytes(target);
    assertRevision(path, before, revision);
    const looks = before === undefined ? undefined : await looksOf(target);
    await removeStale(target);
    if (before !== undefined) await replaceFile(`${target}.bak`, before, looks);
    await replaceFile(target, content, looks, async () =>
      assertRevision(path, await readOptionsBytes(target), revision),
    );
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    const reason = `The options file cannot be written (${errno}).`;
    throw new EngineError('OPTIONS_UNWRITABLE', { file: path, reason }, { cause: error });
  }
}

function assertRevision(path: string, bytes: Buffer | undefined, revision: string): void {
  if (revisionOf(bytes) === revision) return;
  const reason = 'Somebody else changed the options file in the meantime.';
  throw new EngineError('OPTIONS_CHANGED', {
    file: path,
    reason,
    remedy: 'Look at it again, and repeat your changes.',
  });
}

/** What a name stands for in the end, also where the last link leads nowhere yet. */
async function followLinks(path: string): Promise<string> {
  const link = await lstat(path).catch(() => undefined);
  if (!link?.isSymbolicLink()) return join(await realpath(dirname(path)), basename(path));
  const target = await realpath(path).catch(() => undefined);
  const owner = target === undefined ? undefined : (await stat(target)).uid;
  // Else whoever may make a link here could have root write anywhere.
  if (process.getuid?.() === 0 && link.uid !== 0 && link.uid !== owner) {
    const reason = 'It is a link that somebody else made to a file that is not theirs.';
    throw new EngineError('OPTIONS_UNWRITABLE', { file: path, reason });
  }
  if (target !== undefined) return target;
  const absent = resolve(dirname(path), await readlink(path));
  return join(await realpath(dirname(absent)), basename(absent));
}

/** Throws `EACCES` for a file that may not be written, although its folder may. */
async function looksOf(path: string): Promise<Looks> {
  await access(path, constants.W_OK);
  const { mode, uid, gid } = await stat(path);
  return { mode: mode & 0o7777, uid, gid };
}

/** `check` throws where the file must not be replaced any more. */
async function replaceFile(
  path: string,
  content: Buffer,
  looks: Looks | undefined,
  check?: () => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `${temporaryPrefix(path)}${randomBytes(6).toString('hex')}`);
  try {
    {
      await using file = await open(temporary, 'wx', NEW_FILE_MODE);
      await file.writeFile(content);
      if (looks) await giveLooks(file, looks);
      await file.sync();
    }
    await check?.();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await using directory = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  await directory.sync();
}

/** The owner comes first: changing it takes away bits of the mode. */
async function giveLooks(file: FileHandle, { mode, uid, gid }: Looks): Promise<void> {
  const own = await file.stat();
  if (own.uid !== uid || own.gid !== gid) await file.chown(uid, gid);
  await file.chmod(mode);
}

function temporaryPrefix(path: string): string {
  return `.${basename(path)}.new-`;
}

/** Removes what killed saves left. */
async function removeStale(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(temporaryPrefix(path)) && !name.startsWith(temporaryPrefix(`${path}.bak`))) continue;
    const stats = await lstat(join(folder, name)).catch(() => undefined);
    if (stats && Date.now() - stats.mtimeMs > STALE_MS)
      await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}
