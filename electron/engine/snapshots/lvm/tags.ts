/** The tags by which our logical volumes are told from others, and whose they are. Allowed: `A-Za-z0-9_+.-/=!:&#`. */
import type { ProcessIdentity } from '../../volumes/process-identity.ts';

/** Every logical volume of ours has it. */
export const OUR_TAG = 'stillframe';
/** This run may hold a snapshot of its pool's metadata. */
export const HOLDS_METADATA_TAG = 'stillframe.holds-metadata';

const OWNER = 'stillframe.owner=';
const RUN = 'stillframe.run=';
const KEEPER = 'stillframe.keeper=';
const NAMESPACE = /^pid:\[(\d+)\]$/;

/** Who made it: process, start, boot, process namespace. */
export function ownerTag({ pid, startTicks, bootId, pidNamespace }: ProcessIdentity): string {
  return `${OWNER}${pid}:${startTicks}:${bootId}:${NAMESPACE.exec(pidNamespace)?.[1] ?? ''}`;
}

export function runTag(runId: string): string {
  return `${RUN}${runId}`;
}

/** Of snapshots that outlive their run; its owner stays on it until then. */
export function keeperTag(keeper: string): string {
  return `${KEEPER}${keeper}`;
}

function valueIn(tags: readonly string[], begin: string): string | undefined {
  return tags.find((tag) => tag.startsWith(begin))?.slice(begin.length);
}

/** `undefined`: nobody owns it, or the tag cannot be understood. */
export function ownerOf(tags: readonly string[]): ProcessIdentity | undefined {
  const [, pid, startTicks, bootId, namespace] =
    /^(\d+):(\d*):([0-9a-f-]+):(\d*)$/.exec(valueIn(tags, OWNER) ?? '') ?? [];
  if (!pid || startTicks === undefined || !bootId || namespace === undefined) return undefined;
  return { pid: Number(pid), startTicks, bootId, pidNamespace: `pid:[${namespace}]` };
}

export function keeperOf(tags: readonly string[]): string | undefined {
  return valueIn(tags, KEEPER);
}
