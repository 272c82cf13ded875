/** What every host that runs under Node gives the engine: real time, real randomness, XDG directories, a log. */
import { randomBytes, randomInt } from 'node:crypto';
import { homedir, hostname } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Capabilities } from '#contract';
import { ErrorLogFile, withErrorLog } from '#engine/activity/error-log.ts';
import { rememberSecretsOf } from '#engine/base/secrets.ts';
import type { Clock, Directories, Logger, Picker, Ports, Random } from '#engine/ports.ts';
import { createScheduling } from './scheduling.ts';

const PRODUCT = 'stillframe';

type Environment = Readonly<Record<string, string | undefined>>;

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

export const systemRandom: Random = {
  bytes: (count) => randomBytes(count),
  /** `limit` may be up to 2^48 - 1, the limit of the platform's generator. */
  below: (limit) => randomInt(limit),
};

/** A log that keeps nothing. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** One JSON object a line: `time`, `level`, `message` and the fields. */
export function jsonLogger(write: (line: string) => void, clock: Clock = systemClock): Logger {
  const at =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      write(`${JSON.stringify({ time: new Date(clock.now()).toISOString(), level, message, ...fields })}\n`);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * The XDG base directories of the person who runs this, root included. A variable that is empty or not absolute is
 * ignored, as the XDG Base Directory Specification (0.8) says.
 */
export function xdgDirectories(environment: Environment = process.env, home: string = homedir()): Directories {
  const base = (variable: string, ...fallback: string[]) => {
    const value = environment[variable];
    return join(value !== undefined && isAbsolute(value) ? value : join(home, ...fallback), PRODUCT);
  };
  return {
    config: base('XDG_CONFIG_HOME', '.config'),
    state: base('XDG_STATE_HOME', '.local', 'state'),
    data: base('XDG_DATA_HOME', '.local', 'share'),
  };
}

/** What differs between the hosts that run under Node. */
export interface NodeHost {
  capabilities: Capabilities;
  logger?: Logger;
  picker?: Picker;
  environment?: Environment;
}

/** Ports for a host that runs under Node. */
export function createNodePorts({ capabilities, logger = silentLogger, picker, environment }: NodeHost): Ports {
  const directories = xdgDirectories(environment);
  const errorLog = new ErrorLogFile(directories.state, systemClock);
  rememberSecretsOf(environment ?? process.env);
  return {
    clock: systemClock,
    random: systemRandom,
    logger: withErrorLog(logger, errorLog),
    errorLog,
    directories,
    nodeName: hostname(),
    capabilities,
    scheduling: createScheduling(environment),
    ...(picker ? { picker } : {}),
  };
}
