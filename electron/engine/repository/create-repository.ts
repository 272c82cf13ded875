/** Creating a repository: folders, first key, and last the config that makes it one. */
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import type { Backend } from './backends/backend.ts';
import { newConfig, saveConfig } from './config.ts';
import { damaged } from './damage.ts';
import { addKey, newMasterKey } from './keys.ts';
import { type OpenRepositoryOptions, openWithKey } from './open-repository.ts';
import type { Repository } from './types.ts';

/** As for opening; `credential` becomes the first key. */
export type CreateRepositoryOptions = OpenRepositoryOptions;

/**
 * Creates an empty version 2 repository and opens it. `REPOSITORY_EXISTS` where there is one, `PASSPHRASE_REQUIRED`
 * for an empty passphrase, `REPOSITORY_DAMAGED` where data lies but the config is gone, and what the backend throws.
 */
export async function createRepository(options: CreateRepositoryOptions): Promise<Repository> {
  const { backend, credential, ports, signal, tuning = {} } = options;
  throwIfCancelled(signal);
  if (credential.passphrase === '') throw new EngineError('PASSPHRASE_REQUIRED', { repository: backend.location });
  await refuseExisting(backend);
  await backend.create();
  await removeUnfinishedCreation(backend);
  const master = newMasterKey(ports);
  const keyId = await addKey(backend, master, credential, ports, tuning.kdf);
  try {
    throwIfCancelled(signal);
    await refuseExisting(backend);
    await saveConfig({ backend, key: master }, newConfig(ports));
  } catch (error) {
    await backend.remove('keys', keyId).catch(() => undefined);
    throw error;
  }
  return openWithKey(backend, { keyId, master }, ports, tuning);
}

async function refuseExisting(backend: Backend): Promise<void> {
  if (await backend.exists('config', '')) {
    throw new EngineError('REPOSITORY_EXISTS', { repository: backend.location });
  }
}

/**
 * A creation that was killed before its config leaves a key of a master key that nothing is sealed with. It would
 * shadow the new one, so it goes, but only where there is nothing that it could open.
 */
async function removeUnfinishedCreation(backend: Backend): Promise<void> {
  for (const kind of ['data', 'index', 'snapshots'] as const) {
    for await (const { name } of backend.list(kind)) {
      const reason = `The config is missing, but there is data (${kind}/${name}): this was a repository.`;
      throw damaged({ repository: backend.location, kind: 'config', id: '' }, reason, { missing: true });
    }
  }
  for await (const { name } of backend.list('keys')) await backend.remove('keys', name);
}
