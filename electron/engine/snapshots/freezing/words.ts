/** What happens to freezes, in sentences. */
import type { FreezeEnd } from './hold.ts';

/** Why the kernel or somebody else did not let us freeze. */
export function whyNotFrozen(volume: string, code: string): { reason: string; remedy: string } {
  switch (code) {
    case 'EBUSY':
      return {
        reason: `The file system on ${volume} was frozen by somebody else already.`,
        remedy: 'Wait until it is thawed, or run fsfreeze --unfreeze on its mount point.',
      };
    case 'EOPNOTSUPP':
    case 'ENOTTY':
      return { reason: `The file system on ${volume} cannot be frozen.`, remedy: 'Use a static image.' };
    case 'EINPROGRESS':
      return {
        reason: `The btrfs on ${volume} is being scrubbed, and a freeze would wait for the end of that.`,
        remedy: 'Wait until it has ended, or run btrfs scrub cancel.',
      };
    case 'ESTALE':
      return { reason: `Another file system was mounted on ${volume} just now.`, remedy: 'Try again.' };
    default:
      return { reason: `The file system on ${volume} could not be frozen (${code}).`, remedy: 'Use a static image.' };
  }
}

/** Why a freeze is over before we ended it. */
export function whyThawed(volume: string, { kind, cause }: FreezeEnd, frozenForMs: number): string {
  if (kind === 'lost') return `${volume} was thawed by another program while it was read.`;
  if (kind === 'stuck') return `The processes that kept ${volume} frozen were killed.`;
  switch (cause) {
    case 'deadline': {
      const seconds = Math.round(frozenForMs / 1000);
      const time = seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
      return `${volume} was thawed after ${time}, because programs must not be kept waiting for longer.`;
    }
    case 'partner':
      return `${volume} was thawed, because a process that kept it frozen was killed.`;
    case 'signal':
      return `${volume} was thawed, because the process that kept it frozen was told to end.`;
    default:
      return `${volume} is not frozen any more.`;
  }
}
