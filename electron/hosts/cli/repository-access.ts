/** Opens or creates the repository that the options name. */

import { EngineError } from '#engine/base/errors.ts';
import type { Engine } from '#engine/engine.ts';
import type { Cancellation } from './cancellation.ts';
import type { Output } from './output.ts';
import type { Terminal } from './terminal.ts';

/** Wrong passphrases that a person may type before the command ends. */
const ATTEMPTS = 3;

export interface RepositoryWish {
  /** Directory or URL. */
  readonly location: string;
  /** Nobody named a repository: it is the personal one, which the first backup creates. */
  readonly personal: boolean;
  readonly passphrase: string | undefined;
  /** Where generated keys are kept, for messages. */
  readonly keyDirectory: string;
}

/** What an access tells the next one with the same engine. */
export interface AccessState {
  /** The repository is open, so that its key need not be derived again. */
  open: boolean;
}

export class RepositoryAccess {
  readonly #engine: Engine;
  readonly #state: AccessState;
  readonly #wish: RepositoryWish;
  readonly #output: Output;
  readonly #terminal: Terminal;
  readonly #cancellation: Cancellation;

  constructor(
    engine: Engine,
    wish: RepositoryWish,
    {
      output,
      terminal,
      cancellation,
      access = { open: false },
    }: { output: Output; terminal: Terminal; cancellation: Cancellation; access?: AccessState },
  ) {
    this.#engine = engine;
    this.#state = access;
    this.#wish = wish;
    this.#output = output;
    this.#terminal = terminal;
    this.#cancellation = cancellation;
  }

  get location(): string {
    return this.#wish.location;
  }

  /**
   * Opens the repository, asking for the passphrase where there is somebody to answer. Throws what
   * `Engine.repository.open` throws.
   */
  async open(): Promise<void> {
    if (this.#state.open) return;
    const { location, passphrase } = this.#wish;
    try {
      await this.#openWith(passphrase);
    } catch (error) {
      const asks = error instanceof EngineError && error.code === 'PASSPHRASE_REQUIRED' && this.#terminal.interactive;
      if (!asks) throw error;
      await this.#askAndOpen(location);
    }
  }

  /** As `open`; the personal repository is created where there is none yet. */
  async openOrCreate(): Promise<void> {
    try {
      await this.open();
    } catch (error) {
      const absent = error instanceof EngineError && error.code === 'REPOSITORY_NOT_FOUND';
      if (!absent || !this.#wish.personal) throw error;
      await this.create();
    }
  }

  /** Creates the repository, says where its key is, and returns the recovery key, which is shown on terminals only. */
  async create(): Promise<{ id: string; recoveryKey: string }> {
    const { location, keyDirectory } = this.#wish;
    const { created, passphrase } = await this.#create();
    this.#state.open = true;
    const { recoveryKey } = created;
    const output = this.#output;
    output.message(`Created the repository ${location}.`);
    if (passphrase === undefined) {
      output.message(`Its generated key is kept in ${keyDirectory}, so that later runs open it by themselves.`);
    }
    if (this.#terminal.interactive) {
      output.message(
        '',
        `    Recovery key:  ${recoveryKey}`,
        '',
        'Write it down and keep it away from this computer: it is not shown again, and without it (or a passphrase)',
        'the images are lost together with this computer.',
        '',
      );
    } else if (passphrase === undefined) {
      output.message(
        'The recovery key is not shown here, because this is not a terminal. Before you rely on this repository,',
        'add a passphrase with “stillframe key add”, or copy that directory to a safe place.',
      );
    }
    return { id: created.status.id ?? '', recoveryKey };
  }

  /** With `passwordaccess prompt` a new repository needs a passphrase, which is asked for where somebody can answer. */
  async #create() {
    const { location, passphrase } = this.#wish;
    const { repository } = this.#engine;
    try {
      return { created: await repository.create({ location, passphrase }), passphrase };
    } catch (error) {
      const asks = error instanceof EngineError && error.code === 'PASSPHRASE_REQUIRED' && this.#terminal.interactive;
      if (!asks) throw error;
    }
    const typed = await this.#askNewPassphrase();
    return { created: await repository.create({ location, passphrase: typed }), passphrase: typed };
  }

  async #askNewPassphrase(): Promise<string> {
    const { signal } = this.#cancellation;
    for (let attempt = 1; ; attempt++) {
      const typed = await this.#terminal.askSecret(`New passphrase of ${this.#wish.location}: `, signal);
      const again = await this.#terminal.askSecret('The same again: ', signal);
      if (typed !== '' && typed === again) return typed;
      const reason = typed === '' ? 'A passphrase must not be empty.' : 'The two are not the same.';
      if (attempt === ATTEMPTS) throw new EngineError('PASSPHRASE_REQUIRED', { reason });
      this.#output.message(`${reason} Please try again.`);
    }
  }

  async #askAndOpen(location: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const typed = await this.#terminal.askSecret(`Passphrase of ${location}: `, this.#cancellation.signal);
      try {
        return await this.#openWith(typed);
      } catch (error) {
        const wrong = error instanceof EngineError && error.code === 'PASSPHRASE_WRONG';
        if (!wrong || attempt === ATTEMPTS) throw error;
        this.#output.message('That passphrase does not open it. Please try again.');
      }
    }
  }

  async #openWith(passphrase: string | undefined): Promise<void> {
    await this.#cancellation.race(this.#engine.repository.open({ location: this.#wish.location, passphrase }));
    this.#state.open = true;
  }
}
