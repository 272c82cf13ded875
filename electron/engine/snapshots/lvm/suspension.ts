/**
 * Commands of LVM that go on without us, and volumes that one of them left standing still. lvcreate makes its volume
 * stand still for some milliseconds; killed just then (by the kernel, for want of memory), it leaves it so.
 */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { SNAPSHOT_PREFIX } from '../provider.ts';
import { layersOf, type MappedDevice } from './mapped-devices.ts';
import { change } from './programs.ts';
import { logicalVolumes } from './reports.ts';

const COMMANDS = /(^|\/)(lvm|lvcreate|lvremove|lvchange|lvrename|lvextend)$/;
/** How long others are waited for, ms. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 50;
/** A command that works makes a volume stand still for less than this, ms. */
const LONG_MS = 3000;

/** Whether a command of LVM runs that names a snapshot of ours. */
async function isAtWork(): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (COMMANDS.test(words[0] ?? '') && words.some((word) => word.includes(SNAPSHOT_PREFIX))) return true;
  }
  return false;
}

/** A dead run's lvcreate may still be about to make its snapshot: waits for it, for a while. */
export async function waitForCommands(): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS && (await isAtWork()); waited += PAUSE_MS) await sleep(PAUSE_MS);
}

async function suspended(ids: { vgUuid: string; uuid: string }): Promise<MappedDevice[]> {
  return (await layersOf(ids.vgUuid, ids.uuid)).filter((device) => device.suspended);
}

/**
 * Lets a volume go on that stands still because a command was killed. Returns whether it had to; what it cannot do, it
 * leaves. Throws nothing.
 */
export async function endSuspension(ids: { vgUuid: string; uuid: string }): Promise<boolean> {
  try {
    for (let waited = 0; waited < LONG_MS; waited += PAUSE_MS) {
      if ((await suspended(ids)).length === 0) return false;
      await sleep(PAUSE_MS);
    }
    const [lv] = await logicalVolumes(`lv_uuid=${ids.uuid}`).catch(() => []);
    // As its metadata says; and where that does not help, as it was.
    if (lv !== undefined) await change('lvchange', ['--refresh', `${lv.vgName}/${lv.name}`]).catch(() => undefined);
    // What lies deeper was made to stand still last.
    for (const { name } of await suspended(ids)) await change('dmsetup', ['resume', name]).catch(() => undefined);
    return (await suspended(ids)).length === 0;
  } catch {
    return false;
  }
}
