/** Online Image Support: what each snapshot provider needs on this computer, and how to get it. */
import type { ProviderSupport, SnapshotProvider, SupportAction } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { EngineSupport } from '../engine.ts';
import type { Ports } from '../ports.ts';

export class SupportService implements EngineSupport {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  async providers(): Promise<ProviderSupport[]> {
    throw new EngineError('UNSUPPORTED_ON_HOST', { reason: 'Providers cannot be looked at here.' });
  }

  async run(_request: {
    provider: SnapshotProvider;
    action: SupportAction;
  }): Promise<{ succeeded: boolean; output: string }> {
    throw new EngineError('UNSUPPORTED_ON_HOST', { reason: 'Providers cannot be installed here.' });
  }
}
