/** Other programs, run to their end; none outlives this process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

/** The repository's top folder. */
export const top = resolve(import.meta.dirname, '../..');

/** How a program ended. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
  seconds: number;
}

/** A program that ended with another exit code than expected; the message holds the end of its output. */
export class ProgramError extends Error {
  readonly ended: Ended;

  constructor(command: string, ended: Ended) {
    const tail = `${ended.stdout}${ended.stderr}`.trimEnd().split('\n').slice(-15).join('\n  ');
    super(`${command}: exit code ${ended.code}\n  ${tail}`);
    this.name = 'ProgramError';
    this.ended = ended;
  }
}

export interface RunOptions {
  env?: Record<string, string>;
  /** Exit codes that are fine; default only 0. */
  accept?: readonly number[];
  /** Called with each full line of standard output as it comes. */
  onLine?: (line: string) => void;
}

const running = new Set<ChildProcess>();

/**
 * Runs `program` and collects what it prints. `sbin` is searched too, because e2fsprogs and losetup live there.
 * Throws `ProgramError` for an exit code that `accept` does not name, and for a program that is not there (127).
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const started = performance.now();
  const child = spawn(program, args, { env: environment(options.env), stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let stdout = '';
  let stderr = '';
  let pending = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    const lines = (pending + chunk).split('\n');
    pending = lines.pop() ?? '';
    if (options.onLine) lines.forEach(options.onLine);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const code = await new Promise<number>((done) => {
    child.on('error', (error) => {
      stderr += error.message;
      done(127);
    });
    child.on('close', (exitCode, signal) => done(exitCode ?? (signal === null ? 1 : 128)));
  });
  running.delete(child);
  const ended = { code, stdout, stderr, seconds: (performance.now() - started) / 1000 };
  if (!(options.accept ?? [0]).includes(code)) throw new ProgramError([program, ...args].join(' '), ended);
  return ended;
}

/** True when `program` can be started. */
export async function has(program: string): Promise<boolean> {
  const found = await run('sh', ['-c', `command -v "$1"`, 'sh', program], { accept: [0, 1, 127] });
  return found.code === 0;
}

/** Asks every running program to end and waits until it has. */
export async function endPrograms(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = new Promise((done) => child.once('close', done));
      child.kill('SIGTERM');
      await closed;
    }),
  );
}

function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const path = [resolve(top, 'node_modules/.bin'), process.env.PATH ?? '', '/usr/sbin', '/sbin'];
  // The parsing of other programs' words and numbers must not depend on the person's language.
  return { ...process.env, PATH: path.join(delimiter), LC_ALL: 'C.UTF-8', ...extra };
}
