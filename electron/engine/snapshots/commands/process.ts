/** A shell command in a session of its own: with a time limit, and ended together with everything that it started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { abortError, errnoOf, throwIfCancelled } from '../../base/errors.ts';
import { sleep } from '../sleep.ts';
import { openCommandPipe } from './pipe.ts';

export interface ShellCommand {
  /** For `/bin/sh -c`, as it is. */
  command: string;
  environment: NodeJS.ProcessEnv;
  timeLimitMs: number;
  /** Time between SIGTERM and SIGKILL. */
  graceMs: number;
  signal?: AbortSignal | undefined;
  /** Standard output and standard error, in the order in which they were written. */
  onOutput(chunk: Buffer): void;
}

/** How it ended. */
export interface ShellEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  timedOut: boolean;
  /** It has not ended although it was killed: it waits for a device. */
  stuck: boolean;
}

/** How long what a command printed is waited for once it ended: a pipe holds little, and we read all the time. */
const DRAIN_MS = 1000;
/** How long the kernel is given to end what was killed. */
const KILL_MS = 5000;
const POLL_MS = 25;

type Exit = Pick<ShellEnd, 'exitCode' | 'signal'>;

/**
 * Runs it in `/`, with nothing to read. What it leaves running in the background when it ends by itself goes on, for
 * keeping an application still may be its task; nobody waits for it or listens to it.
 *
 * Throws `CANCELLED` once everything was ended, and the system's error where the shell cannot be started.
 */
export async function runShell(options: ShellCommand): Promise<ShellEnd> {
  const { timeLimitMs, graceMs, signal } = options;
  throwIfCancelled(signal);
  const { child, exit, listeners } = await start(options);
  const stop = Promise.withResolvers<'time' | 'cancel'>();
  const timer = setTimeout(() => stop.resolve('time'), timeLimitMs);
  const onAbort = () => stop.resolve('cancel');
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    const first = await Promise.race([exit, stop.promise]);
    const exited = typeof first === 'string' ? await endSession(child, exit, graceMs) : first;
    await Promise.all(listeners.map((listener) => listener.finish()));
    if (first === 'cancel' && signal) throw abortError(signal);
    return { ...(exited ?? NOT_ENDED), timedOut: first === 'time', stuck: exited === undefined };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    for (const listener of listeners) listener.release();
    child.unref();
  }
}

const NOT_ENDED: Exit = { exitCode: null, signal: null };

interface Started {
  child: ChildProcess;
  /** Rejects where it could not be started. */
  exit: Promise<Exit>;
  listeners: Listener[];
}

async function start({ command, environment, onOutput }: ShellCommand): Promise<Started> {
  await using pipe = await openCommandPipe();
  const output = pipe?.writeEnd ?? 'pipe';
  try {
    // After `--` a command that begins with a hyphen is no option of the shell's.
    const child = spawn('/bin/sh', ['-c', '--', command], {
      cwd: '/',
      env: environment,
      // A session of its own: all of it can be ended together, and Ctrl+C in our terminal does not reach it.
      detached: true,
      stdio: ['ignore', output, output],
    });
    const exit = new Promise<Exit>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
    });
    // Whoever waits for it does so later.
    exit.catch(() => undefined);
    const streams: (Readable | null)[] = pipe ? [pipe.readEnd] : [child.stdout, child.stderr];
    const listeners = streams.filter((stream) => stream instanceof Socket).map((stream) => listen(stream, onOutput));
    return { child, exit, listeners };
  } catch (error) {
    pipe?.readEnd.destroy();
    throw error;
  }
}

interface Listener {
  /** Waits for the end of the output, for a while. */
  finish(): Promise<void>;
  release(): void;
}

function listen(stream: Socket, onOutput: (chunk: Buffer) => void): Listener {
  const closed = new Promise<void>((resolve) => {
    stream.once('close', () => resolve());
  });
  // The end of a pipe that broke is its end.
  stream.on('error', () => stream.destroy());
  stream.on('data', onOutput);
  return {
    async finish() {
      const waiting = new AbortController();
      const late = sleep(DRAIN_MS, waiting.signal).catch(() => undefined);
      await Promise.race([closed, late]);
      waiting.abort();
      await late;
    },
    release() {
      // Whatever still writes would be ended by a pipe that nobody reads.
      stream.off('data', onOutput);
      stream.resume();
      stream.unref();
    },
  };
}

/** Ends the command and what it started. `undefined`: it has not ended. */
async function endSession(child: ChildProcess, exit: Promise<Exit>, graceMs: number): Promise<Exit | undefined> {
  const { pid } = child;
  if (pid === undefined) return exit;
  signalGroup(pid, 'SIGTERM');
  if (!(await groupEnds(pid, graceMs))) {
    signalGroup(pid, 'SIGKILL');
    await groupEnds(pid, KILL_MS);
  }
  return Promise.race([exit, sleep(POLL_MS).then(() => undefined)]);
}

async function groupEnds(pid: number, withinMs: number): Promise<boolean> {
  for (let left = withinMs; signalGroup(pid, 0); left -= POLL_MS) {
    if (left <= 0) return false;
    await sleep(Math.min(left, POLL_MS));
  }
  return true;
}

/** False where nobody is left in the group. What may not be signalled (another person's) is there. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}
