/** Whether a volume may be overwritten by a restore. */
import { setTimeout as wait } from 'node:timers/promises';
import type { ErrorCode, Volume, VolumeHolder } from '#contract';
import { blockDeviceNumber } from './device-number.ts';
import { discoverVolumes } from './discover.ts';
import { type FileIdentity, fileIdentity } from './file-identity.ts';
import { usersOfFile } from './file-users.ts';
import { holdsPath } from './holds-path.ts';
import { loopDevices } from './loop-devices.ts';
import { scanProcesses } from './processes.ts';

const LOOKS = 4;
const BETWEEN_LOOKS_MS = 70;

/** One reason against a target; the text is an English sentence. */
export interface TargetRefusal {
  code: ErrorCode;
  text: string;
}

export interface AssessOptions {
  /** Where the images are; must not lie on the target. */
  repositoryLocation: string;
  /** All volumes, if the caller has just listed them. */
  volumes?: Volume[] | undefined;
  signal?: AbortSignal | undefined;
}

/** The volume and everything that stands on it. */
function withDescendants(volume: Volume, volumes: Volume[]): Volume[] {
  const family = [volume];
  for (let at = 0; at < family.length; at++) {
    const name = family[at]?.name;
    family.push(...volumes.filter((other) => other.parent === name && !family.includes(other)));
  }
  return family;
}

/**
 * The volumes without processes that let go of them soon: whoever lists or probes devices (udev, lsblk, another
 * Stillframe) opens each for a moment.
 */
async function withLastingUsers(volumes: Volume[], signal: AbortSignal | undefined): Promise<Volume[]> {
  const isUsed = (volume: Volume) => volume.holders.some((holder) => holder.kind === 'process');
  let left = volumes;
  for (let look = 0; look < LOOKS && left.some(isUsed); look++) {
    await wait(BETWEEN_LOOKS_MS);
    const uses = (await scanProcesses({ files: false, signal })).filter((use) => use.direct);
    const looked: Volume[] = [];
    for (const volume of left) {
      const number = await blockDeviceNumber(volume.name);
      const stays = ({ kind, pid }: VolumeHolder) =>
        kind !== 'process' || uses.some((use) => use.pid === pid && use.device === number);
      looked.push({ ...volume, holders: volume.holders.filter(stays) });
    }
    left = looked;
  }
  return left;
}

function usesOf(target: Volume, volume: Volume): TargetRefusal[] {
  const refusals: TargetRefusal[] = [];
  const where = volume.name === target.name ? volume.name : `${volume.name} on ${target.name}`;
  for (const holder of volume.holders) {
    if (holder.kind === 'mount') {
      refusals.push({ code: 'TARGET_MOUNTED', text: `${where} is mounted at ${holder.name}; unmount it first.` });
    } else if (holder.kind === 'process') {
      const who = holder.pid === undefined ? holder.name : `${holder.name} (pid ${holder.pid})`;
      refusals.push({ code: 'TARGET_BUSY', text: `${where} is open in ${who}.` });
    } else if (holder.kind === 'swap') {
      refusals.push({ code: 'TARGET_BUSY', text: `${where} is in use as swap space; run swapoff first.` });
    } else {
      refusals.push({ code: 'TARGET_BUSY', text: `${where} is in use by ${holder.name} (${holder.kind}).` });
    }
  }
  return refusals;
}

/** Processes that have the target's file open; of a loop device, those that can write to the file beneath it. */
async function usesOfFile(volume: Volume, signal: AbortSignal | undefined): Promise<TargetRefusal[]> {
  let file: FileIdentity | undefined;
  if (volume.kind === 'file') file = await fileIdentity(volume.name);
  if (volume.kind === 'loop') file = (await loopDevices()).find((loop) => loop.path === volume.name)?.identity;
  if (file === undefined) return [];
  const users = (await usersOfFile(file, signal)).filter((user) => volume.kind === 'file' || user.writable);
  const where = volume.kind === 'file' ? volume.name : `The file beneath ${volume.name}`;
  return users.map(({ name, pid, writable }) => ({
    code: 'TARGET_BUSY',
    text: `${where} is open${writable ? ' for writing' : ''} in ${name} (pid ${pid}).`,
  }));
}

/**
 * Every reason why a restore may not write to `volume`, the most serious first; empty = it may. Rights and size are
 * judged for this process and by the caller respectively. Throws what listing volumes throws.
 */
export async function assessTarget(volume: Volume, options: AssessOptions): Promise<TargetRefusal[]> {
  const volumes = options.volumes ?? (await discoverVolumes({ signal: options.signal }));
  const family = withDescendants(volume, volumes);
  const refusals: TargetRefusal[] = [];
  const system = family.find((member) => member.system);
  if (system) {
    refusals.push({ code: 'TARGET_SYSTEM', text: `${system.name} holds the running system and is never overwritten.` });
  }
  if (await holdsPath(volume, options.repositoryLocation)) {
    const text = `${volume.name} holds the repository ${options.repositoryLocation} that the image would be read from.`;
    refusals.push({ code: 'TARGET_HOLDS_REPOSITORY', text });
  }
  for (const member of await withLastingUsers(family, options.signal)) refusals.push(...usesOf(volume, member));
  refusals.push(...(await usesOfFile(volume, options.signal)));
  const parent = volumes.find((other) => other.name === volume.parent);
  if (parent) {
    const direct = usesOf(volume, parent).filter((refusal) => refusal.code === 'TARGET_MOUNTED');
    refusals.push(
      ...direct.map(({ code }) => ({ code, text: `${parent.name}, of which ${volume.name} is a part, is mounted.` })),
    );
  }
  if (volume.readOnly) {
    refusals.push({ code: 'TARGET_READ_ONLY', text: `${volume.name} is read-only.` });
  } else if (!volume.writable) {
    const text = `Writing to ${volume.name} needs root rights or membership in its group.`;
    refusals.push({ code: 'TARGET_PERMISSION', text });
  }
  return refusals;
}
