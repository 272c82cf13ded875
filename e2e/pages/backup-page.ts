/** The Backup view. */
import type { Locator, Page } from '@playwright/test';

export class BackupPage {
  readonly #page: Page;
  readonly tree: Locator;
  readonly estimate: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.tree = page.getByRole('treegrid', { name: 'Volumes' });
    this.estimate = page.getByRole('region', { name: 'Estimate' });
  }

  async show(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Backup' }).click();
    await this.tree.waitFor();
  }

  volume(name: string): Locator {
    return this.tree.getByRole('row').filter({ hasText: name });
  }

  /** A disk drawn to scale, by its accessible name. */
  strip(name: string): Locator {
    return this.tree.getByRole('list', { name });
  }

  async select(name: string): Promise<void> {
    await this.volume(name).getByRole('checkbox').check();
  }

  async openEstimate(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Estimate', exact: true }).click();
    await this.estimate.getByText(/^Reads /).waitFor();
  }

  /** Starts the selected backups. */
  async start(): Promise<void> {
    await this.#page.getByRole('button', { name: /^Back up \d+ volume/ }).click();
  }

  /** The card of a volume's task. */
  task(name: string): Locator {
    return this.#page.getByRole('region', { name: `Backup of ${name}` });
  }
}
