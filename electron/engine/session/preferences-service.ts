/** The options file as the Preferences editor works on it. Whatever comes in was typed by somebody: it is checked. */
import { join } from 'node:path';
import type {
  ImageRule,
  OptionDescription,
  PlacedRule,
  PreferenceChanges,
  PreferenceImport,
  PreferenceProblem,
  Preferences,
  RuleTest,
} from '#contract';
import { EngineError } from '../base/errors.ts';
import type { EnginePreferences } from '../engine.ts';
import { checkChanges } from '../policy/check-changes.ts';
import { describeOption, optionProblems } from '../policy/describe-options.ts';
import { editOptions } from '../policy/edit-options.ts';
import { readForeignOptions } from '../policy/foreign/read-foreign.ts';
import { OPTION_ROWS } from '../policy/options.ts';
import {
  OPTIONS_FILE_NAME,
  type OptionsFile,
  parseOptionsFile,
  readOptionsBytes,
  revisionOf,
} from '../policy/options-file.ts';
import type { OptionInputs } from '../policy/resolve-options.ts';
import { evaluateRules, RULE_OPTIONS } from '../policy/rules.ts';
import { writeOptionsFile } from '../policy/write-options-file.ts';
import type { Ports } from '../ports.ts';
import { namesOf } from './options-in-force.ts';
import type { VolumeService } from './volume-service.ts';

/** The file at one moment. */
interface Current {
  bytes: Buffer | undefined;
  file: OptionsFile;
  inputs: OptionInputs;
}

export class PreferencesService implements EnginePreferences {
  readonly #path: string;
  readonly #config: string;
  readonly #volumes: VolumeService;
  /** One save after the other. */
  #saving: Promise<unknown> = Promise.resolve();

  constructor({ directories }: Pick<Ports, 'directories'>, volumes: VolumeService) {
    this.#config = directories.config;
    this.#path = join(directories.config, OPTIONS_FILE_NAME);
    this.#volumes = volumes;
  }

  async describe(): Promise<Preferences> {
    const { bytes, file, inputs } = await this.#read();
    return {
      path: this.#path,
      exists: bytes !== undefined,
      revision: revisionOf(bytes),
      options: OPTION_ROWS.filter((row) => row.places.includes('file')).map((row) => describeOption(row, inputs)),
      rules: [...file.rules],
      domain: [...file.domain],
      warnings: [...file.warnings, ...optionProblems(file, inputs.paths)],
    };
  }

  async check(changes: PreferenceChanges): Promise<PreferenceProblem[]> {
    const { bytes, file, inputs } = await this.#read();
    const { problems, edit } = checkChanges(changes, { rules: file.rules, paths: inputs.paths });
    if (problems.length > 0) return [...problems];
    try {
      editOptions(bytes ?? Buffer.alloc(0), edit, this.#path);
      return [];
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'OPTION_INVALID') throw error;
      return [{ reason: String(error.details.reason ?? error.code), allowed: '' }];
    }
  }

  async save(request: { revision: string; changes: PreferenceChanges }): Promise<Preferences> {
    const saved = this.#saving.then(() => this.#save(request));
    this.#saving = saved.catch(() => undefined);
    await saved;
    return this.describe();
  }

  async test({ volume: name, rules }: { volume: string; rules?: ImageRule[] | undefined }): Promise<RuleTest> {
    const { file, inputs } = await this.#read();
    const tried = rules === undefined ? file : { ...file, rules: rules.map(placedAt) };
    const volume = await this.#volumes.find(name);
    const names = await namesOf(volume, tried.rules);
    const { evaluated, rule } = evaluateRules(tried.rules, names);
    const described = (row: (typeof OPTION_ROWS)[number]): OptionDescription =>
      describeOption(row, { ...inputs, file: tried, volume: names });
    const class_ = OPTION_ROWS.filter((row) => row.name === 'managementclass').map(described);
    return {
      volume: volume.name,
      evaluated: [...evaluated],
      excluded: rule?.kind === 'exclude.image',
      managementClass: class_[0]?.value ?? '',
      options: RULE_OPTIONS.map(described).map(({ name: option, value, source }) => ({ name: option, value, source })),
    };
  }

  async readForeign(path: string): Promise<PreferenceImport> {
    return readForeignOptions(path);
  }

  async #save({ revision, changes }: { revision: string; changes: PreferenceChanges }): Promise<void> {
    const { bytes, file, inputs } = await this.#read();
    if (revisionOf(bytes) !== revision) {
      const reason = 'Somebody else changed the options file in the meantime.';
      throw new EngineError('OPTIONS_CHANGED', { file: this.#path, reason });
    }
    const { problems, edit } = checkChanges(changes, { rules: file.rules, paths: inputs.paths });
    const [problem] = problems;
    if (problem) {
      const { option = 'include.image', reason, allowed } = problem;
      throw new EngineError('OPTION_INVALID', { option, reason, allowed, problems: problems.length });
    }
    const before = bytes ?? Buffer.alloc(0);
    const after = editOptions(before, edit, this.#path);
    if (!after.equals(before)) await writeOptionsFile(this.#path, after, revision);
  }

  async #read(): Promise<Current> {
    const bytes = await readOptionsBytes(this.#path);
    const file = parseOptionsFile(bytes?.toString('utf8') ?? '', this.#path);
    const paths = { homeDirectory: process.env.HOME ?? '/', workingDirectory: this.#config };
    return { bytes, file, inputs: { command: new Map(), environment: process.env, file, paths } };
  }
}

/** Rules that are only tried stand nowhere; they are counted as if each had a line. */
function placedAt(rule: ImageRule, index: number): PlacedRule {
  return { ...rule, line: index + 1 };
}
