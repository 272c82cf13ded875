/** What goes otherwise: a closed repository, a wrong passphrase, cancel, an engine that is gone, small dark windows. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessibility.ts';
import { DEFAULT_WINDOW, openWindow } from '../driver/driver.ts';
import { BackupPage } from '../pages/backup-page.ts';
import { PreferencesPage } from '../pages/preferences-page.ts';
import { RestorePage } from '../pages/restore-page.ts';
import { SetupPage } from '../pages/setup-page.ts';
import { lockCount, Stand } from '../system/stand.ts';
import { MIB, seededBytes } from '../system/volumes.ts';

const PASSPHRASE = 'correct horse battery staple';
const LONG_NAME = `a-volume-with-a-name-that-does-not-want-to-end-${'0123456789'.repeat(8)}.img`;

async function standWithImage(): Promise<{ stand: Stand; volume: string }> {
  const stand = await Stand.create();
  const volume = join(stand.folder, LONG_NAME);
  await writeFile(volume, seededBytes(1, 8 * MIB));
  await stand.ok('init');
  await stand.ok('backup', 'image', volume);
  return { stand, volume };
}

test('a closed repository asks for its passphrase and says when it is wrong', async ({ browser }, testInfo) => {
  const { stand } = await standWithImage();
  await using _stand = stand;
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const setup = new SetupPage(window.page);
  await setup.open('not this one');
  await expect(
    window.page
      .getByRole('alert')
      .or(window.page.getByText(/passphrase/i))
      .first(),
  ).toBeVisible();
  await expect(window.page.getByRole('main')).toContainText(/does not open|wrong/i);
  await expectAccessible(window.page, 'wrong passphrase');
  await setup.open(PASSPHRASE);
  const restore = new RestorePage(window.page);
  await restore.show();
  await expect(restore.images.getByRole('row')).toHaveCount(2);
});

test('cancel stops a backup, and nothing is left behind', async ({ browser }, testInfo) => {
  await using stand = await Stand.create();
  const volume = join(stand.folder, 'large.img');
  await writeFile(volume, seededBytes(2, 900 * MIB));
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const { page } = window;
  const setup = new SetupPage(page);
  await setup.create(stand.place.repository, PASSPHRASE);
  await setup.storeRecoveryKey();
  const backup = new BackupPage(page);
  await backup.show();
  await page.getByRole('button', { name: 'Add image file…' }).click();
  await page.getByRole('dialog').getByRole('textbox').first().fill(volume);
  await page.getByRole('dialog').getByRole('button', { name: /^Add/ }).click();
  await backup.select('large.img');
  await backup.start();
  await backup.task(volume).getByRole('button', { name: 'Cancel' }).click();
  await expect(backup.task(volume)).toContainText(/cancelled/i);
  await expect.poll(() => lockCount(stand)).toBe(0);
  await stand.restic(['check']);
});

test('the window says when the engine is gone', async ({ browser }, testInfo) => {
  test.skip(testInfo.project.name === 'electron', 'In Electron the engine and its window end together in this test.');
  await using stand = await Stand.create();
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  await expect(new SetupPage(window.page).heading).toHaveText('Create a repository');
  window.killEngine();
  await expect(window.page.getByText(/engine|connection/i).first()).toBeVisible();
  await expectAccessible(window.page, 'engine gone');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1280, 800],
    [1024, 640],
  ] as const) {
    test(`views at ${width}×${height}, ${colorScheme}: accessible, nothing sticks out`, async ({
      browser,
    }, testInfo) => {
      const { stand, volume } = await standWithImage();
      await using _stand = stand;
      const options = { ...DEFAULT_WINDOW, width, height, colorScheme };
      await using window = await openWindow(testInfo.project.name, browser, stand.place, options);
      const { page } = window;
      const look = async (name: string): Promise<void> => {
        // Views are loaded when they are first shown.
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
        await expectAccessible(page, name);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
      };
      await look('open');
      await new SetupPage(page).open(PASSPHRASE);
      const backup = new BackupPage(page);
      await backup.show();
      await page.getByRole('button', { name: 'Add image file…' }).click();
      await page.getByRole('dialog').getByRole('textbox').first().fill(volume);
      await page.getByRole('dialog').getByRole('button', { name: /^Add/ }).click();
      await backup.select(LONG_NAME.slice(0, 30));
      await backup.openEstimate();
      await look('backup');
      await backup.start();
      await expect(backup.task(volume)).toContainText('Image stored');
      await look('backup-result');
      const restore = new RestorePage(page);
      await restore.show();
      await look('restore');
      await restore.openFileDetails();
      await look('file-details');
      await restore.closeDialog();
      await restore.begin();
      await look('where');
    });
  }
}

test('another language at once, and Preferences without a repository: the focus stays in the window', async ({
  browser,
}, testInfo) => {
  const { stand } = await standWithImage();
  await using _stand = stand;
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const { page } = window;
  await expect(page.getByLabel('Passphrase or recovery key')).toBeVisible();
  const preferences = new PreferencesPage(page);
  await preferences.show();
  await preferences.tab('Regional Settings');
  await page.getByRole('combobox', { name: /^Language/ }).click();
  await page.getByRole('option', { name: /Deutsch|German/ }).click();
  await expectAccessible(page, 'preferences of a closed repository');
  await preferences.saveButton.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: /^Ländereinstellungen/ })).toBeFocused();
  await expect(page.getByRole('navigation')).toContainText('Wiederherstellen');

  // A dialog that is fetched only now gives the focus back, too.
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: /^Ländereinstellungen/ })).toBeFocused();
  expect(window.problems).toEqual([]);
});
