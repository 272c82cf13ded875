/** Runs systemctl and crontab: never through a shell, with a time limit, and with nothing to read. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';

/** Others wait for the file of the definitions meanwhile. */
const LIMIT_MS = 15_000;
const MOST_OUTPUT_BYTES = 1024 ** 2;
/** Of what a program printed, this much is told. */
const MOST_TOLD = 500;

export interface ProgramEnd {
  succeeded: boolean;
  stdout: string;
  /** What it said about a failure, one line. */
  complaint: string;
}

/** Path of a program below `root`; `undefined` where it is not installed. */
export async function findProgram(root: string, name: string): Promise<string | undefined> {
  for (const folder of ['usr/bin', 'bin', 'usr/local/bin']) {
    const path = join(root, folder, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}

/** Never throws: what cannot be started did not succeed. */
export function runProgram(path: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const options = { env: environment, timeout: LIMIT_MS, maxBuffer: MOST_OUTPUT_BYTES, cwd: '/' };
    const child = execFile(path, [...args], options, (error, stdout, stderr) => {
      const said = `${stderr}`.trim() || (error === null ? '' : error.message);
      resolve({ succeeded: error === null, stdout, complaint: said.replaceAll(/\s+/g, ' ').slice(0, MOST_TOLD) });
    });
    child.stdin?.end();
  });
}
