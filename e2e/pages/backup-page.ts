/** The Backup view. */
import type { Locator, Page } from '@playwright/test';
import { type Hands, mouse } from '../driver/hands.ts';

export class BackupPage {
  readonly #page: Page;
  readonly #hands: Hands;
  readonly tree: Locator;
  readonly estimate: Locator;
  /** What the snapshot providers say about the selected volumes. */
  readonly readiness: Locator;
  readonly type: Locator;
  /** Shown only where a snapshot tracks changes. */
  readonly mode: Locator;

  constructor(page: Page, hands = mouse()) {
    this.#page = page;
    this.#hands = hands;
    this.tree = page.getByRole('treegrid', { name: 'Volumes' });
    this.estimate = page.getByRole('region', { name: 'Estimate' });
    this.readiness = page.getByRole('region', { name: 'Snapshot readiness' });
    this.type = page.getByRole('combobox', { name: 'Type of backup' });
    this.mode = page.getByRole('combobox', { name: 'Mode' });
  }

  async show(): Promise<void> {
    await this.#hands.press(
      this.#page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Backup' }),
    );
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
    await this.#hands.tickRow(this.volume(name));
  }

  /** Chooses a type of backup, or a mode, by the first words of its entry. */
  async pick(drop: Locator, words: string): Promise<void> {
    await drop.click();
    await this.#page.getByRole('option', { name: new RegExp(`^${words}`) }).click();
  }

  /** The table that folds out below a volume: one row a provider. */
  providers(volume: string): Locator {
    return this.#page.getByRole('table', { name: `Snapshot providers of ${volume}` });
  }

  async showProviders(volume: string): Promise<Locator> {
    await this.#page.getByRole('button', { name: `All providers for ${volume}` }).click();
    return this.providers(volume);
  }

  async openEstimate(): Promise<void> {
    await this.#hands.press(this.#page.getByRole('button', { name: 'Estimate', exact: true }));
    await this.estimate.getByText(/^Reads /).waitFor();
  }

  /** Starts the selected backups. */
  async start(): Promise<void> {
    await this.#hands.press(this.#page.getByRole('button', { name: /^Back up \d+ volume/ }));
  }

  /** The card of a volume's task. */
  task(name: string): Locator {
    return this.#page.getByRole('region', { name: `Backup of ${name}` });
  }
}
