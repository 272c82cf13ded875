/** First run: creating a repository, the recovery key, opening with a passphrase, and the wizard's further pages. */
import type { Locator, Page } from '@playwright/test';
import { type Hands, mouse } from '../driver/hands.ts';

export class SetupPage {
  readonly #page: Page;
  readonly #hands: Hands;
  readonly heading: Locator;
  readonly recoveryKey: Locator;

  constructor(page: Page, hands = mouse()) {
    this.#page = page;
    this.#hands = hands;
    this.heading = page.getByRole('heading', { level: 1 });
    this.recoveryKey = page.getByRole('main').locator('code');
  }

  /** Creates a repository protected by a passphrase and stays on the recovery key. */
  async create(location: string, passphrase: string): Promise<void> {
    const page = this.#page;
    await this.#hands.type(page.getByRole('textbox', { name: 'Location' }), location);
    await this.#hands.choose(page.getByRole('radio', { name: 'Passphrase' }));
    await this.#hands.type(page.getByLabel('Passphrase', { exact: true }).last(), passphrase);
    await this.#hands.type(page.getByLabel('Repeat passphrase'), passphrase);
    await this.#hands.press(page.getByRole('button', { name: 'Create repository' }));
    await this.recoveryKey.waitFor();
  }

  /** Confirms that the key is stored and goes on to the snapshots. */
  async keepRecoveryKey(): Promise<void> {
    await this.#hands.choose(this.#page.getByRole('checkbox', { name: 'I have stored it' }));
    await this.#hands.press(this.#page.getByRole('button', { name: 'Continue', exact: true }));
  }

  /** As `keepRecoveryKey`, and leaves the wizard. */
  async storeRecoveryKey(): Promise<void> {
    await this.keepRecoveryKey();
    await this.finishLater();
  }

  /** Goes on to the next page. */
  async next(): Promise<void> {
    await this.#hands.press(this.#page.getByRole('button', { name: 'Next', exact: true }));
  }

  /** Leaves the wizard for the hub. */
  async finishLater(): Promise<void> {
    await this.#hands.press(this.#page.getByRole('button', { name: 'Finish later' }));
  }

  /** The last page: backs up the volume with this label. */
  async firstBackup(label: string): Promise<void> {
    await this.#hands.choose(this.#page.getByRole('main').getByRole('checkbox', { name: label }));
    await this.#hands.press(this.#page.getByRole('main').getByRole('button', { name: 'Back up 1 volume' }));
  }

  async open(passphrase: string): Promise<void> {
    await this.#hands.type(this.#page.getByLabel('Passphrase or recovery key'), passphrase);
    await this.#hands.press(this.#page.getByRole('button', { name: 'Open repository' }));
  }
}
