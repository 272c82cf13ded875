/** Runs the programs of LVM and device-mapper: no shell, English messages, time limits, and never a kill that hurts. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { abortError, errnoOf, throwIfCancelled } from '../../base/errors.ts';

const QUERY_LIMIT_MS = 60_000;
/** Another command may hold the volume group's lock for long (a RAID that is being made). */
const CHANGE_LIMIT_MS = 180_000;
/** After SIGTERM, which LVM does not hear while a volume stands still. */
const GRACE_MS = 30_000;
const MOST_OUTPUT_CHARACTERS = 64 * 1024 * 1024;
/** Of standard error, in messages and error details. */
const MOST_ERROR_CHARACTERS = 2000;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** A program that could not be run, ended badly, or took too long. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
  /** The program is not on this machine. */
  readonly missing: boolean;
  /** What it wrote to standard error, bounded. */
  readonly said: string;

  constructor(program: string, said: string, options: { missing?: boolean; cause?: unknown } = {}) {
    super(`${program}: ${said}`, { cause: options.cause });
    this.missing = options.missing ?? false;
    this.said = said;
  }

  /** The line that says most, as a sentence. */
  get sentence(): string {
    const lines = this.said.split('\n').map((line) => line.trim());
    const line = lines.filter((one) => one !== '' && !/^(WARNING|Command failed)/.test(one)).at(-1) ?? this.message;
    return /[.!?]$/.test(line) ? line : `${line}.`;
  }
}

function start(program: string, args: readonly string[]): Child {
  const env = {
    ...process.env,
    // Where they are on every distribution, whatever PATH this process was started with.
    PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`,
    LC_ALL: 'C',
    LVM_SUPPRESS_FD_WARNINGS: '1',
  };
  // A session of its own: Ctrl+C in a terminal must not stop it in the middle.
  return spawn(program, [...args], { detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function listen(stream: Readable, take: (text: string) => void): Promise<void> {
  for await (const chunk of stream.setEncoding('utf8')) take(String(chunk));
}

/** Waits for its end. Throws `ProgramFailed`. */
async function ended(program: string, child: Child, take: (text: string) => void): Promise<void> {
  let said = '';
  const hear = (text: string): void => {
    if (said.length < MOST_ERROR_CHARACTERS) said += text;
  };
  let status: unknown;
  let killedBy: unknown;
  try {
    const end = once(child, 'close');
    await Promise.all([listen(child.stdout, take), listen(child.stderr, hear), end]);
    [status, killedBy] = await end;
  } catch (error) {
    const missing = errnoOf(error) === 'ENOENT';
    const why = missing ? `the program ${program} is missing` : error instanceof Error ? error.message : String(error);
    throw new ProgramFailed(program, why, { missing, cause: error });
  }
  if (status === 0) return;
  const how = killedBy === null ? `it ended with status ${status}` : `it was stopped by ${killedBy}`;
  throw new ProgramFailed(program, said.slice(0, MOST_ERROR_CHARACTERS).trim() || how);
}

/** Runs a program that changes nothing and returns what it printed. Throws `ProgramFailed`, `CANCELLED`. */
export async function query(program: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  let text = '';
  const take = (more: string): void => {
    text += more;
    if (text.length > MOST_OUTPUT_CHARACTERS) throw new ProgramFailed(program, 'it printed too much');
  };
  await stream(program, args, take, { signal, limitMs: QUERY_LIMIT_MS });
  return text;
}

/**
 * Runs a program that changes nothing and gives its output piece by piece; what `take` throws ends it and is thrown.
 * Throws `ProgramFailed`, `CANCELLED`.
 */
export async function stream(
  program: string,
  args: readonly string[],
  take: (text: string) => void,
  options: { signal?: AbortSignal | undefined; limitMs: number },
): Promise<void> {
  const { signal, limitMs } = options;
  throwIfCancelled(signal);
  const child = start(program, args);
  let refusal: { error: unknown } | undefined;
  let grace: NodeJS.Timeout | undefined;
  const kill = (): void => {
    child.kill('SIGKILL');
    // One that waits for a device does not even end then.
    grace ??= setTimeout(() => {
      child.stdout.destroy(new Error('it does not end'));
      child.stderr.destroy();
      child.unref();
    }, GRACE_MS);
  };
  const takeOrKill = (text: string): void => {
    if (refusal !== undefined) return;
    try {
      take(text);
    } catch (error) {
      refusal = { error };
      kill();
    }
  };
  const timer = setTimeout(() => {
    refusal ??= { error: new ProgramFailed(program, `it did not end within ${limitMs / 1000} s`) };
    kill();
  }, limitMs);
  signal?.addEventListener('abort', kill);
  try {
    await ended(program, child, takeOrKill);
  } catch (error) {
    if (signal?.aborted) throw abortError(signal);
    throw refusal === undefined ? error : refusal.error;
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
    signal?.removeEventListener('abort', kill);
  }
  if (refusal !== undefined) throw refusal.error;
}

/**
 * Runs a program that changes something. It is never killed: LVM makes the volume stand still for a moment, and killed
 * then it would leave it so for ever. One that does not end is left alone after a while. Throws `ProgramFailed`.
 */
export async function change(program: string, args: readonly string[]): Promise<void> {
  const child = start(program, args);
  let grace: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    child.kill('SIGTERM');
    grace = setTimeout(() => {
      child.stdout.destroy(new Error('it does not end'));
      child.stderr.destroy();
      child.unref();
    }, GRACE_MS);
  }, CHANGE_LIMIT_MS);
  try {
    await ended(program, child, () => undefined);
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
  }
}
