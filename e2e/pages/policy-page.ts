/** Utilities → View Policy Information, and what the Actions menu does about images. */
import { expect, type Locator, type Page } from '@playwright/test';
import { type Hands, mouse } from '../driver/hands.ts';

export class PolicyPage {
  readonly #page: Page;
  readonly #hands: Hands;
  readonly dialog: Locator;

  constructor(page: Page, hands = mouse()) {
    this.#page = page;
    this.#hands = hands;
    this.dialog = page.getByRole('dialog');
  }

  /** By its shortcut. */
  async open(): Promise<void> {
    await this.#page.keyboard.press('Alt+p');
    await this.dialog.getByRole('table', { name: 'Management classes' }).waitFor();
  }

  /** Adds a class like the standard one that keeps so many images; it is not saved yet. */
  async addClass(name: string, images: string): Promise<void> {
    await this.#hands.press(this.dialog.getByRole('button', { name: 'New class…' }));
    await this.#hands.type(this.dialog.getByRole('textbox', { name: 'Name' }), name);
    await this.#hands.type(this.dialog.getByRole('textbox', { name: 'Versions exist' }), images);
    await this.#hands.press(this.dialog.getByRole('button', { name: 'Add class' }));
  }

  async save(): Promise<void> {
    await this.#hands.press(this.dialog.getByRole('button', { name: 'Save', exact: true }));
    await this.dialog.getByText(/is in force$/).waitFor();
  }

  async close(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Opens the preview of the next expiration, by the palette. */
  async openExpiration(): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+k');
    await this.#page.getByRole('option', { name: 'Expire…' }).waitFor();
    await this.#page.keyboard.insertText('Expire');
    await expect(this.#page.getByRole('option').first()).toContainText('Expire…');
    await this.#page.keyboard.press('Enter');
    await this.dialog.getByRole('status').waitFor();
  }

  async expire(): Promise<void> {
    await this.#hands.press(this.dialog.getByRole('button', { name: /^Remove \d+ image/ }));
    await this.dialog.waitFor({ state: 'hidden' });
  }
}
