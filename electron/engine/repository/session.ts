/** What every part of an open repository shares. */
import type { Ports } from '../ports.ts';
import type { Backend } from './backends/backend.ts';

/** The ports that a repository needs. */
export type RepositoryPorts = Pick<Ports, 'clock' | 'random' | 'logger' | 'nodeName'>;

/** An unlocked repository's backend, key and format version. */
export interface Session {
  readonly backend: Backend;
  /** Master key, `MASTER_KEY_BYTES`. */
  readonly key: Uint8Array;
  /** Format version of the config; 1 is read only. */
  readonly version: 1 | 2;
  readonly ports: RepositoryPorts;
}
