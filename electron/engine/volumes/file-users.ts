/** Who has a file open or mapped, by whatever path. Complete only with root rights. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import type { VolumeHolder } from '#contract';
import { throwIfCancelled } from '../base/errors.ts';
import { deviceNumber } from './device-number.ts';
import { type FileIdentity, identityIn } from './file-identity.ts';
import { opensForWriting, quietly } from './processes.ts';

/** Rights of each mapping of the file in a process (`rw-s`), see proc_pid_maps(5). */
function mappings(pid: string, file: FileIdentity): string[] {
  const [dev, inode] = file.split('/');
  const number = deviceNumber(Number(dev));
  const rights: string[] = [];
  for (const line of (quietly(() => readFileSync(`/proc/${pid}/maps`, 'utf8')) ?? '').split('\n')) {
    const [, access, , device, itsInode] = line.split(/\s+/, 5);
    if (itsInode !== inode || !access) continue;
    const [major, minor] = (device ?? '').split(':').map((part) => Number.parseInt(part, 16));
    if (`${major}:${minor}` === number) rights.push(access);
  }
  return rights;
}

/** Whether a process can write to the file; `undefined`: it does not have it at all. */
function fileUse(pid: string, file: FileIdentity): { writing: boolean } | undefined {
  let use: { writing: boolean } | undefined;
  for (const descriptor of quietly(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
    const stats = quietly(() => statSync(`/proc/${pid}/fd/${descriptor}`, { bigint: true }));
    if (!stats?.isFile() || identityIn(stats) !== file) continue;
    use = { writing: use?.writing === true || opensForWriting(pid, descriptor) };
  }
  for (const rights of mappings(pid, file)) {
    use = { writing: use?.writing === true || (rights[1] === 'w' && rights[3] === 's') };
  }
  return use;
}

/** Processes that use the file, those that can write to it first; this one is left out. Throws `CANCELLED`. */
export async function usersOfFile(file: FileIdentity, signal?: AbortSignal): Promise<VolumeHolder[]> {
  const holders: VolumeHolder[] = [];
  const own = String(process.pid);
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || pid === own) continue;
    const use = fileUse(pid, file);
    if (use) {
      const name = quietly(() => readFileSync(`/proc/${pid}/comm`, 'utf8'))?.trim() || `process ${pid}`;
      holders.push({ kind: 'process', name, pid: Number(pid), writable: use.writing });
    }
    await breathe();
    throwIfCancelled(signal);
  }
  return holders.sort((a, b) => Number(b.writable) - Number(a.writable));
}
