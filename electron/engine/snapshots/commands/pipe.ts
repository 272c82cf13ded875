/** A pipe for what a command prints. */
import { execFile } from 'node:child_process';
import { close, constants, open } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const openFile = promisify(open);
const closeFile = promisify(close);

/** Both ends. Disposing closes the end that is written to, of which the command has its own by then. */
export interface CommandPipe extends AsyncDisposable {
  /** File descriptor for standard output and standard error. */
  readonly writeEnd: number;
  readonly readEnd: Socket;
}

/**
 * The one pipe keeps the order of what is written to standard output and to standard error. What Node makes itself are
 * sockets, one for each: the order is lost, and a command that writes to `/dev/stderr` fails, for a socket cannot be
 * opened. `undefined` where it cannot be made, as in a temporary folder that is full.
 */
export async function openCommandPipe(): Promise<CommandPipe | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'stillframe-pipe-')).catch(() => undefined);
  if (folder === undefined) return undefined;
  const path = join(folder, 'output');
  const opened: number[] = [];
  try {
    await run('mkfifo', ['-m', '600', '--', path]);
    // Opened without waiting for a writer; who opens it for writing then finds a reader, and need not wait either.
    const reader = await openFile(path, constants.O_RDONLY | constants.O_NONBLOCK);
    opened.push(reader);
    const writeEnd = await openFile(path, constants.O_WRONLY);
    opened.push(writeEnd);
    const readEnd = new Socket({ fd: reader, readable: true, writable: false });
    return { writeEnd, readEnd, [Symbol.asyncDispose]: () => closeFile(writeEnd) };
  } catch {
    await Promise.all(opened.map((descriptor) => closeFile(descriptor)));
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
