/** The whole story in the window: create, back up, look at it, wreck the volume, restore, verified. */
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessibility.ts';
import { openWindow } from '../driver/driver.ts';
import { BackupPage } from '../pages/backup-page.ts';
import { RestorePage } from '../pages/restore-page.ts';
import { SetupPage } from '../pages/setup-page.ts';
import { lockCount, run, Stand } from '../system/stand.ts';
import { ext4File, fill, hashes, MIB, wreck } from '../system/volumes.ts';

const PASSPHRASE = 'correct horse battery staple';
const SIZE = 160 * MIB;

test('a volume is backed up, looked at, wrecked, restored and verified', async ({ browser }, testInfo) => {
  await using stand = await Stand.create();
  const device = await stand.attach(await ext4File(stand, 'volume.ext4', SIZE, ['-L', 'holiday']));
  const point = await stand.mount(device);
  await fill(point, 30);
  const expected = await hashes(point);

  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const { page } = window;
  const setup = new SetupPage(page);
  await expect(setup.heading).toHaveText('Create a repository');
  await expectAccessible(page, 'create a repository');
  await setup.create(stand.place.repository, PASSPHRASE);
  await expect(setup.recoveryKey).toHaveText(/^([A-Z2-9]{5}-){7}[A-Z2-9]{5}$/);
  await expectAccessible(page, 'recovery key');
  await setup.storeRecoveryKey();

  const backup = new BackupPage(page);
  await backup.show();
  await expect(backup.volume(device)).toContainText('holiday');
  await expect(backup.volume(device)).toContainText(point);
  await expectAccessible(page, 'volumes');
  await backup.select(device);
  await backup.openEstimate();
  await expect(backup.estimate).toContainText('Only the blocks that ext4 uses are read.');
  await expect(backup.estimate).toContainText(point);
  await expectAccessible(page, 'estimate');
  await backup.start();
  await expect(backup.task(device)).toContainText('Image stored');
  await expect(backup.task(device)).toContainText('File-system-consistent');
  await expectAccessible(page, 'backup result');
  await stand.restic(['check', '--read-data']);

  const restore = new RestorePage(page);
  await restore.show();
  const details = await restore.openFileDetails();
  await expect(details).toContainText('ext4');
  await expect(details).toContainText('holiday');
  await expect(details).toContainText(`restic -r ${stand.place.repository} dump`);
  await expectAccessible(page, 'File Details');
  await restore.closeDialog();

  // A mounted target is refused with the reason.
  await restore.begin();
  await expect(restore.dialog.getByRole('radio', { name: new RegExp(device) })).toBeDisabled();
  await expect(restore.dialog).toContainText(`${device} is mounted at ${point}; unmount it first.`);
  await restore.closeDialog();

  await run('umount', [point]);
  await wreck(device, SIZE);
  await restore.begin();
  await restore.chooseTarget(device);
  await expect(restore.restoreButton).toBeDisabled();
  await restore.confirmation.fill(`${device}x`);
  await expect(restore.restoreButton).toBeDisabled();
  await expectAccessible(page, 'confirm');
  await restore.confirmation.fill(device);
  await restore.restoreButton.click();
  await expect(restore.task(device)).toContainText('verified by read-back');
  await expectAccessible(page, 'restore result');

  await run('e2fsck', ['-fn', device]);
  await run('mount', [device, point]);
  expect(await hashes(point)).toEqual(expected);
  expect(await lockCount(stand)).toBe(0);
  expect(window.problems).toEqual([]);
});
