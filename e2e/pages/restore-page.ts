/** The Restore view and its three-step dialog. */
import type { Locator, Page } from '@playwright/test';

export class RestorePage {
  readonly #page: Page;
  readonly images: Locator;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.images = page.getByRole('grid', { name: 'Images' });
    this.dialog = page.getByRole('dialog');
  }

  async show(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Restore' }).click();
    await this.images.getByRole('row').nth(1).waitFor();
  }

  /** View → File Details by its shortcut; the dialog is left open. */
  async openFileDetails(): Promise<Locator> {
    await this.images.getByRole('row').nth(1).click();
    await this.#page.keyboard.press('Alt+Enter');
    await this.dialog.getByText('Merkle root').waitFor();
    return this.dialog;
  }

  async closeDialog(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Opens the dialog and goes to step 2. */
  async begin(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Restore…' }).click();
    await this.dialog.getByRole('button', { name: 'Next: where' }).click();
  }

  /** Chooses a target and goes to step 3. */
  async chooseTarget(name: string): Promise<void> {
    await this.dialog.getByRole('radio', { name: new RegExp(name) }).check();
    await this.dialog.getByRole('button', { name: 'Next: confirm' }).click();
  }

  get confirmation(): Locator {
    return this.dialog.getByRole('textbox', { name: /to confirm$/ });
  }

  get restoreButton(): Locator {
    return this.dialog.getByRole('button', { name: /^Restore to/ });
  }

  task(target: string): Locator {
    return this.#page.getByRole('region', { name: `Restore of ${target}` });
  }
}
