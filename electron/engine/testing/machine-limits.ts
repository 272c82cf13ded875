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
