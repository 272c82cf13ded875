/** What a machine must offer for tests on real devices. */
import { accessSync, constants } from 'node:fs';
import type { TestContext } from 'vitest';

/** Why loop devices and mounts cannot be had here; `undefined`: they can. */
export function whyNoLoopDevices(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root for loop devices and mounts';
  try {
    accessSync('/dev/loop-control', constants.R_OK | constants.W_OK);
    return undefined;
  } catch {
    return 'needs /dev/loop-control';
  }
}

/** Reports the test as skipped, with the reason, where the machine cannot run it. Call it first. */
export function requireLoopDevices(context: Pick<TestContext, 'skip'>): void {
  const reason = whyNoLoopDevices();
  if (reason !== undefined) context.skip(`SKIPPED: this test ${reason}`);
}

/** Why NTFS and exFAT cannot be mounted here, which no kernel of ours does itself; `undefined`: they can. */
export function whyNoFuse(): string | undefined {
  const reason = whyNoLoopDevices();
  if (reason !== undefined) return reason;
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
    return undefined;
  } catch {
    return 'needs /dev/fuse';
  }
}

/** As `requireLoopDevices`, for tests that write into NTFS or exFAT. */
export function requireFuse(context: Pick<TestContext, 'skip'>): void {
  const reason = whyNoFuse();
  if (reason !== undefined) context.skip(`SKIPPED: this test ${reason}`);
}
