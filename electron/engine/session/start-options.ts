/** Which repository an engine starts with, and with which passphrase, where its host leaves that to the options. */
import { type EngineError, toEngineError } from '../base/errors.ts';
import { errorLogSettings } from '../policy/error-log-settings.ts';
import { givenPassphrase } from '../policy/given-passphrase.ts';
import { resolveOption } from '../policy/resolve-options.ts';
import type { Ports } from '../ports.ts';
import { fileInputs } from './options-in-force.ts';

export interface StartOptions {
  repositoryLocation: string | undefined;
  passphrase: string | undefined;
  /** Why it is not known which repository is meant: no other one must be used instead. */
  refusal?: EngineError;
}

/**
 * From the environment and the options file. Never throws: a window must come up for the options file to be mended in,
 * so what cannot be used is logged, and the person is asked.
 */
export async function startOptions(
  ports: Ports,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<StartOptions> {
  const attempt = async <T>(work: () => Promise<T>): Promise<{ value?: T; error?: EngineError }> => {
    try {
      return { value: await work() };
    } catch (thrown) {
      const error = toEngineError(thrown);
      ports.logger.warn('an option cannot be used', { code: error.code, ...error.details });
      return { error };
    }
  };
  // One by one: what is wrong with other options must not lead to another repository.
  const { value: inputs, error } = await attempt(async () => ({
    ...(await fileInputs(ports)),
    command: new Map(),
    environment,
  }));
  if (inputs === undefined) {
    const named = environment.STILLFRAME_REPOSITORY || undefined;
    return {
      repositoryLocation: named,
      passphrase: undefined,
      ...(named === undefined && error ? { refusal: error } : {}),
    };
  }
  const log = await attempt(async () =>
    errorLogSettings({
      errorlogname: resolveOption('errorlogname', inputs).value,
      errorlogretention: resolveOption('errorlogretention', inputs).value,
      errorlogmax: resolveOption('errorlogmax', inputs).value,
    }),
  );
  if (log.value !== undefined) ports.errorLog?.configure(log.value);
  const repository = await attempt(async () => resolveOption('repository', inputs).value);
  const passphrase = await attempt(async () => givenPassphrase(resolveOption('passwordfile', inputs), environment));
  return {
    repositoryLocation: repository.value,
    passphrase: passphrase.value,
    ...(repository.error ? { refusal: repository.error } : {}),
  };
}
