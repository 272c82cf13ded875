/** What a repository in a directory asks of its file system, with what some of them cannot do. */
import { chmod, open } from 'node:fs/promises';
import { errnoOf } from '../../base/errors.ts';

/** Writes a new file; durable when it resolves. */
export async function writeSmallFile(path: string, bytes: Uint8Array): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(bytes);
  await file.sync();
}

/** Flushes a directory, so that a rename in it survives a power cut. Some network file systems cannot: then not. */
export async function syncFolder(path: string, absent?: 'absentIsFine'): Promise<void> {
  try {
    await using folder = await open(path, 'r');
    await folder.sync();
  } catch (error) {
    const errno = errnoOf(error) ?? '';
    if (absent && errno === 'ENOENT') return;
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EACCES', 'EPERM'].includes(errno)) throw error;
  }
}

/** Waits until all are settled, so that nothing goes on behind the caller's back, then throws the first failure. */
export async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(work);
  await Promise.all(work);
}

/** File systems without modes (exFAT, some shares) refuse; the content is sealed anyway. */
export async function chmodIfPossible(path: string, mode: number): Promise<void> {
  try {
    await chmod(path, mode);
  } catch (error) {
    if (!['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(errnoOf(error) ?? '')) throw error;
  }
}
