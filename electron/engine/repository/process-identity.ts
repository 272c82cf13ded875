/**
 * Who a process is beyond its number, so that locks and temporary files of a killed run are recognised although the
 * number was given to another process since. Linux: /proc (proc(5)); elsewhere only the number counts.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process of this machine, now or earlier. */
export interface ProcessIdentity {
  pid: number;
  /** /proc/sys/kernel/random/boot_id without dashes; `''` where unknown. */
  boot: string;
  /** Inode number of the PID namespace; `''` where unknown. */
  namespace: string;
  /** Start of the process in clock ticks since boot; `''` where unknown. */
  started: string;
}

/** `dead` and `alive` are certain; `unknown` is everything else and must be treated as alive. */
export type Liveness = 'alive' | 'dead' | 'unknown';

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '';
  }
}

/** Field 22 of /proc/PID/stat; the second field may hold blanks and parentheses, so counting starts behind it. */
function startTicks(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

const boot = read('/proc/sys/kernel/random/boot_id').trim().replaceAll('-', '');
const namespace = pidNamespace();

/** This process. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, boot, namespace, started: startTicks(process.pid) };
}

/** Of machine-id(5), which is not to be handed out as it is. `''` where there is none. */
const machine = hashed(read('/etc/machine-id').trim() || read('/var/lib/dbus/machine-id').trim());

function hashed(id: string): string {
  return id === '' ? '' : createHash('sha256').update(`stillframe ${id}`).digest('hex').slice(0, 32);
}

/** Tells this machine from others of the same name; `''` where nothing does. */
export function thisMachine(): string {
  return machine;
}

/** Name of this machine as restic writes it into locks. */
export function thisHost(): string {
  return hostname();
}

/** A process with this number exists (signal 0, so nobody is disturbed). */
export function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether that very process still runs. The caller has made sure that it belongs to this machine. */
export function livenessOf(identity: ProcessIdentity): Liveness {
  if (identity.boot === '' || boot === '' || identity.namespace === '' || namespace === '') return 'unknown';
  if (identity.boot !== boot) return 'dead';
  if (identity.namespace !== namespace) return 'unknown';
  if (!pidExists(identity.pid)) return 'dead';
  const started = startTicks(identity.pid);
  if (started === '' || identity.started === '') return 'unknown';
  return started === identity.started ? 'alive' : 'dead';
}

/**
 * When the process with this number started, milliseconds since the epoch by the present clock; undefined where it
 * cannot be told.
 */
export function startTimeOf(pid: number): number | undefined {
  const ticks = Number(startTicks(pid));
  const bootSeconds = Number(/^btime (\d+)$/m.exec(read('/proc/stat'))?.[1]);
  if (!(ticks > 0) || !(bootSeconds > 0)) return undefined;
  // USER_HZ is 100 on every architecture that Linux supports today.
  return bootSeconds * 1000 + ticks * 10;
}

/** Short name of the program that the process runs (/proc/PID/comm); `''` where unknown. */
export function programOf(pid: number): string {
  return read(`/proc/${pid}/comm`).trim();
}
