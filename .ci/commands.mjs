/** Child processes of the project's own scripts: one place for PATH, output, failure text and time. */
import { spawn } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const top = resolve(fileURLToPath(new URL('..', import.meta.url)));

/** Lines of a failed command's output that are shown: compilers say what is wrong first, most others last. */
const HEAD_LINES = 15;
const TAIL_LINES = 30;

/** `node_modules/.bin` comes first, so that `node` is the pinned Node 24; `sbin` last, for mkfs and losetup. */
export function projectEnvironment(extra = {}) {
  const path = [join(top, 'node_modules', '.bin'), process.env.PATH ?? '', '/usr/sbin', '/sbin'];
  return { ...process.env, PATH: path.join(delimiter), ...extra };
}

/** A command that ended badly: says which, how, and the end of what it printed. */
export class CommandError extends Error {
  /** @param {string} command @param {string} outcome @param {string} output */
  constructor(command, outcome, output) {
    super([command, `  ${outcome}; its output:`, ...excerpt(output).map((line) => `  | ${line}`)].join('\n'));
    this.name = 'CommandError';
  }
}

/** Beginning and end of a long output. @param {string} output */
export function excerpt(output) {
  const lines = output.trimEnd().split('\n');
  const left = lines.length - HEAD_LINES - TAIL_LINES;
  if (left <= 1) return lines;
  return [...lines.slice(0, HEAD_LINES), `… ${left} lines …`, ...lines.slice(-TAIL_LINES)];
}

/**
 * Runs a program to its end and keeps what it printed. Never throws for an exit code.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, echo?: boolean, timeoutMs?: number }} [options]
 *   `echo` also shows the output as it comes; `timeoutMs` kills the program and everything it started.
 * @returns {Promise<{ code: number, outcome: string, output: string, seconds: number }>}
 */
export function run(program, args, options = {}) {
  const started = performance.now();
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? top,
      env: projectEnvironment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that a timeout reaches grandchildren too.
      detached: options.timeoutMs !== undefined,
    });
    let output = '';
    let timedOut = false;
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            killGroup(child.pid, 'SIGTERM');
            setTimeout(() => killGroup(child.pid, 'SIGKILL'), 10_000).unref();
          }, options.timeoutMs);
    const untie = options.timeoutMs === undefined ? () => {} : dieTogether(child);
    const take = (stream) => (chunk) => {
      output += chunk;
      if (options.echo) stream.write(chunk);
    };
    child.stdout.on('data', take(process.stdout));
    child.stderr.on('data', take(process.stderr));
    const finish = (code, outcome) => {
      clearTimeout(timer);
      untie();
      done({ code, outcome, output, seconds: (performance.now() - started) / 1000 });
    };
    child.on('error', (error) => finish(127, error.message));
    child.on('close', (code, signal) => {
      if (timedOut) finish(124, `stopped after ${(options.timeoutMs ?? 0) / 1000} s`);
      else if (signal) finish(128, `killed by ${signal}`);
      else finish(code ?? 1, `exit code ${code}`);
    });
  });
}

/** As `run`, but a non-zero exit code throws a `CommandError`. */
export async function must(program, args, options = {}) {
  const result = await run(program, args, options);
  if (result.code !== 0) throw new CommandError([program, ...args].join(' '), result.outcome, result.output);
  return result;
}

/**
 * Becomes `program`, as far as Node can: same terminal, signals handed on, and this process ends as it ended.
 * @param {string} program
 * @param {readonly string[]} args
 */
export function become(program, args) {
  const child = spawn(program, args, { stdio: 'inherit', env: projectEnvironment() });
  // The terminal sends SIGINT to the whole group: only wait. SIGTERM and SIGHUP come to this process alone.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`${program}: ${error.message}`);
    process.exit(127);
  });
  child.on('close', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** Ends `child`'s group when this process is interrupted. Returns what undoes that. */
function dieTogether(child) {
  const onSignal = (signal) => {
    killGroup(child.pid, signal);
    process.exit(130);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

function killGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Already gone: what was wanted.
    if (error.code !== 'ESRCH') throw error;
  }
}
