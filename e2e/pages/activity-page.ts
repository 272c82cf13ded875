/** The Activity view. */
import type { Locator, Page } from '@playwright/test';

export class ActivityPage {
  readonly #page: Page;
  readonly runs: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.runs = page.getByRole('grid', { name: 'Runs' });
  }

  async show(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Activity' }).click();
    await this.runs.waitFor();
  }

  /** Rows of runs about `subject`, newest first. */
  run(subject: string): Locator {
    return this.runs.getByRole('row').filter({ hasText: subject });
  }
}
