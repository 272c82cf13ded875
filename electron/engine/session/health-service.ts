/** How well every volume and the repository are protected. */
import type { Health } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { EngineActivity } from '../engine.ts';
import type { Ports } from '../ports.ts';
import type { RepositorySession } from './repository-session.ts';
import type { VolumeService } from './volume-service.ts';

export interface HealthSources {
  session: RepositorySession;
  volumes: VolumeService;
  activity: EngineActivity;
}

export async function health(_ports: Ports, _sources: HealthSources): Promise<Health> {
  throw new EngineError('UNSUPPORTED_ON_HOST', { reason: 'Health is not known here.' });
}
