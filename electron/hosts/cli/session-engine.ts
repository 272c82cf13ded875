/** The one engine of a session, with its open repository. */
import { join } from 'node:path';
import type { Engine } from '#engine/engine.ts';
import { givenPassphrase } from '#engine/policy/given-passphrase.ts';
import type { ResolvedOptions } from '#engine/policy/resolve-options.ts';
import type { Ports } from '#engine/ports.ts';
import type { AccessState, RepositoryWish } from './repository-access.ts';

export interface RunningEngine {
  readonly engine: Engine;
  readonly access: AccessState;
  /** Which repository it is for. */
  readonly wish: RepositoryWish;
}

/** Keeps the engine from command to command while they ask for the same. */
export class SessionEngine implements AsyncDisposable {
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #passphrases = new Map<string, string | undefined>();
  #running: (RunningEngine & { readonly key: string }) | undefined;
  #isKept = false;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment;
  }

  /**
   * The running engine where it was made from the same location and passphrase, else a new one: a passphrase never
   * opens another's repository. Throws what `givenPassphrase` and `createEngine` throw.
   */
  async for({ values, sources }: ResolvedOptions, ports: Ports): Promise<RunningEngine> {
    if (this.#isKept && this.#running) {
      this.#running = { ...this.#running, ...(await asItIs(this.#running)) };
      return this.#running;
    }
    const { createEngine, defaultRepositoryLocation } = await import('#engine/create-engine.ts');
    const passphrase = await this.#passphraseFor({ value: values.passwordfile, source: sources.passwordfile });
    const location = values.repository ?? defaultRepositoryLocation(ports);
    const personal = sources.repository.from === 'default';
    const wish = { location, personal, passphrase, keyDirectory: join(ports.directories.config, 'keys') };
    const key = JSON.stringify([location, passphrase, values.debug]);
    let running = this.#running;
    if (running?.key !== key) {
      await this[Symbol.asyncDispose]();
      const engine = await createEngine(ports, { repositoryLocation: location, passphrase });
      running = { key, engine, access: { open: false }, wish };
      this.#running = running;
    }
    return { ...running, wish };
  }

  /** While `work` runs, the running engine is used as it is, whatever is asked for. */
  async keep<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#isKept;
    this.#isKept = true;
    try {
      return await work();
    } finally {
      this.#isKept = before;
    }
  }

  /** Where the repository is that is open. */
  get openRepository(): string | undefined {
    return this.#running?.access.open ? this.#running.wish.location : undefined;
  }

  /** What could not be used is opened anew by the next command. */
  reopen(): void {
    if (this.#running) this.#running.access.open = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.engine[Symbol.asyncDispose]();
  }

  /** Read once: the file may be a pipe, which gives it only once. */
  async #passphraseFor(said: Parameters<typeof givenPassphrase>[0]): Promise<string | undefined> {
    const key = `${said.source.from} ${said.value}`;
    if (!this.#passphrases.has(key)) this.#passphrases.set(key, await givenPassphrase(said, this.#environment));
    return this.#passphrases.get(key);
  }
}

/** The repository that the engine has by now, which may be another than the one that it was made for. */
async function asItIs({ engine, wish }: RunningEngine): Promise<Pick<RunningEngine, 'access' | 'wish'>> {
  const { state, location } = await engine.repository.status();
  const personal = wish.personal && location === wish.location;
  return { access: { open: state === 'open' }, wish: { ...wish, location, personal } };
}
