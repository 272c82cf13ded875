/** The Activity view. */
import type { Locator, Page } from '@playwright/test';
import { type Hands, mouse } from '../driver/hands.ts';

export class ActivityPage {
  readonly #page: Page;
  readonly #hands: Hands;
  readonly runs: Locator;

  constructor(page: Page, hands = mouse()) {
    this.#page = page;
    this.#hands = hands;
    this.runs = page.getByRole('grid', { name: 'Runs' });
  }

  async show(): Promise<void> {
    await this.#hands.press(
      this.#page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Activity' }),
    );
    await this.runs.waitFor();
  }

  /** Rows of runs about `subject`, newest first. */
  run(subject: string): Locator {
    return this.runs.getByRole('row').filter({ hasText: subject });
  }
}
