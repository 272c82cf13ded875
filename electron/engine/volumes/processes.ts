/** Who has a device, or files on a file system, open. Complete only with root rights. */
import { readdirSync, readFileSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import { throwIfCancelled } from '../base/errors.ts';
import { deviceNumber } from './device-number.ts';

/** One process that uses something on or of a device. */
export interface ProcessUse {
  pid: number;
  name: string;
  /** `major:minor` of the device that is open, or that holds the open file. */
  device: string;
  /** The device node itself is open, not a file on it. */
  direct: boolean;
  /** Something is open for writing. */
  writing: boolean;
}

/** Result of an action; `undefined` where it fails. */
export function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    // Processes end, and other people's cannot be read without root.
    return undefined;
  }
}

/** By the flags with which a descriptor was opened. */
export function opensForWriting(pid: string, descriptor: string): boolean {
  const info = quietly(() => readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8')) ?? '';
  const flags = Number.parseInt(/^flags:\s*([0-7]+)/m.exec(info)?.[1] ?? '0', 8);
  return (flags & 3) !== 0;
}

class UseCollector {
  readonly #uses = new Map<string, ProcessUse>();

  add(pid: string, device: string, direct: boolean, writing: boolean): void {
    const key = `${pid} ${device} ${direct}`;
    const known = this.#uses.get(key);
    if (known) known.writing ||= writing;
    else {
      const name = quietly(() => readFileSync(`/proc/${pid}/comm`, 'utf8'))?.trim() || `process ${pid}`;
      this.#uses.set(key, { pid: Number(pid), name, device, direct, writing });
    }
  }

  stats(pid: string, stats: Stats | undefined, writing: boolean): void {
    if (stats === undefined) return;
    if (stats.isBlockDevice()) this.add(pid, deviceNumber(stats.rdev), true, writing);
    else this.add(pid, deviceNumber(stats.dev), false, writing && !stats.isDirectory());
  }

  result(): ProcessUse[] {
    return [...this.#uses.values()];
  }
}

/** `/proc/<pid>/maps`: the fourth field is the device in hexadecimal. */
function scanMaps(pid: string, collect: UseCollector): void {
  const maps = quietly(() => readFileSync(`/proc/${pid}/maps`, 'utf8')) ?? '';
  for (const line of maps.split('\n')) {
    const [, rights, , device] = line.split(/\s+/, 4);
    const [major, minor] = device?.split(':') ?? [];
    if (!rights || !major || !minor || device === '00:00') continue;
    const number = `${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`;
    collect.add(pid, number, false, rights[1] === 'w' && rights[3] === 's');
  }
}

function scanProcess(pid: string, filesToo: boolean, collect: UseCollector): void {
  for (const descriptor of quietly(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
    const link = `/proc/${pid}/fd/${descriptor}`;
    const target = quietly(() => readlinkSync(link));
    if (!target?.startsWith('/') || (!filesToo && !target.startsWith('/dev/'))) continue;
    const stats = quietly(() => statSync(link));
    if (!filesToo && !stats?.isBlockDevice()) continue;
    collect.stats(pid, stats, opensForWriting(pid, descriptor));
  }
  if (!filesToo) return;
  for (const link of ['cwd', 'root', 'exe']) {
    collect.stats(
      pid,
      quietly(() => statSync(`/proc/${pid}/${link}`)),
      false,
    );
  }
  scanMaps(pid, collect);
}

/**
 * Looks through /proc. With `files`, also who has files on any file system open, works in one or runs from one
 * (slower). This process is left out.
 */
export async function scanProcesses(options: {
  files: boolean;
  signal?: AbortSignal | undefined;
}): Promise<ProcessUse[]> {
  const collect = new UseCollector();
  const own = String(process.pid);
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || pid === own) continue;
    scanProcess(pid, options.files, collect);
    await breathe();
    throwIfCancelled(options.signal);
  }
  return collect.result();
}
