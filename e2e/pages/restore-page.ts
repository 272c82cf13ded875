/** The Restore view and its three-step dialog. */
import type { Locator, Page } from '@playwright/test';
import { type Hands, mouse } from '../driver/hands.ts';

export class RestorePage {
  readonly #page: Page;
  readonly #hands: Hands;
  readonly images: Locator;
  readonly dialog: Locator;

  constructor(page: Page, hands = mouse()) {
    this.#page = page;
    this.#hands = hands;
    this.images = page.getByRole('grid', { name: 'Images' });
    this.dialog = page.getByRole('dialog');
  }

  async show(): Promise<void> {
    await this.#hands.press(
      this.#page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Restore' }),
    );
    await this.images.getByRole('row').nth(1).waitFor();
  }

  /** View → File Details by its shortcut; the dialog is left open. */
  async openFileDetails(): Promise<Locator> {
    await this.#hands.point(this.images.getByRole('row').nth(1));
    await this.#page.keyboard.press('Alt+Enter');
    await this.dialog.getByText('Merkle root').waitFor();
    return this.dialog;
  }

  /** Shows the images that newer ones have replaced, too. */
  async showInactive(): Promise<void> {
    await this.#hands.choose(this.#page.getByRole('radio', { name: 'Active and inactive' }));
  }

  /** Opens the comparison of two images of the volume. */
  async compare(): Promise<void> {
    await this.#hands.press(this.#page.getByRole('button', { name: 'Compare…' }).first());
    await this.dialog.waitFor();
  }

  async closeDialog(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Opens the dialog and goes to step 2. */
  async begin(): Promise<void> {
    await this.#hands.press(this.#page.getByRole('button', { name: 'Restore…' }));
    await this.#hands.press(this.dialog.getByRole('button', { name: 'Next: where' }));
  }

  /** Chooses a target and goes to step 3. */
  async chooseTarget(name: string): Promise<void> {
    await this.#hands.choose(this.dialog.getByRole('radio', { name: new RegExp(name) }));
    await this.#hands.press(this.dialog.getByRole('button', { name: 'Next: confirm' }));
  }

  /** Types the device's name and starts. */
  async confirm(target: string): Promise<void> {
    await this.#hands.type(this.confirmation, target);
    await this.#hands.press(this.restoreButton);
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
