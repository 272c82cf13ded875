/** Puts a schedule's units into systemd and takes them out again: all of it, or nothing. */
import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Schedule } from '#contract';
import { EngineError, errnoOf, toEngineError } from '../base/errors.ts';
import { readText, UnreadableFile } from './read-text.ts';
import { makeFolder, removeFile, replaceFile } from './replace-file.ts';
import type { Systemd } from './systemd.ts';
import { markerLine, type UnitTexts, unitName } from './unit-text.ts';

const UNIT_MODE = 0o644;
const FOLDER_MODE = 0o755;
const MOST_UNIT_BYTES = 1024 ** 2;

interface UnitPaths {
  service: string;
  timer: string;
  /** Makes systemd start the timer with the computer or the session. */
  link: string;
}

/** What is installed now. */
interface Installed {
  service: string | undefined;
  timer: string | undefined;
  linked: boolean;
}

/** Where the units of a schedule are. */
export function unitPaths({ unitDirectory }: Pick<Systemd, 'unitDirectory'>, name: string): UnitPaths {
  const unit = unitName(name);
  return {
    service: join(unitDirectory, `${unit}.service`),
    timer: join(unitDirectory, `${unit}.timer`),
    link: join(unitDirectory, 'timers.target.wants', `${unit}.timer`),
  };
}

/** The text of a unit of ours; `undefined` where there is none. Throws `SCHEDULE_INVALID` for one of somebody else. */
async function ownText(path: string, name: string): Promise<string | undefined> {
  let text: string | undefined;
  let why = `Stillframe did not write ${path}, so it is left alone.`;
  try {
    text = await readText(path, { most: MOST_UNIT_BYTES, follow: false });
    if (text === undefined || text.startsWith(`${markerLine(name)}\n`)) return text;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    why = error.message;
  }
  throw new EngineError('SCHEDULE_INVALID', {
    schedule: name,
    path,
    reason: why,
    remedy: 'Choose another name for the schedule, or put that unit aside.',
  });
}

async function isLinked(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink() && (await readlink(path)) !== '/dev/null';
  } catch {
    return false;
  }
}

async function installedNow(paths: UnitPaths, name: string): Promise<Installed> {
  return {
    service: await ownText(paths.service, name),
    timer: await ownText(paths.timer, name),
    linked: await isLinked(paths.link),
  };
}

/** What is installed compared with what is wanted. `timer`: the part of it that says when. */
export async function installedState(
  systemd: Systemd,
  name: string,
  wanted: UnitTexts | undefined,
): Promise<{ state: Schedule['state']; timer: boolean }> {
  const { service, timer, linked } = await installedNow(unitPaths(systemd, name), name).catch((error: unknown) => {
    if (error instanceof EngineError) return { service: undefined, timer: undefined, linked: false };
    throw error;
  });
  const something = service !== undefined || timer !== undefined;
  if (wanted === undefined) return { state: something ? 'changed' : 'missing', timer: false };
  if (service === undefined || timer === undefined || !linked) return { state: 'missing', timer: false };
  const sameTimer = timer === wanted.timer;
  return { state: sameTimer && service === wanted.service ? 'installed' : 'changed', timer: sameTimer };
}

/**
 * Installs the units, and has systemd start the timer. What fails is undone: the units are as before then. Throws
 * `SCHEDULE_UNAVAILABLE`, with what could not be undone as `leftBehind`, and `SCHEDULE_INVALID` for a unit of that name
 * that is not ours.
 */
export async function install(systemd: Systemd, name: string, texts: UnitTexts): Promise<void> {
  const paths = unitPaths(systemd, name);
  const before = await installedNow(paths, name);
  try {
    await makeFolder(systemd.unitDirectory, FOLDER_MODE);
    await replaceFile(paths.service, texts.service, UNIT_MODE);
    await replaceFile(paths.timer, texts.timer, UNIT_MODE);
    await systemd.control('daemon-reload');
    await systemd.control('enable', '--now', `${unitName(name)}.timer`);
    // One that waits already goes on waiting for the time that it was told before.
    if (before.timer !== undefined) await systemd.control('restart', `${unitName(name)}.timer`);
  } catch (error) {
    const leftBehind = await undo(systemd, name, before);
    throw unavailable(error, systemd.unitDirectory, leftBehind);
  }
}

