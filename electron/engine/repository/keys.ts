/** The keys of a repository: opening it with one, listing, adding and removing. */
import { userInfo } from 'node:os';
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import { rememberSecret } from '../base/secrets.ts';
import { MASTER_KEY_BYTES, native } from '../native.ts';
import type { Backend } from './backends/backend.ts';
import { damaged, fileReference, isDamaged, isMissing } from './damage.ts';
import { isId } from './file-layout.ts';
import {
  calibrateKdf,
  deriveKey,
  encodeKeyFile,
  type KdfParameters,
  type KeyFile,
  openMasterKey,
  parseKeyFile,
  RANDOM_KEY_KDF,
  sealMasterKey,
} from './key-file.ts';
import type { RepositoryPorts } from './session.ts';
import type { Credential, Id, KeyFacts } from './types.ts';

const LIMIT_BYTES = 1 << 20;

/** A master key and the key file that gave it. */
export interface UnlockedKey {
  keyId: Id;
  master: Buffer;
}

/** A fresh random master key. */
export function newMasterKey({ random }: Pick<RepositoryPorts, 'random'>): Buffer {
  return Buffer.from(random.bytes(MASTER_KEY_BYTES));
}

/** Loads a key file and checks it against its name; `REPOSITORY_DAMAGED`. */
export async function loadKeyFile(backend: Backend, id: Id): Promise<KeyFile> {
  const reference = fileReference(backend.location, 'keys', id);
  const bytes = await backend.loadAll('keys', id, LIMIT_BYTES);
  if (native().sha256(bytes) !== id) {
    throw damaged(reference, 'The content was changed or cut short: its SHA-256 is not its name.');
  }
  return parseKeyFile(bytes, reference);
}

async function keyIds(backend: Backend): Promise<Id[]> {
  const ids: Id[] = [];
  for await (const { name } of backend.list('keys')) ids.push(name);
  return ids.sort();
}

/**
 * Tries every key file. `PASSPHRASE_WRONG` if none opens; `REPOSITORY_DAMAGED` naming a key file if one that could not
 * be read may have been the right one.
 */
export async function unlock(
  backend: Backend,
  { passphrase }: Credential,
  { logger }: Pick<RepositoryPorts, 'logger'>,
  signal?: AbortSignal,
): Promise<UnlockedKey> {
  let damage: EngineError | undefined;
  const ids = await keyIds(backend);
  for (const keyId of ids) {
    throwIfCancelled(signal);
    try {
      const file = await loadKeyFile(backend, keyId);
      rememberSecret(passphrase);
      const derived = await deriveKey(passphrase, file.salt, file);
      const master = openMasterKey(derived, file, fileReference(backend.location, 'keys', keyId));
      if (master !== undefined) return { keyId, master };
    } catch (error) {
      if (!isDamaged(error)) throw error;
      if (isMissing(error)) continue;
      logger.warn('A key file is damaged', { repository: backend.location, key: keyId });
      damage ??= error;
    }
  }
  if (damage !== undefined) throw damage;
  if (ids.length === 0) throw damaged(fileReference(backend.location, 'keys', ''), 'The repository has no key file.');
  throw new EngineError('PASSPHRASE_WRONG', { repository: backend.location });
}

/** Facts about every readable key; damaged ones are logged and left out (`check` reports them). */
export async function listKeys(
  backend: Backend,
  currentId: Id,
  { logger }: Pick<RepositoryPorts, 'logger'>,
): Promise<KeyFacts[]> {
  const facts: KeyFacts[] = [];
  for (const id of await keyIds(backend)) {
    try {
      const { username, hostname, created } = await loadKeyFile(backend, id);
      facts.push({ id, username, hostname, created, current: id === currentId });
    } catch (error) {
      if (!isDamaged(error)) throw error;
      logger.warn('A key file is damaged', { repository: backend.location, key: id });
    }
  }
  return facts;
}

/** Writes a key file for `master`; the costs are calibrated unless given. Resolves with its id. */
export async function addKey(
  backend: Backend,
  master: Uint8Array,
  credential: Credential,
  { clock, random, nodeName }: RepositoryPorts,
  kdf?: KdfParameters,
): Promise<Id> {
  const { passphrase } = credential;
  if (passphrase === '') throw new EngineError('PASSPHRASE_REQUIRED', { repository: backend.location });
  rememberSecret(passphrase);
  const costs = kdf ?? (credential.random ? RANDOM_KEY_KDF : undefined);
  const parameters = costs ?? (await calibrateKdf(() => clock.monotonic()));
  const salt = Buffer.from(random.bytes(64));
  const data = sealMasterKey(await deriveKey(passphrase, salt, parameters), master);
  const created = new Date(clock.now()).toISOString();
  const bytes = encodeKeyFile({ ...parameters, hostname: nodeName, username: userName(), created, salt, data });
  const id = native().sha256(bytes);
  await backend.save('keys', id, bytes);
  return id;
}

/** Removes a key file. `KEY_IN_USE` for the session's own, `KEY_NOT_FOUND` for one that is not there. */
export async function removeKey(backend: Backend, id: Id, currentId: Id): Promise<void> {
  const details = { repository: backend.location, value: id };
  if (id === currentId) throw new EngineError('KEY_IN_USE', details);
  if (!isId(id) || !(await backend.exists('keys', id))) throw new EngineError('KEY_NOT_FOUND', details);
  await backend.remove('keys', id);
}

/** Name of the user who runs this process; the number where it has none. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}
