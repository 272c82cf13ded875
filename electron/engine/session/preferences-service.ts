/** The options file as the Preferences editor works on it. */
import type {
  ImageRule,
  PreferenceChanges,
  PreferenceImport,
  PreferenceProblem,
  Preferences,
  RuleTest,
} from '#contract';
import { EngineError } from '../base/errors.ts';
import type { EnginePreferences } from '../engine.ts';
import type { Ports } from '../ports.ts';
import type { VolumeService } from './volume-service.ts';

const missing = (): never => {
  throw new EngineError('UNSUPPORTED_ON_HOST', { reason: 'Preferences cannot be edited here.' });
};

export class PreferencesService implements EnginePreferences {
  readonly #ports: Pick<Ports, 'directories'>;
  readonly #volumes: VolumeService;

  constructor(ports: Pick<Ports, 'directories'>, volumes: VolumeService) {
    this.#ports = ports;
    this.#volumes = volumes;
  }

  async describe(): Promise<Preferences> {
    return missing();
  }

  async check(_changes: PreferenceChanges): Promise<PreferenceProblem[]> {
    return missing();
  }

  async save(_request: { revision: string; changes: PreferenceChanges }): Promise<Preferences> {
    return missing();
  }

  async test(_request: { volume: string; rules?: ImageRule[] | undefined }): Promise<RuleTest> {
    return missing();
  }

  async readForeign(_path: string): Promise<PreferenceImport> {
    return missing();
  }
}
