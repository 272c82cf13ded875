/** Edit → Client Preferences. */
import type { Locator, Page } from '@playwright/test';
import { type Hands, mouse } from '../driver/hands.ts';

export class PreferencesPage {
  readonly #page: Page;
  readonly #hands: Hands;
  readonly saveButton: Locator;

  constructor(page: Page, hands = mouse()) {
    this.#page = page;
    this.#hands = hands;
    this.saveButton = page.getByRole('button', { name: 'Save', exact: true });
  }

  async show(): Promise<void> {
    await this.#hands.press(
      this.#page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Preferences' }),
    );
    await this.#page.getByRole('tab', { name: /^General/ }).waitFor();
  }

  async tab(name: string): Promise<void> {
    await this.#hands.press(this.#page.getByRole('tab', { name: new RegExp(`^${name}`) }));
  }

  field(name: RegExp): Locator {
    return this.#page.getByRole('textbox', { name }).or(this.#page.getByRole('spinbutton', { name })).first();
  }

  async save(): Promise<void> {
    await this.#hands.press(this.saveButton);
  }
}
