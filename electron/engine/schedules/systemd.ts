/** The systemd that could start schedules: the computer's, or that of the person. */
import { lstat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { ScheduleSupport } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { Scheduling } from '../ports.ts';
import { findProgram, runProgram } from './programs.ts';

/** What systemctl heeds; nothing else of ours is handed on. */
const HANDED_ON = ['HOME', 'USER', 'LOGNAME', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_CONFIG_HOME'];

/** A systemd that runs. */
export interface Systemd {
  readonly scope: Scheduling['scope'];
  /** Where units are written. */
  readonly unitDirectory: string;
  /** Runs systemctl. Throws `SCHEDULE_UNAVAILABLE` with what it said where it fails. */
  control(...args: readonly string[]): Promise<void>;
}

export interface FoundSystemd {
  /** Absent: none runs. */
  systemd?: Systemd;
  /** Where units are or would be, without anybody who is told. */
  files: Systemd;
  support: ScheduleSupport;
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

function filesOf({ root, scope }: Scheduling, configHome: string): Systemd {
  const unitDirectory = scope === 'user' ? join(configHome, 'systemd/user') : join(root, 'etc/systemd/system');
  return { scope, unitDirectory, control: async () => undefined };
}

/** `configHome`: `$XDG_CONFIG_HOME` of the person. */
export async function findSystemd(scheduling: Scheduling, configHome: string): Promise<FoundSystemd> {
  const { root, scope } = scheduling;
  const files = filesOf(scheduling, configHome);
  const none = (reason: string): FoundSystemd => ({ files, support: { systemd: 'none', reason } });
  const systemctl = await findProgram(root, 'systemctl');
  // As sd_booted(3) does.
  if (systemctl === undefined || !(await exists(join(root, 'run/systemd/system')))) {
    return none('systemd does not run on this computer, so nothing starts a schedule unless cron does.');
  }
  const uid = process.getuid?.() ?? 0;
  const runtime = root === '/' ? (process.env.XDG_RUNTIME_DIR ?? `/run/user/${uid}`) : join(root, `run/user/${uid}`);
  if (scope === 'user' && !(await exists(join(runtime, 'systemd')))) {
    return none('systemd does not run for you here, because you are not logged in to this computer in the usual way.');
  }
  const handedOn = HANDED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const environment = {
    ...Object.fromEntries(handedOn),
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    LC_ALL: 'C',
    XDG_RUNTIME_DIR: runtime,
  };
  const flags = [...(scope === 'user' ? ['--user'] : []), '--no-pager', '--no-ask-password'];
  const systemd: Systemd = {
    ...files,
    control: async (...args) => {
      const end = await runProgram(systemctl, [...flags, ...args], environment);
      if (end.succeeded) return;
      throw new EngineError('SCHEDULE_UNAVAILABLE', {
        reason: `systemctl ${args[0]} failed: ${end.complaint}`,
        remedy: 'Look at “systemctl status” and the journal, then save the schedule again.',
      });
    },
  };
  const note = scope === 'user' ? await lingerNote(root) : undefined;
  return { systemd, files, support: { systemd: scope, reason: '', ...(note === undefined ? {} : { note }) } };
}

/** Without lingering the person's systemd ends when they log out. */
async function lingerNote(root: string): Promise<string | undefined> {
  const { username } = userInfo();
  if (await exists(join(root, 'var/lib/systemd/linger', username))) return undefined;
  return `Timers of ${username} only run while you are logged in; “loginctl enable-linger” lets them run always.`;
}
