/** Runs the system's own tools in tests. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Standard output of a program; rejects with its standard error where it fails or takes longer than a minute. */
export async function runProgram(program: string, args: readonly string[]): Promise<string> {
  const options = { maxBuffer: 64 * 1024 * 1024, timeout: 60_000, env: { ...process.env, LC_ALL: 'C' } };
  const { stdout } = await run(program, [...args], options);
  return stdout;
}
