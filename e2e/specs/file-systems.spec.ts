/** What the window says about volumes whose used blocks are not known, and the way on it offers. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessibility.ts';
import { DEFAULT_WINDOW, openWindow } from '../driver/driver.ts';
import { BackupPage } from '../pages/backup-page.ts';
import { SetupPage } from '../pages/setup-page.ts';
import { run, Stand } from '../system/stand.ts';
import { ext4File, MIB, sparseFile } from '../system/volumes.ts';

const PASSPHRASE = 'correct horse battery staple';
const LUKS_HEADER = Buffer.from('4c554b53babe0002', 'hex');

async function overwrite(path: string, at: number, bytes: Buffer): Promise<void> {
  await using file = await open(path, 'r+');
  await file.write(bytes, 0, bytes.length, at);
}

test('a damaged file system is refused with its reason, and imaged whole on demand', async ({ browser }, testInfo) => {
  await using stand = await Stand.create();
  const volume = await stand.attach(await ext4File(stand, 'damaged.ext4', 32 * MIB, ['-b', '4096', '-L', 'damaged']));
  await overwrite(volume, 4096 + 12, Buffer.from('ff', 'hex'));
  await stand.ok('init');
  const options = { ...DEFAULT_WINDOW, colorScheme: 'dark' as const };
  await using window = await openWindow(testInfo.project.name, browser, stand.place, options);
  const { page } = window;
  await new SetupPage(page).open(PASSPHRASE);
  const backup = new BackupPage(page);
  await backup.show();
  await backup.select(volume);

  await page.getByRole('button', { name: 'Estimate', exact: true }).click();
  await expect(backup.estimate.getByRole('alert')).toContainText('e2fsck -f');
  await expect(backup.estimate.getByRole('button', { name: `Image it whole: ${volume}` })).toBeVisible();

  await backup.start();
  const failed = backup.task(volume);
  await expect(failed.getByRole('alert')).toContainText(/descriptor of block group 0/);
  await expect(failed.getByRole('alert')).toContainText('No image was made');
  await expectAccessible(page, 'damaged file system');
  await failed.getByRole('button', { name: `Image it whole: ${volume}` }).click();
  await expect(failed).toContainText(/Image stored/);
  await expect(failed).toContainText(/damaged, so the whole volume is read as it is/);

  const target = await stand.attach(await sparseFile(join(stand.folder, 'target.img'), 32 * MIB));
  await stand.ok('restore', 'image', volume, target, '-noprompt');
  await run('cmp', [volume, target]);
});

test('a closed LUKS volume says what its image costs and what to back up instead', async ({ browser }, testInfo) => {
  await using stand = await Stand.create();
  const file = await sparseFile(join(stand.folder, 'closed.luks'), 16 * MIB);
  await overwrite(file, 0, LUKS_HEADER);
  const volume = await stand.attach(file);
  await stand.ok('init');
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const { page } = window;
  await new SetupPage(page).open(PASSPHRASE);
  const backup = new BackupPage(page);
  await backup.show();
  await expect(backup.volume(volume)).toContainText('LUKS');
  await backup.select(volume);
  await backup.openEstimate();
  await expect(backup.estimate).toContainText('reads 16 MiB');
  await expect(backup.estimate).toContainText(/cryptsetup open .*\/dev\/mapper\/NAME instead/);
  await expectAccessible(page, 'estimate of a LUKS volume');
});
