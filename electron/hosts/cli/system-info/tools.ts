/** Versions of the programs that Stillframe, or a person who restores without it, works with. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** One program. */
export interface ToolFacts {
  name: string;
  /** What it is for. */
  purpose: string;
  /** Absolute path; absent where it is not installed. */
  path?: string;
  /** First line of what it says about itself; empty where it says nothing. */
  version: string;
}

interface Tool {
  readonly name: string;
  readonly purpose: string;
  readonly args: readonly string[];
}

const TIME_LIMIT_MS = 5000;
const MOST_OUTPUT_BYTES = 64 * 1024;
const MOST_CHARACTERS = 120;

/** In the order in which they are shown. */
const TOOLS: readonly Tool[] = [
  { name: 'lsblk', purpose: 'finds volumes', args: ['--version'] },
  { name: 'mount', purpose: 'remounts for static images', args: ['--version'] },
  { name: 'losetup', purpose: 'looks into image files', args: ['--version'] },
  { name: 'sfdisk', purpose: 'partition tables again', args: ['--version'] },
  { name: 'lvm', purpose: 'LVM snapshots', args: ['version'] },
  { name: 'dmsetup', purpose: 'device-mapper', args: ['--version'] },
  { name: 'btrfs', purpose: 'Btrfs', args: ['--version'] },
  { name: 'e2fsck', purpose: 'checks ext4 after a restore', args: ['-V'] },
  { name: 'xfs_repair', purpose: 'checks XFS after a restore', args: ['-V'] },
  { name: 'ntfsfix', purpose: 'checks NTFS after a restore', args: ['--version'] },
  { name: 'restic', purpose: 'restores without Stillframe', args: ['version'] },
  { name: 'systemctl', purpose: 'timers of schedules', args: ['--version'] },
  { name: 'pkexec', purpose: 'asks for rights', args: ['--version'] },
];

/** Where administrators' programs are, also for people whose PATH does not say so. */
const FURTHER_FOLDERS = ['/usr/sbin', '/sbin', '/usr/local/sbin', '/usr/bin', '/bin'];

/** Never throws: a program that does not answer has no version. */
export async function findTools(signal: AbortSignal): Promise<ToolFacts[]> {
  return Promise.all(
    TOOLS.map(async ({ name, purpose, args }) => {
      const path = await findProgram(name);
      if (path === undefined) return { name, purpose, version: '' };
      return { name, purpose, path, version: await versionOf(path, args, signal) };
    }),
  );
}

async function findProgram(name: string): Promise<string | undefined> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...FURTHER_FOLDERS];
  for (const folder of folders.filter((one) => one.startsWith('/'))) {
    const path = join(folder, name);
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return path;
  }
  return undefined;
}

/** Some say it on standard error, some on standard output. */
function versionOf(path: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const options = {
    timeout: TIME_LIMIT_MS,
    maxBuffer: MOST_OUTPUT_BYTES,
    signal,
    env: { ...process.env, LC_ALL: 'C' },
  };
  return new Promise((done) => {
    execFile(path, args, options, (_error, stdout, stderr) =>
      done(firstLine(stdout) || firstLine(stderr)),
    ).stdin?.end();
  });
}

function firstLine(text: string): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  return line.trim().replace(/\s+/g, ' ').slice(0, MOST_CHARACTERS);
}
