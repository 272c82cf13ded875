/**
 * Names of clones. A clone lies beside the file that it is of, hidden, and its name alone says whose it is:
 *
 *   .stillframe_<run id>_<owner>_<inode>.clone                   of a run
 *   .stillframe_<run id>_keep-<keeper>_<owner>_<inode>.clone     kept for the next run
 *
 * <owner> is <pid>-<start ticks>-<boot>-<namespace>, with the first 8 digits of the boot id; a kept clone has it because
 * the record that refers to it is written only when the image is. <inode> is that of the original, because a run may
 * clone several files of one folder. Without dot and ending it is the snapshot's name.
 */
import { ownIdentity, type ProcessIdentity } from '../../volumes/process-identity.ts';
import { SNAPSHOT_PREFIX } from '../provider.ts';

const RUN = '(?<runId>[0-9a-f]{16})';
const OWNER = '(?<pid>[1-9]\\d*)-(?<ticks>\\d+)-(?<boot>[0-9a-f]{8})-(?<namespace>\\d+)';
const TAKEN = new RegExp(`^${SNAPSHOT_PREFIX}${RUN}_${OWNER}_\\d+$`);
const KEPT = new RegExp(`^${SNAPSHOT_PREFIX}${RUN}_keep-(?<keeper>[A-Za-z0-9-]{1,64})_${OWNER}_\\d+$`);
const BOOT_DIGITS = 8;

export function takenName(runId: string, owner: ProcessIdentity, inode: bigint): string {
  const namespace = /\d+/.exec(owner.pidNamespace)?.[0] ?? '0';
  const tag = `${owner.pid}-${owner.startTicks}-${owner.bootId.slice(0, BOOT_DIGITS)}-${namespace}`;
  return `${SNAPSHOT_PREFIX}${runId}_${tag}_${inode}`;
}

/** The name that a snapshot gets when it is kept. Throws a `RangeError` for names that are none of ours. */
export function keptName(taken: string, keeper: string): string {
  const kept = taken.replace(/^([^_]+_[^_]+)_/, `$1_keep-${keeper}_`);
  if (!TAKEN.test(taken) || !KEPT.test(kept)) throw new RangeError(`${taken} cannot be kept for ${keeper}`);
  return kept;
}

/** The file's name. */
export function fileNameOf(name: string): string {
  return `.${name}.clone`;
}

/** Whose a file is, by its name. */
export interface CloneMark {
  name: string;
  owner: ProcessIdentity;
  /** Of kept ones. */
  keeper?: string;
}

/** `undefined`: not a clone of ours. */
export async function readCloneName(fileName: string): Promise<CloneMark | undefined> {
  const name = /^\.(.+)\.clone$/.exec(fileName)?.[1] ?? '';
  const parts = (KEPT.exec(name) ?? TAKEN.exec(name))?.groups;
  if (parts === undefined) return undefined;
  const { pid = '', ticks = '', boot = '', namespace = '', keeper } = parts;
  const own = await ownIdentity();
  const owner: ProcessIdentity = {
    pid: Number(pid),
    startTicks: ticks,
    // Any other boot is over.
    bootId: own.bootId.startsWith(boot) ? own.bootId : boot,
    pidNamespace: `pid:[${namespace}]`,
  };
  return { name, owner, ...(keeper === undefined ? {} : { keeper }) };
}
