/** Runs a package manager's command and gives back what it printed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { CommandLine } from './package-managers.ts';

/** Downloads may be slow; one that hangs is given up. */
const LIMIT_MS = 15 * 60_000;
/** The end of the output says what went wrong. */
const MOST_OUTPUT_CHARACTERS = 64 * 1024;

/**
 * No shell and no questions: standard input is closed. It is never killed half-way by a closed window, for packages
 * that are half installed are worse than a command that goes on: only the time limit ends it, gently.
 */
export async function runPackageCommand(command: CommandLine): Promise<{ succeeded: boolean; output: string }> {
  const [program, ...args] = command;
  const env = {
    ...process.env,
    PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`,
    LC_ALL: 'C',
    DEBIAN_FRONTEND: 'noninteractive',
  };
  const child = spawn(program, args, { detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const hear = (chunk: string): void => {
    output = (output + chunk).slice(-MOST_OUTPUT_CHARACTERS);
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const timer = setTimeout(() => child.kill('SIGTERM'), LIMIT_MS);
  try {
    const [status] = await once(child, 'close');
    return { succeeded: status === 0, output };
  } catch (error) {
    return { succeeded: false, output: `${output}${error instanceof Error ? error.message : String(error)}\n` };
  } finally {
    clearTimeout(timer);
  }
}
