/** What runs by itself: added, seen on the hub, removed; and what there is without timers. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { SystemdStand } from '#engine/testing/systemd-stand.ts';
import { expectAccessible } from '../driver/accessibility.ts';
import { openWindow } from '../driver/driver.ts';
import { SetupPage } from '../pages/setup-page.ts';
import { Stand } from '../system/stand.ts';
import { MIB, seededBytes } from '../system/volumes.ts';

const PASSPHRASE = 'correct horse battery staple';

async function standWithVolume(): Promise<{ stand: Stand; volume: string }> {
  const stand = await Stand.create();
  const volume = join(stand.folder, 'my disk 100%.img');
  await writeFile(volume, seededBytes(1, MIB));
  await stand.ok('init');
  return { stand, volume };
}

async function openSchedules(page: Page) {
  await page.getByRole('menuitem', { name: 'Utilities', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Schedules…' }).click();
  return page.getByRole('dialog', { name: 'Schedules' });
}

async function addNightly(page: Page, volume: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add the first schedule…' }).click();
  await dialog.getByRole('radio', { name: 'These volumes' }).check();
  await expect(dialog.getByRole('button', { name: 'Add schedule' })).toBeDisabled();
  await dialog.locator('#sf-schedule-volumes').fill(volume);
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Time of day' }).fill('4:15');
  await expectAccessible(page, 'schedule form');
  await dialog.getByRole('button', { name: 'Add schedule' }).click();
}

test('a schedule is added, told on the hub, and removed', async ({ browser }, testInfo) => {
  test.skip(process.getuid?.() !== 0, 'timers of the computer are made by root');
  const { stand, volume } = await standWithVolume();
  await using _stand = stand;
  // The hub shows a card of what was backed up once.
  await stand.ok('backup', 'image', volume);
  const computer = await SystemdStand.create(`${stand.place.home}/computer`);
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const { page } = window;
  await new SetupPage(page).open(PASSPHRASE);
  await openSchedules(page);
  await addNightly(page, volume);
  const card = page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'nightly' });
  await expect(card).toContainText('Timer installed');
  await expectAccessible(page, 'schedules');
  const unit = await readFile(`${computer.units}/stillframe-nightly.service`, 'utf8');
  expect(unit).toContain(`"--" "${volume.replaceAll('%', '%%')}"\n`);

  await page.getByRole('button', { name: 'Close' }).click();
  const health = page.getByTestId('volume-health').filter({ hasText: volume });
  await expect(health).not.toContainText('none planned');
  await openSchedules(page);
  await page.getByRole('button', { name: 'Remove the schedule nightly' }).click();
  await page.getByRole('button', { name: 'Remove schedule' }).click();
  await expect(page.getByRole('dialog')).toContainText('Nothing runs by itself yet');
  expect(await computer.files()).toEqual([]);
});

test('without timers the line for the crontab is shown', async ({ browser }, testInfo) => {
  const { stand, volume } = await standWithVolume();
  await using _stand = stand;
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const { page } = window;
  await new SetupPage(page).open(PASSPHRASE);
  const dialog = await openSchedules(page);
  await expect(dialog).toContainText('There are no timers on this computer');
  await addNightly(page, volume);
  const card = page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'nightly' });
  await expect(card).toContainText('Nothing starts it');
  await expect(card.locator('code')).toContainText(/^15 4 \* \* \* .* -scheduled=nightly /);
  await expectAccessible(page, 'schedules without timers');
});
