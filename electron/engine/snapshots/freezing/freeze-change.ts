/** What is written down before a file system is frozen, and how what a dead run left frozen is thawed. */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { errnoOf } from '../../base/errors.ts';
import { native } from '../../native.ts';
import { blockDeviceNumber } from '../../volumes/device-number.ts';
import { processIdentitySchema } from '../../volumes/process-identity.ts';
import { mountsOfDevice } from '../../volumes/remount.ts';
import { uuidOn } from '../../volumes/remount-repair.ts';
import type { Freezable } from './freezable.ts';
import { openAnyMount } from './mount-handle.ts';

/** Part of a snapshot's change: a file system that may be frozen. */
export const freezeChangeSchema = z.looseObject({
  volume: z.string(),
  name: z.string(),
  owner: processIdentitySchema,
  freeze: z.object({
    /** Node of the mounted device. */
    device: z.string(),
    /** `major:minor`. */
    number: z.string(),
    /** Empty where the file system has none. */
    fsUuid: z.string(),
  }),
});
export type FreezeChange = z.infer<typeof freezeChangeSchema>;

export async function freezeFacts({ device, number }: Freezable): Promise<FreezeChange['freeze']> {
  return { device, number, fsUuid: await uuidOn(device).catch(() => '') };
}

const PROGRAM = /(^|\/)stillframe-freeze$/;
/** How long a holder that was told to end may take. */
const END_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/** Processes of `stillframe-freeze` by their arguments. */
async function holders(): Promise<{ pid: number; device: string; name: string }[]> {
  const found: { pid: number; device: string; name: string }[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const [program = '', device = '', , , name = ''] = line.split('\0');
    if (PROGRAM.test(program)) found.push({ pid: Number(pid), device, name });
  }
  return found;
}

/** Ends the holders of a freeze, which makes them thaw. `left`: there are some still, as while the kernel freezes. */
async function endHolders(name: string): Promise<'none' | 'ended' | 'left'> {
  const until = performance.now() + END_MS;
  let any = false;
  for (;;) {
    const left = (await holders()).filter((holder) => holder.name === name);
    if (left.length === 0) return any ? 'ended' : 'none';
    if (performance.now() > until) return 'left';
    for (const { pid } of left) {
      try {
        process.kill(pid, 'SIGTERM');
        any = true;
      } catch {
        // It has ended meanwhile.
      }
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

export type ThawResult = { frozen: boolean } | { error: string };

/**
 * Thaws what the freeze of a dead run left. That run's own processes are ended first; if there are none and another
 * freeze of the same file system is being held, that one is left alone. (A freeze by another program cannot be told from
 * one that was left.)
 */
export async function thawLeft({ name, freeze }: Pick<FreezeChange, 'name' | 'freeze'>): Promise<ThawResult> {
  const ending = await endHolders(name);
  // What has not ended may freeze later, however often it is thawed now.
  if (ending === 'left') return { error: 'the process that freezes it does not end' };
  const wasHeld = ending === 'ended';
  if ((await blockDeviceNumber(freeze.device)) !== freeze.number) return { frozen: wasHeld };
  const entries = await mountsOfDevice(freeze.number);
  // Unmounting thaws.
  if (entries.length === 0) return { frozen: wasHeld };
  if ((await uuidOn(freeze.device).catch(() => '')) !== freeze.fsUuid) return { frozen: wasHeld };
  await using mount = await openAnyMount(entries);
  if (mount === undefined) return { error: `${freeze.device} is mounted, but its mount points lead elsewhere` };
  const { dev } = await mount.handle.stat({ bigint: true });
  if ((await holders()).some((holder) => holder.device === String(dev))) return { frozen: wasHeld };
  try {
    await native().thaw(`/proc/self/fd/${mount.handle.fd}`);
    return { frozen: true };
  } catch (error) {
    // EINVAL: it was not frozen.
    if (errnoOf(error) === 'EINVAL') return { frozen: wasHeld };
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
