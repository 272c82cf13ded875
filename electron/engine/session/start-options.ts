/** Which repository an engine starts with, and with which passphrase, where its host leaves that to the options. */
import { toEngineError } from '../base/errors.ts';
import { givenPassphrase } from '../policy/given-passphrase.ts';
import { resolveOption } from '../policy/resolve-options.ts';
import type { Ports } from '../ports.ts';
import { fileInputs } from './options-in-force.ts';

export interface StartOptions {
  repositoryLocation: string | undefined;
  passphrase: string | undefined;
}

/**
 * From the environment and the options file. Never throws: a window must come up for the options file to be mended in,
 * so what cannot be used is logged, and the person is asked.
 */
export async function startOptions(
  ports: Ports,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<StartOptions> {
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      const { code, details } = toEngineError(error);
      ports.logger.warn('an option cannot be used', { code, ...details });
      return undefined;
    }
  };
  // One by one: what is wrong with other options must not lead to another repository.
  const inputs = await attempt(async () => ({ ...(await fileInputs(ports)), command: new Map(), environment }));
  if (inputs === undefined) return { repositoryLocation: environment.STILLFRAME_REPOSITORY, passphrase: undefined };
  return {
    repositoryLocation: await attempt(async () => resolveOption('repository', inputs).value),
    passphrase: await attempt(async () => givenPassphrase(resolveOption('passwordfile', inputs), environment)),
  };
}
