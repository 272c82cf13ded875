/** Puts back file systems that a killed run left read-only. */
import { z } from 'zod';
import { EngineError } from '../base/errors.ts';
import { probeFileSystem } from '../filesystems/registry.ts';
import { openFileSource } from '../filesystems/source.ts';
import { blockDeviceNumber } from './device-number.ts';
import { isReadOnly } from './mount-table.ts';
import { makeWritable, mountsOfDevice } from './remount.ts';
import type { Repairer, RepairResult } from './run-journal.ts';

const KIND = 'remount';

/** A file system that was made read-only. */
export const remountChangeSchema = z.object({
  kind: z.literal(KIND),
  /** As the person knows it. */
  volume: z.string(),
  /** Node of the mounted device; of a file volume, its loop device. */
  device: z.string(),
  /** `major:minor`. */
  number: z.string(),
  /** Empty where the file system has none. */
  fsUuid: z.string(),
  /** Mounts that could be written through, in the order of the mount table. */
  mounts: z.array(z.object({ mountPoint: z.string(), mountOptions: z.string() })),
});
export type RemountChange = z.infer<typeof remountChangeSchema>;

/** UUID of what is on a device; empty where unknown. Throws the system's error. */
export async function uuidOn(device: string): Promise<string> {
  await using source = await openFileSource(device);
  return (await probeFileSystem(source))?.facts.uuid ?? '';
}

/** Reason why the device is not the one of the record; `undefined`: it is. */
async function whyAnother(change: RemountChange): Promise<string | undefined> {
  if ((await blockDeviceNumber(change.device)) !== change.number) return 'the device has another number now';
  const uuid = await uuidOn(change.device).catch(() => '');
  return uuid === change.fsUuid ? undefined : 'another file system is on it now';
}

async function repair(change: RemountChange): Promise<RepairResult> {
  const [first] = await mountsOfDevice(change.number);
  // Unmounted since, or stopped before anything was done.
  if (first === undefined || !isReadOnly(first)) return { settled: true };
  const another = await whyAnother(change);
  if (another !== undefined) {
    return { settled: true, text: `A stopped run had made ${change.volume} read-only; left alone, as ${another}.` };
  }
  try {
    await makeWritable(change.volume, change.number, change.mounts);
    const where = change.mounts.map((mount) => mount.mountPoint).join(', ');
    return {
      settled: true,
      text: `${change.volume} was left read-only at ${where} by a stopped run; it is writable again.`,
    };
  } catch (error) {
    const reason = error instanceof EngineError ? error.details.reason : undefined;
    return { settled: false, text: `A stopped run left ${change.volume} read-only. ${String(reason ?? error)}` };
  }
}

export const remountRepairer: Repairer = {
  kind: KIND,
  async repair(change, { rebooted }) {
    // Mounts do not survive a restart.
    if (rebooted) return { settled: true };
    const parsed = remountChangeSchema.safeParse(change);
    if (!parsed.success) {
      return {
        settled: true,
        text: 'A stopped run left an unreadable note about a mount; see `mount` for read-only ones.',
      };
    }
    return repair(parsed.data);
  },
};
