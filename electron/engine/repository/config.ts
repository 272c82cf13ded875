/** The repository's `config`: format version, id and chunker polynomial (doc/design.rst, "Repository Format"). */
import { EngineError } from '../base/errors.ts';
import { damaged, type FileReference, fileReference } from './damage.ts';
import { isId } from './file-layout.ts';
import { isIrreducible, randomPolynomial } from './polynomial.ts';
import type { RepositoryPorts, Session } from './session.ts';
import type { Id } from './types.ts';
import { loadUnpacked, parseJsonObject, saveUnpacked } from './unpacked.ts';

export interface RepositoryConfig {
  version: 1 | 2;
  id: Id;
  /** Bit i is the coefficient of x^i. */
  chunkerPolynomial: bigint;
}

/** A version 2 config with a fresh id and polynomial. */
export function newConfig({ random }: Pick<RepositoryPorts, 'random'>): RepositoryConfig {
  const id = Buffer.from(random.bytes(32)).toString('hex');
  return { version: 2, id, chunkerPolynomial: randomPolynomial(random) };
}

/**
 * Checks a decrypted config. `REPOSITORY_UNSUPPORTED` for a version that we do not know, `REPOSITORY_DAMAGED` for
 * anything that is not a config.
 */
export function parseConfig(json: Uint8Array, reference: FileReference): RepositoryConfig {
  const { version, id, chunker_polynomial: polynomial } = parseJsonObject(json, reference);
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw damaged(reference, 'The config has no format version.');
  }
  if (version !== 1 && version !== 2) {
    throw new EngineError('REPOSITORY_UNSUPPORTED', {
      repository: reference.repository,
      file: 'config',
      value: version,
      reason: `The repository has format version ${version}; versions 1 and 2 are known.`,
    });
  }
  if (!isId(id)) throw damaged(reference, 'The config has no repository id.');
  if (typeof polynomial !== 'string' || !/^[0-9a-f]{1,16}$/.test(polynomial)) {
    throw damaged(reference, 'The config has no chunker polynomial.');
  }
  const chunkerPolynomial = BigInt(`0x${polynomial}`);
  if (!isIrreducible(chunkerPolynomial)) throw damaged(reference, 'The chunker polynomial is not irreducible.');
  return { version, id, chunkerPolynomial };
}

/** Loads the config; errors as `parseConfig` and the backend. */
export async function loadConfig(session: Pick<Session, 'backend' | 'key'>): Promise<RepositoryConfig> {
  const reference = fileReference(session.backend.location, 'config', '');
  return parseConfig(await loadUnpacked(session, 'config', ''), reference);
}

/** Writes the config. This is what makes a directory a repository, so it comes last. */
export async function saveConfig(session: Pick<Session, 'backend' | 'key'>, config: RepositoryConfig): Promise<void> {
  const { version, id, chunkerPolynomial } = config;
  const json = JSON.stringify({ version, id, chunker_polynomial: chunkerPolynomial.toString(16) });
  await saveUnpacked({ ...session, version }, 'config', Buffer.from(json));
}
