/** The one open repository of an engine: its state, opening, creating, keys. */
import { resolve } from 'node:path';
import type { RepositoryStatus } from '#contract';
import { EngineError, toEngineError } from '../base/errors.ts';
import type { Ports } from '../ports.ts';
import { createBackend, createRepository, openRepository } from '../repository/index.ts';
import type { KeyFacts, Repository } from '../repository/types.ts';
import { listMarkedImages } from '../retention/catalogue.ts';
import { generateRecoveryKey, KeyStore } from './key-store.ts';
import { optionInForce } from './options-in-force.ts';

/** Holds at most one open repository; opening another closes the first. */
export class RepositorySession implements AsyncDisposable {
  readonly #ports: Ports;
  readonly #keys: KeyStore;
  #location: string;
  #repository: Repository | undefined;
  #passphrase: string | undefined;
  /** Opening is serialised, so that two requests never open it twice. */
  #opening: Promise<Repository> | undefined;
  /** Why none is opened before somebody names one. */
  #refusal: EngineError | undefined;

  /**
   * `passphrase`: from a password file or the environment; without one the key store is asked. `refusal`: nothing is
   * opened at `location` until somebody asks for it.
   */
  constructor(ports: Ports, location: string, passphrase: string | undefined, refusal?: EngineError) {
    this.#ports = ports;
    this.#keys = new KeyStore(ports.directories.config);
    this.#location = normalizeLocation(location);
    this.#passphrase = passphrase;
    this.#refusal = refusal;
  }

  get location(): string {
    return this.#location;
  }

