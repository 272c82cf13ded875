/** Runs a package manager's command and gives back what it printed. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandLine, SYSTEM_PATH } from './package-managers.ts';

/** Downloads may be slow; one that hangs is given up. */
const LIMIT_MS = 15 * 60_000;
/** The end of the output says what went wrong. */
const MOST_OUTPUT_BYTES = 64 * 1024;

/** What package managers heed. Scripts of packages run with it as root, so that nothing else of ours is handed on. */
const HANDED_ON = /^(HOME|USER|LOGNAME|TMPDIR|TZ|(https?|ftp|all|no)_proxy)$/i;

function environment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => HANDED_ON.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: SYSTEM_PATH.join(':'),
    LC_ALL: 'C',
    DEBIAN_FRONTEND: 'noninteractive',
  };
}

/** A file without a name: whatever becomes of this process, who writes to it can go on writing. */
async function outputFile(): Promise<FileHandle> {
  const path = join(tmpdir(), `stillframe-${randomUUID()}`);
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND, 0o600);
  await unlink(path);
  return file;
}

async function tailOf(file: FileHandle): Promise<string> {
  const { size } = await file.stat();
  const length = Math.min(size, MOST_OUTPUT_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.toString('utf8', 0, bytesRead);
}

/**
 * No shell and no questions: standard input is closed. It is never stopped half-way by a closed window or an engine
 * that ends, for packages that are half installed are worse than a command that goes on: only the time limit ends it,
 * gently. Services that it starts are not waited for.
 */
export async function runPackageCommand(command: CommandLine): Promise<{ succeeded: boolean; output: string }> {
  const [program, ...args] = command;
  await using file = await outputFile();
  const stdio = ['ignore', file.fd, file.fd] as const;
  const child = spawn(program, args, { detached: true, env: environment(), stdio: [...stdio] });
  const timer = setTimeout(() => child.kill('SIGTERM'), LIMIT_MS);
  try {
    const [status] = await once(child, 'exit');
    return { succeeded: status === 0, output: await tailOf(file) };
  } catch (error) {
    return {
      succeeded: false,
      output: `${await tailOf(file)}${error instanceof Error ? error.message : String(error)}\n`,
    };
  } finally {
    clearTimeout(timer);
  }
}
