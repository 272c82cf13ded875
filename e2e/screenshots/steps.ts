/** What a screen of the tour is, and the steps that several of them begin with. */
import type { Page } from '@playwright/test';

export interface Screen {
  name: string;
  /** Words for the fixture host; default: an open repository. */
  host?: readonly string[];
  go(page: Page): Promise<void>;
}

export const view = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click();

export const menu = async (page: Page, name: string, entry: string): Promise<void> => {
  await page.getByRole('menuitem', { name, exact: true }).click();
  await page
    .getByRole('menuitem', { name: entry })
    .or(page.getByRole('menuitemradio', { name: entry }))
    .first()
    .click();
};

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();

/** What comes after the last click: fonts, pictures, answers of the canned engine. */
export const settle = (page: Page): Promise<void> => page.waitForTimeout(700);

async function tick(page: Page, ...names: string[]): Promise<void> {
  const tree = page.getByRole('treegrid', { name: 'Volumes' });
  for (const name of names) await tree.getByRole('row').filter({ hasText: name }).first().getByRole('checkbox').check();
}

export async function backup(page: Page, ...names: string[]): Promise<void> {
  await view(page, 'Backup');
  await page.getByRole('treegrid', { name: 'Volumes' }).waitFor();
  await tick(page, ...names);
}

export async function images(page: Page, volume?: string): Promise<void> {
  await view(page, 'Restore');
  await page.getByRole('grid', { name: 'Images' }).getByRole('row').nth(1).waitFor();
  // The block map of the selection, where there is room for it.
  await page
    .getByText(/^one cell =/)
    .first()
    .waitFor({ timeout: 4000 })
    .catch(() => undefined);
  if (volume)
    await page
      .getByRole('option', { name: new RegExp(volume) })
      .or(button(page, new RegExp(volume)))
      .first()
      .click();
}
