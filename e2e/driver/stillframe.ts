/** The real command line as a client sees it: arguments in, JSON lines out. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { backupResultSchema, restoreResultSchema } from '#contract';
import { type Ended, run, top } from './programs.ts';

/** Return codes that mean "done": 0 without remarks, 4 with skipped things, 8 with warnings. */
const DONE = [0, 4, 8];

/** The bundled command line where it was built, otherwise the same from its sources. */
export function entryPoint(): string {
  const bundled = resolve(top, 'out/cli/main.js');
  return existsSync(bundled) ? bundled : resolve(top, 'electron/hosts/cli/stillframe.mjs');
}

/** Where a client's commands work: repository, its passphrase, and folders of their own for settings and journals. */
export interface Place {
  repository: string;
  passwordFile: string;
  /** Parent of the configuration, state and data folders. */
  home: string;
}

/** Environment of a command in `place`. */
export function environmentOf(place: Place): Record<string, string> {
  return {
    STILLFRAME_REPOSITORY: place.repository,
    STILLFRAME_PASSWORD_FILE: place.passwordFile,
    XDG_CONFIG_HOME: `${place.home}/config`,
    // Nobody's timers and crontab are touched: this computer has neither, unless a spec puts them there.
    STILLFRAME_SYSTEM_ROOT: `${place.home}/computer`,
    XDG_STATE_HOME: `${place.home}/state`,
    XDG_DATA_HOME: `${place.home}/data`,
  };
}

const backupResult = backupResultSchema.omit({ kind: true });
type BackupResult = z.infer<typeof backupResult>;
/** One entry a volume. */
const backupDocument = z.object({ results: z.tuple([backupResult]) });

const restoreResult = restoreResultSchema.omit({ kind: true });
type RestoreResult = z.infer<typeof restoreResult>;

/** The commands that the demonstration and the benchmark use. */
export interface Stillframe {
  init(): Promise<void>;
  backup(volume: string): Promise<BackupResult>;
  restore(source: string, target: string): Promise<RestoreResult>;
  /** What people see: text output. */
  text(...args: string[]): Promise<string>;
}

export function stillframeAt(place: Place): Stillframe {
  const call = (args: readonly string[]): Promise<Ended> =>
    run('node', [entryPoint(), ...args], { env: environmentOf(place), accept: DONE });
  return {
    async init() {
      await call(['init', '-json']);
    },
    async backup(volume) {
      const { results } = backupDocument.parse(resultOf(await call(['backup', 'image', volume, '-json'])));
      return results[0];
    },
    async restore(source, target) {
      return restoreResultOf(await call(['restore', 'image', source, target, '-noprompt', '-json']));
    },
    async text(...args) {
      return (await call(args)).stdout;
    },
  };
}

/** What `restore image -json` said. */
export function restoreResultOf(ended: Pick<Ended, 'stdout'>): RestoreResult {
  return restoreResult.parse(resultOf(ended));
}

/** The result document of a long command: the last line of its output. */
function resultOf(ended: Pick<Ended, 'stdout'>): unknown {
  const lastLine = ended.stdout.trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(lastLine);
}
