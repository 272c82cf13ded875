/** Policy in the window: a class, a rule that binds a volume to it, what the next expiration removes, and what is left. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessibility.ts';
import { openWindow } from '../driver/driver.ts';
import { keyboard } from '../driver/hands.ts';
import { ActivityPage } from '../pages/activity-page.ts';
import { BackupPage } from '../pages/backup-page.ts';
import { PolicyPage } from '../pages/policy-page.ts';
import { PreferencesPage } from '../pages/preferences-page.ts';
import { RestorePage } from '../pages/restore-page.ts';
import { SetupPage } from '../pages/setup-page.ts';
import { lockCount, Stand } from '../system/stand.ts';
import { MIB, seededBytes } from '../system/volumes.ts';

const PASSPHRASE = 'correct horse battery staple';
const SIZE = 6 * MIB;

test('a class keeps one image of a volume, and an expiration removes the others', async ({ browser }, testInfo) => {
  await using stand = await Stand.create();
  const file = join(stand.folder, 'volume.img');
  await writeFile(file, seededBytes(1, SIZE));
  const device = await stand.attach(file);
  await stand.ok('init');
  await stand.ok('backup', 'image', device);
  await stand.ok('backup', 'image', device);
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const { page } = window;
  await new SetupPage(page).open(PASSPHRASE);

  // A class, by keyboard alone.
  const policy = new PolicyPage(page, keyboard(page));
  await page.getByRole('heading', { level: 1, name: 'Hub' }).waitFor();
  await policy.open();
  await expect(policy.dialog).toContainText('The standard policy is in force');
  await expect(policy.dialog).toContainText('At most 2 images of each volume, replaced ones for at most 30 days.');
  await policy.addClass('BRIEF', '1');
  await expectAccessible(page, 'a policy that is not saved');
  await policy.save();
  await expect(policy.dialog).toContainText('No image goes at the next expiration.');
  await expectAccessible(page, 'a policy that was saved');
  await policy.close();

  // A rule binds the volume to it.
  const preferences = new PreferencesPage(page);
  await preferences.show();
  await preferences.tab('Include-Exclude');
  await page.getByRole('button', { name: 'Add rule…' }).click();
  await policy.dialog.getByRole('combobox', { name: 'Volumes' }).fill(device);
  await policy.dialog.getByRole('combobox', { name: 'Management class' }).fill('BRIEF');
  await expect(policy.dialog.getByRole('button', { name: 'Add rule' })).toBeEnabled();
  await policy.dialog.getByRole('button', { name: 'Add rule' }).click();
  await preferences.save();
  await expect(preferences.saveButton).toBeHidden();

  // The next backup rebinds all images of the volume.
  const backup = new BackupPage(page);
  await backup.show();
  await backup.select(device);
  await backup.start();
  await expect(backup.task(device)).toContainText('are bound to BRIEF with this one');
  const restore = new RestorePage(page);
  await restore.show();
  await restore.showInactive();
  await expect(restore.images.getByRole('row')).toHaveCount(4);
  await expect(restore.images.getByRole('row').nth(1)).toContainText('kept: active');
  await expect(restore.images.getByRole('row').nth(2)).toContainText('more than 1 image');
  await expectAccessible(page, 'retention next to each image');

  // A pinned image stays.
  await restore.images.getByRole('row').nth(3).click();
  await page.getByRole('button', { name: 'Actions for the selected image' }).click();
  await page.getByRole('menuitem', { name: 'Pin…' }).click();
  await policy.dialog.getByRole('textbox', { name: 'Reason' }).fill('before the move');
  await policy.dialog.getByRole('button', { name: 'Pin image' }).click();
  await expect(restore.images.getByRole('row').nth(3)).toContainText('before the move');

  await policy.openExpiration();
  await expect(policy.dialog.getByRole('status')).toContainText('1 image goes · 2 images stay');
  await expectAccessible(page, 'what an expiration removes');
  await policy.expire();
  const activity = new ActivityPage(page);
  await expect(activity.run(stand.place.repository).first()).toContainText('Completed');
  // Again means asking again: nothing goes that nobody saw.
  await activity.run(stand.place.repository).first().click();
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(policy.dialog).toContainText('No image goes: policy keeps all 2 images.');
  await page.keyboard.press('Escape');
  await expect(policy.dialog).toBeHidden();
  await restore.show();
  await expect(restore.images.getByRole('row')).toHaveCount(3);
  expect(await lockCount(stand)).toBe(0);
  expect(window.problems).toEqual([]);
});
