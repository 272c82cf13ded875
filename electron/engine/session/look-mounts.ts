/** Mounts of ours for looking at a volume: read-only, in a folder of our own, undone on demand. */
import { EngineError } from '../base/errors.ts';
import type { Ports } from '../ports.ts';
import type { VolumeService } from './volume-service.ts';

export class LookMounts {
  readonly #ports: Ports;
  readonly #volumes: VolumeService;

  constructor(ports: Ports, volumes: VolumeService) {
    this.#ports = ports;
    this.#volumes = volumes;
  }

  async mount(_volume: string): Promise<{ mountPoint: string }> {
    throw new EngineError('UNSUPPORTED_ON_HOST', { reason: 'Volumes cannot be mounted here.' });
  }

  async unmount(_volume: string): Promise<void> {
    throw new EngineError('UNSUPPORTED_ON_HOST', { reason: 'Volumes cannot be mounted here.' });
  }
}
