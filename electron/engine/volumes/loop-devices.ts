/** Attached loop devices and what is beneath them. */
import { execFile } from 'node:child_process';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
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

/** Files beneath loop devices by device path, as the driver itself knows them (`LOOP_GET_STATUS64`); needs root. */
async function identitiesOfDriver(): Promise<Map<string, FileIdentity>> {
  const args = ['--list', '--noheadings', '--raw', '--output', 'NAME,BACK-MAJ:MIN,BACK-INO'];
  const { stdout } = await run('losetup', args).catch(() => ({ stdout: '' }));
  const found = new Map<string, FileIdentity>();
  // Padded with escaped blanks: `/dev/loop2 \x20\x20254:0\x20 2205653`.
  for (const line of stdout.split('\n')) {
    const [, path, major, minor, inode] = /^(\S+) +(\d+):(\d+) +(\d+)$/.exec(line.replaceAll('\\x20', ' ')) ?? [];
    if (!path || !major || !minor || !inode || inode === '0') continue;
    found.set(path, `${encodedDevice(BigInt(major), BigInt(minor))}/${inode}`);
  }
  return found;
}

async function describeLoop(
  name: string,
  folder: string,
  driver: Map<string, FileIdentity>,
): Promise<LoopDevice | undefined> {
  const backing = (await readFile(join(folder, 'loop/backing_file'), 'utf8').catch(() => '')).replace(/\n$/, '');
  if (backing === '') return undefined;
  const path = `/dev/${name}`;
  const file = await realpath(backing).catch(() => undefined);
  const deviceBelow = file && (await blockDeviceNumber(file));
  const identity = deviceBelow === undefined ? (driver.get(path) ?? (file && (await fileIdentity(file)))) : undefined;
  const start = Number(await content(join(folder, 'loop/offset')));
  const size = Number(await content(join(folder, 'loop/sizelimit')));
  const end = size > 0 ? start + size : Number.POSITIVE_INFINITY;
  return { path, number: await content(join(folder, 'dev')), file, identity, deviceBelow, start, end };
}

/** Attached loop devices. */
export async function loopDevices(): Promise<LoopDevice[]> {
  const folders = new Map<string, string>();
  for (const name of await readdir('/sys/class/block').catch(() => [])) {
    const folder = join('/sys/class/block', name);
    if (/^loop\d+$/.test(name) && (await stat(join(folder, 'loop')).catch(() => undefined))) folders.set(name, folder);
  }
  if (folders.size === 0) return [];
  const driver = await identitiesOfDriver();
  const loops = await Promise.all([...folders].map(([name, folder]) => describeLoop(name, folder, driver)));
  return loops.filter((loop) => loop !== undefined);
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
