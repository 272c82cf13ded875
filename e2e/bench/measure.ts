/** One measured run of a shell command: time, processor time, memory, bytes added, always under the same conditions. */
import { readFile, writeFile } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { run } from '../driver/programs.ts';

const MIB = 1024 * 1024;
/** MiB that are faulted in and freed before every run; see `warmMemory`. */
const PREPARED_MIB = Number(process.env.PRE ?? 6144);

/** What one run cost. */
export interface Measurement {
  /** The command alone. */
  wallSeconds: number;
  /** Until what it left in the page cache was on the disk. */
  syncSeconds: number;
  cpuSeconds: number;
  /** Largest single process, bytes. */
  peakBytes: number;
  /** Growth of the folder that was watched, bytes. */
  addedBytes: number;
  stdout: string;
}

export interface Command {
  /** For bash, with `pipefail`. */
  shell: string;
  env?: Record<string, string>;
  /** Folder whose growth counts as `addedBytes`. */
  watched?: string;
}

/** Runs `command` with cold caches; `folder` is the work folder, whose file system is synced afterwards. */
export async function measure(folder: string, command: Command): Promise<Measurement> {
  const before = await bytesIn(command.watched);
  await run('sync', []);
  await writeFile('/proc/sys/vm/drop_caches', '3');
  await warmMemory();
  const report = join(folder, 'time.txt');
  const { stdout } = await run(
    '/usr/bin/time',
    ['-o', report, '-f', '%e %U %S %M', 'bash', '-o', 'pipefail', '-c', command.shell],
    command.env ? { env: command.env } : {},
  );
  const synced = await run('sync', ['-f', folder]);
  const [wall = 0, user = 0, system = 0, peakKib = 0] = (await lastLine(report)).split(' ').map(Number);
  return {
    wallSeconds: wall,
    syncSeconds: synced.seconds,
    cpuSeconds: user + system,
    peakBytes: peakKib * 1024,
    addedBytes: (await bytesIn(command.watched)) - before,
    stdout,
  };
}

/**
 * On virtual machines with free-page reporting the hypervisor takes freed memory away, and faulting it in again would
 * be charged to whichever tool runs next.
 */
async function warmMemory(): Promise<void> {
  const mib = Math.min(PREPARED_MIB, Math.floor(freemem() / 2 / MIB));
  if (mib < 64) return;
  await run('dd', ['if=/dev/zero', 'of=/dev/null', `bs=${mib}M`, 'count=1', 'iflag=fullblock', 'status=none']);
}

/** Apparent size of everything in a folder. */
async function bytesIn(folder: string | undefined): Promise<number> {
  if (folder === undefined) return 0;
  const { stdout } = await run('du', ['-sb', '--apparent-size', folder]);
  return Number(stdout.split('\t')[0]);
}

async function lastLine(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).trimEnd().split('\n').at(-1) ?? '';
}

/** The run that is in the middle for each figure. */
export function median(runs: readonly Measurement[]): Measurement {
  const middle = (of: (one: Measurement) => number): number => {
    const sorted = runs.map(of).sort((left, right) => left - right);
    const half = Math.floor(sorted.length / 2);
    const upper = sorted[half] ?? 0;
    return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
  };
  return {
    wallSeconds: middle((one) => one.wallSeconds),
    syncSeconds: middle((one) => one.syncSeconds),
    cpuSeconds: middle((one) => one.cpuSeconds),
    peakBytes: middle((one) => one.peakBytes),
    addedBytes: middle((one) => one.addedBytes),
    stdout: '',
  };
}
