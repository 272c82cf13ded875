/** First run: creating a repository, the recovery key, opening with a passphrase. */
import type { Locator, Page } from '@playwright/test';

export class SetupPage {
  readonly #page: Page;
  readonly heading: Locator;
  readonly recoveryKey: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.heading = page.getByRole('heading', { level: 1 });
    this.recoveryKey = page.getByRole('main').locator('code');
  }

  /** Creates a repository protected by a passphrase and stays on the recovery key. */
  async create(location: string, passphrase: string): Promise<void> {
    const page = this.#page;
    await page.getByRole('textbox', { name: 'Location' }).fill(location);
    await page.getByRole('radio', { name: 'Passphrase' }).check();
    await page.getByLabel('Passphrase', { exact: true }).last().fill(passphrase);
    await page.getByLabel('Repeat passphrase').fill(passphrase);
    await page.getByRole('button', { name: 'Create repository' }).click();
    await this.recoveryKey.waitFor();
  }

  async storeRecoveryKey(): Promise<void> {
    await this.#page.getByRole('checkbox', { name: 'I have stored it' }).check();
    await this.#page.getByRole('button', { name: 'Continue', exact: true }).click();
    await this.finishLater();
  }

  /** Leaves the wizard for the hub. */
  async finishLater(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Finish later' }).click();
  }

  async open(passphrase: string): Promise<void> {
    await this.#page.getByLabel('Passphrase or recovery key').fill(passphrase);
    await this.#page.getByRole('button', { name: /^Open/ }).click();
  }
}
