/** Ports for tests: a state folder of their own, real randomness. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Directories, Random } from '../ports.ts';

/** Directories below `folder`. */
export function testPorts(folder: string): { directories: Directories; random: Random } {
  return {
    directories: { config: `${folder}/config`, state: `${folder}/state`, data: `${folder}/data` },
    random: { bytes: (count) => randomBytes(count), below: (limit) => randomInt(limit) },
  };
}
