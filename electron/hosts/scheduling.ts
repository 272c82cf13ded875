/** What a schedule starts, and where timers are made, for hosts that run under Node. */
import { existsSync, readlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { Scheduling } from '#engine/ports.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Names the folder that stands for `/` when systemd and cron are looked for. For tests, which must not make timers. */
export const SYSTEM_ROOT_VARIABLE = 'STILLFRAME_SYSTEM_ROOT';

/** Programs of LVM and file systems are in the `sbin` folders, which cron leaves out. */
const PROGRAM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** By these our own folders are found. */
const FOLDERS = ['XDG_CONFIG_HOME', 'XDG_STATE_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME'];
const LAUNCHER = 'electron/hosts/cli/stillframe.mjs';
const BUNDLE = 'out/cli/main.js';

/** The folder of our package: bundles lie as deep in it as sources do. */
function packageFolder(from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, LAUNCHER)) || existsSync(join(folder, BUNDLE))) return folder;
  }
  return from;
}

/** The same from every host, so that a timer made in the window is the one that the command line would make. */
function programOf(top: string): { program: string[]; environment: Record<string, string> } {
  const launcher = join(top, LAUNCHER);
  const pinned = join(top, 'node_modules/node/bin/node');
  if (existsSync(launcher) && existsSync(pinned)) return { program: [pinned, launcher], environment: {} };
  const program = [process.execPath, existsSync(launcher) ? launcher : join(top, BUNDLE)];
  // Electron's executable is Node when it is told so.
  const isElectron = process.versions.electron !== undefined;
  return { program, environment: isElectron ? { ELECTRON_RUN_AS_NODE: '1' } : {} };
}

/** systemd and cron go by the computer's zone, whatever TZ says for this process. */
function timeZoneOf(root: string): string {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    const [, zone] = /zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(readlinkSync(join(root, 'etc/localtime'))) ?? [];
    return zone === undefined ? own : new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return own;
  }
}

/** `from`: a folder of our package. */
export function createScheduling(
  environment: Environment = process.env,
  home: string = homedir(),
  from: string = import.meta.dirname,
): Scheduling {
  const given = environment[SYSTEM_ROOT_VARIABLE];
  const root = given !== undefined && isAbsolute(given) ? given : '/';
  const { program, environment: ofProgram } = programOf(packageFolder(from));
  const folders = FOLDERS.flatMap((name) => {
    const value = environment[name];
    return value !== undefined && isAbsolute(value) ? [[name, value]] : [];
  });
  return {
    program,
    environment: {
      HOME: environment.HOME ?? home,
      PATH: PROGRAM_PATH,
      ...Object.fromEntries(folders),
      ...ofProgram,
    },
    root,
    scope: process.getuid?.() === 0 ? 'system' : 'user',
    timeZone: timeZoneOf(root),
  };
}