function unavailable(cause: unknown, folder: string, leftBehind: readonly string[]): EngineError {
  const errno = errnoOf(cause);
  const { code, details } =
    errno === undefined
      ? toEngineError(cause)
      : new EngineError('SCHEDULE_UNAVAILABLE', {
          path: folder,
          reason: `The units cannot be written (${errno}).`,
          remedy: `Check who owns ${folder}, and that the disk has space left.`,
        });
  const left = leftBehind.length === 0 ? {} : { leftBehind: [...leftBehind] };
  return new EngineError(code, { ...details, ...left }, { cause });
}

/** Puts back what was there; returns what that did not work for, English sentences. */
async function undo(systemd: Systemd, name: string, before: Installed): Promise<string[]> {
  const paths = unitPaths(systemd, name);
  const left: string[] = [];
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    await work().catch((error: unknown) => {
      const reason = errnoOf(error) ?? toEngineError(error).details.reason;
      left.push(`${what} ${typeof reason === 'string' ? reason : ''}`.trim());
    });
  };
  const timer = `${unitName(name)}.timer`;
  if (before.timer === undefined || !before.linked) {
    // While the timer's file is there, systemd knows what to stop. It may never have heard of it.
    await systemd.control('disable', '--now', timer).catch(() => undefined);
    await systemd.control('clean', '--what=state', timer).catch(() => undefined);
  }
  if (!before.linked) await attempt(`${paths.link} could not be removed.`, () => removeFile(paths.link));
  for (const [path, text] of [
    [paths.service, before.service],
    [paths.timer, before.timer],
  ] as const) {
    // What could not be changed need not be put back.
    if ((await ownText(path, name).catch(() => undefined)) === text) continue;
    if (text === undefined) await attempt(`${path} could not be removed.`, () => removeFile(path));
    else await attempt(`${path} could not be put back.`, () => replaceFile(path, text, UNIT_MODE));
  }
  await attempt('systemd was not told that the units are as before.', () => systemd.control('daemon-reload'));
  if (before.linked && before.timer !== undefined) {
    await attempt('The timer could not be started again.', async () => {
      await systemd.control('enable', '--now', timer);
      await systemd.control('restart', timer);
    });
  }
  return left;
}

/**
 * Takes the units out. A run that goes on ends by itself. May be repeated until nothing is left. Returns whether there
 * was anything. Throws `SCHEDULE_UNAVAILABLE` where something could not be removed or systemd was not told, and
 * `SCHEDULE_INVALID` for a unit of that name that is not ours.
 */
export async function uninstall(systemd: Systemd, name: string): Promise<boolean> {
  const paths = unitPaths(systemd, name);
  const before = await installedNow(paths, name);
  if (before.service === undefined && before.timer === undefined) return false;
  const timer = `${unitName(name)}.timer`;
  try {
    // Where systemd does not know it any more there is nothing to stop; what counts is what is removed below.
    await systemd.control('disable', '--now', timer).catch(() => undefined);
    // Else a schedule of this name would one day make up for runs that nobody missed.
    await systemd.control('clean', '--what=state', timer).catch(() => undefined);
    await removeFile(paths.link);
    await removeFile(paths.timer);
    await removeFile(paths.service);
    await systemd.control('daemon-reload');
    // It may have failed the last time, and would be listed until the computer starts again.
    await systemd.control('reset-failed', `${unitName(name)}.service`).catch(() => undefined);
  } catch (error) {
    throw unavailable(error, systemd.unitDirectory, []);
  }
  return true;
}
