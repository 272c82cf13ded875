/** One run of a schedule at a time, whoever starts it: systemd, cron, or a person who tries its command. */
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../base/errors.ts';
import type { Ports } from '../ports.ts';
import { fateOf, ownIdentity, processIdentitySchema } from '../volumes/process-identity.ts';

/** Each time another process may have been faster. */
const ATTEMPTS = 5;

async function isAlive(record: string): Promise<boolean> {
  try {
    return (await fateOf(processIdentitySchema.parse(JSON.parse(record)))) === 'alive';
  } catch {
    return false;
  }
}

/**
 * Holds the schedule until it is disposed; `undefined` while another process that lives holds it. A record that cannot
 * be kept (a full disk) keeps no run from starting.
 */
export async function claimSchedule(
  { directories, random, logger }: Pick<Ports, 'directories' | 'random' | 'logger'>,
  name: string,
): Promise<AsyncDisposable | undefined> {
  const folder = join(directories.state, 'schedules');
  const path = join(folder, `${name}.running`);
  const own = `${path}-${Buffer.from(random.bytes(6)).toString('hex')}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(own, JSON.stringify(await ownIdentity()), { mode: 0o600 });
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Atomic: whoever sees the record sees all of it.
      if (await created(own, path)) return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
      const record = await readFile(path, 'utf8').catch(() => '');
      if (await isAlive(record)) return undefined;
      await takeAway(path, `${own}-left`, record);
    }
    return undefined;
  } catch (error) {
    logger.warn('a second run of the schedule could not be ruled out', { reason: errnoOf(error) ?? String(error) });
    return { [Symbol.asyncDispose]: async () => undefined };
  } finally {
    await rm(own, { force: true }).catch(() => undefined);
  }
}

async function created(from: string, path: string): Promise<boolean> {
  try {
    await link(from, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the record of a dead process, unless it is another one by now. */
async function takeAway(path: string, aside: string, record: string): Promise<void> {
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== record) await created(aside, path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