  /** The open repository, opening it where that needs nobody; else `REPOSITORY_NOT_FOUND`, `PASSPHRASE_REQUIRED`, …. */
  async require(): Promise<Repository> {
    if (this.#repository) return this.#repository;
    if (this.#refusal) throw this.#refusal;
    this.#opening ??= this.#open(this.#passphrase).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async status(): Promise<RepositoryStatus> {
    const location = this.#location;
    let repository: Repository;
    try {
      repository = await this.require();
    } catch (error) {
      return closedStatus(location, toEngineError(error));
    }
    try {
      const [space, images] = await Promise.all([repository.space(), listMarkedImages(repository)]);
      return {
        state: 'open',
        location,
        id: repository.id,
        ...(space ? { freeBytes: space.freeBytes, totalBytes: space.totalBytes } : {}),
        imageCount: images.length,
        ...(images[0] ? { lastImageAt: images[0].time } : {}),
      };
    } catch (error) {
      const known = toEngineError(error);
      if (known.code === 'REPOSITORY_UNREACHABLE') return closedStatus(location, known);
      throw error;
    }
  }

  async create(request: { location: string; passphrase?: string | undefined }): Promise<{
    status: RepositoryStatus;
    recoveryKey: string;
  }> {
    const location = normalizeLocation(request.location);
    const recoveryKey = generateRecoveryKey(this.#ports.random);
    const passphrase = request.passphrase || undefined;
    if (passphrase === undefined && (await this.#asksForPassphrase())) {
      const reason = 'passwordaccess is prompt: no generated key is kept, so a new repository needs a passphrase.';
      throw new EngineError('PASSPHRASE_REQUIRED', { repository: location, reason });
    }
    const backend = createBackend(location);
    const repository = await createRepository({
      backend,
      credential: { passphrase: recoveryKey, random: true },
      ports: this.#ports,
    });
    try {
      if (passphrase) await repository.addKey({ passphrase });
      else await this.#keys.save(location, recoveryKey);
    } catch (error) {
      await repository[Symbol.asyncDispose]();
      throw error;
    }
    await this.#adopt(location, repository, passphrase);
    return { status: await this.status(), recoveryKey };
  }

  async open(request: { location: string; passphrase?: string | undefined }): Promise<RepositoryStatus> {
    const location = normalizeLocation(request.location);
    const opened = await this.#openAt(location, request.passphrase || undefined);
    await this.#adopt(location, opened, request.passphrase || undefined);
    return this.status();
  }

  async listKeys(): Promise<KeyFacts[]> {
    return (await this.require()).listKeys();
  }

  async addKey(passphrase: string): Promise<string> {
    return (await this.require()).addKey({ passphrase });
  }

  async removeKey(id: string): Promise<void> {
    await (await this.require()).removeKey(id);
  }

  /** `PASSPHRASE_WRONG` where `current` opens nothing. What fails half-way leaves one key too many, never one too few. */
  async changePassphrase({ current, next }: { current?: string | undefined; next: string }): Promise<void> {
    const repository = await this.require();
    if (current === undefined) {
      await repository.addKey({ passphrase: next });
      return;
    }
    if (current === next) {
      throw new EngineError('COMMAND_INVALID', { reason: 'The new passphrase is the present one.' });
    }
    const location = this.#location;
    const old = await this.#keyOpenedBy(location, current);
    await repository.addKey({ passphrase: next });
    const reopened = await this.#openAt(location, next);
    await this.#adopt(location, reopened, next);
    await reopened.removeKey(old);
    if ((await this.#keys.load(location)) === current) await this.#keys.forget(location);
  }

  /** A further generated key; it is kept nowhere. */
  async addRecoveryKey(): Promise<{ recoveryKey: string }> {
    const repository = await this.require();
    const recoveryKey = generateRecoveryKey(this.#ports.random);
    await repository.addKey({ passphrase: recoveryKey, random: true });
    return { recoveryKey };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const repository = this.#repository;
    this.#repository = undefined;
    await repository?.[Symbol.asyncDispose]();
  }

  async #keyOpenedBy(location: string, passphrase: string): Promise<string> {
    await using opened = await this.#openAt(location, passphrase);
    const key = (await opened.listKeys()).find(({ current }) => current);
    if (key === undefined) throw new EngineError('KEY_NOT_FOUND', { repository: location });
    return key.id;
  }

  async #open(passphrase: string | undefined): Promise<Repository> {
    this.#repository = await this.#openAt(this.#location, passphrase);
    return this.#repository;
  }

  async #openAt(location: string, passphrase: string | undefined): Promise<Repository> {
    const backend = createBackend(location);
    const credential = passphrase ?? (await this.#keptKey(location));
    if (credential === undefined) {
      // Whether there is anything to open is told before a passphrase is asked for.
      if (!(await backend.exists('config', 'config')))
        throw new EngineError('REPOSITORY_NOT_FOUND', { repository: location });
      throw new EngineError('PASSPHRASE_REQUIRED', { repository: location });
    }
    return openRepository({ backend, credential: { passphrase: credential }, ports: this.#ports });
  }

  /** `passwordaccess prompt`. */
  async #asksForPassphrase(): Promise<boolean> {
    return (await optionInForce('passwordaccess', this.#ports)) === 'prompt';
  }

  async #keptKey(location: string): Promise<string | undefined> {
    return (await this.#asksForPassphrase()) ? undefined : this.#keys.load(location);
  }

  async #adopt(location: string, repository: Repository, passphrase: string | undefined): Promise<void> {
    await this[Symbol.asyncDispose]();
    this.#location = location;
    this.#passphrase = passphrase;
    this.#refusal = undefined;
    this.#repository = repository;
  }
}

function closedStatus(location: string, error: EngineError): RepositoryStatus {
  const reason = typeof error.details.reason === 'string' ? error.details.reason : error.code;
  switch (error.code) {
    case 'REPOSITORY_NOT_FOUND':
      return { state: 'absent', location };
    case 'PASSPHRASE_REQUIRED':
      return { state: 'closed', location };
    case 'PASSPHRASE_WRONG':
      return { state: 'closed', location, reason: 'The key that is kept does not open this repository.' };
    default:
      return { state: 'unreachable', location, reason };
  }
}

/** Absolute directory, or a URL-like location as it is. */
export function normalizeLocation(location: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(location) ? location : resolve(location);
}
