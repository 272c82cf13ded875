/** Telling whether the process that wrote a record still lives, although process ids are used again. */
import { readFile, readlink } from 'node:fs/promises';
import { z } from 'zod';

export const processIdentitySchema = z.object({
  pid: z.number().int().positive(),
  /** Clock ticks after boot at which the process started. */
  startTicks: z.string(),
  bootId: z.string(),
  /** Process id namespace: in another one the same number means another process. */
  pidNamespace: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** Field 22 of `/proc/<pid>/stat`; the name in field 2 may hold anything, so fields are counted after it. */
async function startTicks(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; it only waits for its parent to notice.
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  return {
    pid: process.pid,
    startTicks: (await startTicks(process.pid)) ?? '',
    bootId: await bootId(),
    pidNamespace: await readlink('/proc/self/ns/pid'),
  };
}

/** `alive` also where it cannot be told; `rebooted`: dead, and so is everything that it did to the kernel. */
export async function fateOf(identity: ProcessIdentity): Promise<'alive' | 'dead' | 'rebooted'> {
  if (identity.bootId !== (await bootId())) return 'rebooted';
  if (identity.pidNamespace !== (await readlink('/proc/self/ns/pid'))) return 'alive';
  return (await startTicks(identity.pid)) === identity.startTicks ? 'alive' : 'dead';
}
