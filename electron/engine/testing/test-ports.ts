/** Ports for tests: a state folder of their own, real randomness and time, a log that nobody reads. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Ports } from '../ports.ts';

const unread = (): void => undefined;

/** Directories below `folder`. */
export function testPorts(folder: string): Pick<Ports, 'clock' | 'directories' | 'logger' | 'random'> {
  return {
    directories: { config: `${folder}/config`, state: `${folder}/state`, data: `${folder}/data` },
    random: { bytes: (count) => randomBytes(count), below: (limit) => randomInt(limit) },
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    logger: { debug: unread, info: unread, warn: unread, error: unread },
  };
}
