/** Lets one process after the other replace a file: who compares and then renames must not be overtaken in between. */
import { open, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, errnoOf } from '../base/errors.ts';

/** A save takes no longer; a lock that is older belongs to nobody. */
const STALE_MS = 60_000;
const WAIT_MS = 5000;
const STEP_MS = 20;

/** Holds the lock until it is disposed. Throws `OPTIONS_UNWRITABLE` where somebody else keeps it, and the system's errors. */
export async function lockForSave(path: string): Promise<AsyncDisposable> {
  const lock = join(dirname(path), `.${basename(path)}.lock`);
  for (const until = performance.now() + WAIT_MS; ; ) {
    try {
      await using file = await open(lock, 'wx', 0o600);
      // A disk that is full must not keep anybody out for longer than it takes to find out.
      await file.writeFile(String(process.pid)).catch(() => undefined);
      return { [Symbol.asyncDispose]: () => rm(lock, { force: true }) };
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
    if (await isLeft(lock)) await rm(lock, { force: true });
    else if (performance.now() > until) {
      throw new EngineError('OPTIONS_UNWRITABLE', { file: path, reason: 'Somebody else is saving it at this moment.' });
    } else await sleep(STEP_MS);
  }
}

/** Whoever held it was ended in the middle. */
async function isLeft(lock: string): Promise<boolean> {
  const stats = await stat(lock).catch(() => undefined);
  if (stats === undefined) return false;
  if (Math.abs(Date.now() - stats.mtimeMs) > STALE_MS) return true;
  const pid = Number.parseInt(await readFile(lock, 'utf8').catch(() => ''), 10);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return errnoOf(error) === 'ESRCH';
  }
}
