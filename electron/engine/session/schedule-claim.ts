/** One run of a schedule at a time, whoever starts it: systemd, cron, or a person who tries its command. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoOf } from '../base/errors.ts';
import type { Ports } from '../ports.ts';
import { fateOf, ownIdentity, processIdentitySchema } from '../volumes/process-identity.ts';

/** How often, and after how long, whoever goes before the others looks whether they are gone. */
const LOOKS = 50;
const BETWEEN_LOOKS_MS = 20;

/**
 * Holds the schedule until it is disposed; `undefined` while another process that lives holds it, or goes before this one.
 * A record that cannot be kept (a full disk) keeps no run from starting.
 *
 * Each who wants it writes a record under a name of its own, whole at once, then looks: who sees no other of a living
 * process holds it, so that of two at most the earlier one does. Of several, those with the later names take theirs back,
 * and the first one looks again. Only records of dead processes are removed by others, and no name is used twice, so that
 * nobody removes what holds.
 */
export async function claimSchedule(
  { directories, random, logger }: Pick<Ports, 'directories' | 'random' | 'logger'>,
  name: string,
): Promise<AsyncDisposable | undefined> {
  const folder = join(directories.state, 'schedules');
  const common = `${name}.running`;
  const own = `${common}-${Buffer.from(random.bytes(8)).toString('hex')}`;
  const path = join(folder, own);
  const unfinished = join(folder, `.${own}`);
  const release = (): Promise<void> => rm(path, { force: true });
  let holds = false;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(unfinished, JSON.stringify(await ownIdentity()), { mode: 0o600 });
    await rename(unfinished, path);
    for (let look = 0; look < LOOKS; look++) {
      const others = (await livingRecords(folder, common)).filter((other) => other !== own);
      if (others.length === 0) {
        holds = true;
        return { [Symbol.asyncDispose]: release };
      }
      if (others.some((other) => other < own)) return undefined;
      await sleep(BETWEEN_LOOKS_MS);
    }
    return undefined;
  } catch (error) {
    logger.warn('a second run of the schedule could not be ruled out', { reason: errnoOf(error) ?? String(error) });
    return { [Symbol.asyncDispose]: async () => undefined };
  } finally {
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (!holds) await release().catch(() => undefined);
  }
}

/** Names of the records whose processes live; those of others are removed. */
async function livingRecords(folder: string, common: string): Promise<string[]> {
  const living: string[] = [];
  for (const name of await readdir(folder)) {
    if (name !== common && !name.startsWith(`${common}-`)) continue;
    const record = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    // Taken back meanwhile.
    if (record === undefined) continue;
    if (await isAlive(record)) living.push(name);
    else await rm(join(folder, name), { force: true });
  }
  return living;
}

async function isAlive(record: string): Promise<boolean> {
  try {
    return (await fateOf(processIdentitySchema.parse(JSON.parse(record)))) === 'alive';
  } catch {
    return false;
  }
}
