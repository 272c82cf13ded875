/** Attached loop devices and what is beneath them. */
import { execFile } from 'node:child_process';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { blockDeviceNumber } from './device-number.ts';
import { type FileIdentity, fileIdentity } from './file-identity.ts';

const run = promisify(execFile);

/** A loop device in use. */
export interface LoopDevice {
  /** `/dev/loop3`. */
  path: string;
  /** `major:minor`. */
  number: string;
  /** Real path of the file or device beneath it; absent where it was deleted or lies in another mount namespace. */
  file?: string | undefined;
  /** The file beneath it, whatever its paths; absent for devices. */
  identity?: FileIdentity | undefined;
  /** `major:minor` of the device beneath it; absent for files. */
  deviceBelow?: string | undefined;
  /** Bytes of the file that it shows: from `start` up to `end`, which may be infinite. */
  start: number;
  end: number;
}

async function content(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim();
}

/** `st_dev` of glibc (makedev(3)) from a kernel number. */
function encodedDevice(major: bigint, minor: bigint): bigint {
  return (minor & 0xffn) | ((major & 0xfffn) << 8n) | ((minor & ~0xffn) << 12n) | ((major & ~0xfffn) << 32n);
}

/** The file beneath a loop device as the driver knows it (`LOOP_GET_STATUS64`), path or none; needs root. */
async function identityByDriver(device: string): Promise<FileIdentity | undefined> {
  const args = ['--list', '--noheadings', '--raw', '--output', 'BACK-MAJ:MIN,BACK-INO', device];
  const { stdout } = await run('losetup', args).catch(() => ({ stdout: '' }));
  // Padded with escaped blanks: `\x20\x20254:0\x20 2205653`.
  const line = stdout.replaceAll('\\x20', ' ').trim();
  const [, major, minor, inode] = /^(\d+):(\d+) +(\d+)$/.exec(line) ?? [];
  if (!major || !minor || !inode || inode === '0') return undefined;
  return `${encodedDevice(BigInt(major), BigInt(minor))}/${inode}`;
}

async function describeLoop(name: string): Promise<LoopDevice | undefined> {
  const folder = join('/sys/class/block', name);
  const backing = (await readFile(join(folder, 'loop/backing_file'), 'utf8').catch(() => '')).replace(/\n$/, '');
  if (backing === '') return undefined;
  const path = `/dev/${name}`;
  const file = await realpath(backing).catch(() => undefined);
  const deviceBelow = file && (await blockDeviceNumber(file));
  const identity = file === undefined ? await identityByDriver(path) : await fileIdentity(file);
  const start = Number(await content(join(folder, 'loop/offset')));
  const size = Number(await content(join(folder, 'loop/sizelimit')));
  const end = size > 0 ? start + size : Number.POSITIVE_INFINITY;
  return { path, number: await content(join(folder, 'dev')), file, identity, deviceBelow, start, end };
}

/** Attached loop devices. */
export async function loopDevices(): Promise<LoopDevice[]> {
  const names = (await readdir('/sys/class/block').catch(() => [])).filter((name) => /^loop\d+$/.test(name));
  return (await Promise.all(names.map(describeLoop))).filter((loop) => loop !== undefined);
}

/** Other loop devices that show some of the same bytes: what is written through one is on the others. */
export function aliasesOf(number: string, loops: LoopDevice[]): LoopDevice[] {
  const loop = loops.find((candidate) => candidate.number === number);
  if (loop === undefined) return [];
  const below = loop.identity ?? loop.deviceBelow;
  return loops.filter(
    (other) =>
      other !== loop &&
      below !== undefined &&
      (other.identity ?? other.deviceBelow) === below &&
      other.start < loop.end &&
      loop.start < other.end,
  );
}
