/** Snapshot Image Backup in the window: what it says before it starts, what it makes, and what a later run reads. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessibility.ts';
import { DEFAULT_WINDOW, openWindow } from '../driver/driver.ts';
import { BackupPage } from '../pages/backup-page.ts';
import { RestorePage } from '../pages/restore-page.ts';
import { SetupPage } from '../pages/setup-page.ts';
import { run, Stand } from '../system/stand.ts';
import { ext4File, fill, MIB, seededBytes, sparseFile } from '../system/volumes.ts';

const PASSPHRASE = 'correct horse battery staple';

/** A folder on an XFS of its own whose files can be cloned. */
async function reflinkFolder(stand: Stand): Promise<string> {
  const host = await sparseFile(join(stand.folder, 'host.xfs'), 512 * MIB);
  await run('mkfs.xfs', ['-q', '-m', 'reflink=1', host]);
  return stand.mount(await stand.attach(host));
}

/** Writes a file again and again until it is stopped; the volume is in use all the time. */
function keepWriting(folder: string): AsyncDisposable {
  let going = true;
  const done = (async () => {
    for (let turn = 0; going; turn += 1) {
      await writeFile(join(folder, 'busy'), seededBytes(turn, MIB));
      await new Promise((resume) => setTimeout(resume, 20));
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      going = false;
      await done;
    },
  };
}

test('where no snapshot can be had, the reason and the way to one are said, and the image is static', async ({
  browser,
}, testInfo) => {
  await using stand = await Stand.create();
  const file = await ext4File(stand, 'plain.ext4', 64 * MIB, ['-L', 'plain']);
  // On an ext4 of its own, so that the file cannot be cloned wherever the stand lies.
  const host = await stand.mount(await stand.attach(await ext4File(stand, 'host.ext4', 160 * MIB)));
  await copyFile(file, join(host, 'plain.ext4'));
  const volume = await stand.attach(join(host, 'plain.ext4'));
  const point = await stand.mount(volume);
  await fill(point, 4);
  await stand.ok('init');

  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const { page } = window;
  await new SetupPage(page).open(PASSPHRASE);
  const backup = new BackupPage(page);
  await backup.show();
  await expect(backup.type).toHaveValue('Image Backup');
  await backup.select(volume);
  await expect(page.getByText('Image Backup makes read-only while it runs:')).toContainText(point);

  await backup.pick(backup.type, 'Snapshot Image Backup');
  await expect(backup.readiness).toContainText('No snapshot: becomes a static image');
  await expect(backup.readiness).toContainText('What to do:');
  await expect(backup.mode).toBeHidden();
  const reflink = (await backup.showProviders(volume)).getByRole('row', { name: /^Reflink/ });
  await expect(reflink).toContainText('not possible');
  await expect(reflink).toContainText(/cannot be cloned.*Move the file to btrfs, or to XFS/);
  await expectAccessible(page, 'no snapshot provider');

  await backup.openEstimate();
  await expect(backup.estimate).toContainText('Static image, file-system-consistent');
  await expect(backup.estimate).toContainText(`${volume} is imaged as a static image instead.`);
  await backup.start();
  const task = backup.task(volume);
  await expect(task).toContainText('Image stored');
  await expect(task).toContainText('Completed with warnings');
  await expect(task).toContainText(`${volume} is imaged as a static image instead.`);
  await expect(task).toContainText('Static image');
  await expectAccessible(page, 'static instead of a snapshot');
  expect(window.problems).toEqual([]);
});

test('a volume in use is imaged by a snapshot, and a later run reads only what changed', async ({
  browser,
}, testInfo) => {
  await using stand = await Stand.create();
  const host = await reflinkFolder(stand);
  const file = await sparseFile(join(host, 'volume.img'), 96 * MIB);
  await run('mkfs.ext4', ['-q', '-F', '-L', 'in-use', file]);
  const volume = await stand.attach(file);
  const point = await stand.mount(volume);
  await fill(point, 16);
  await mkdir(join(point, 'work'));
  await stand.ok('init');

  await using window = await openWindow(testInfo.project.name, browser, stand.place, {
    ...DEFAULT_WINDOW,
    colorScheme: 'dark',
  });
  const { page } = window;
  await new SetupPage(page).open(PASSPHRASE);
  const backup = new BackupPage(page);
  await backup.show();
  await backup.pick(backup.type, 'Snapshot Image Backup');
  await backup.select(volume);
  await expect(backup.readiness).toContainText('Snapshot image: clone of the image file (reflink)');
  await expect(backup.readiness).toContainText('tracks changes');

  // By the keyboard alone: the row of another provider and back.
  const more = page.getByRole('button', { name: `All providers for ${volume}` });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(more).toHaveAttribute('aria-expanded', 'true');
  await expect(backup.providers(volume).getByRole('row', { name: /^Reflink/ })).toContainText('taken');
  await expect(backup.providers(volume).getByRole('row', { name: /^Freeze/ })).toContainText('writers wait');
  await expectAccessible(page, 'snapshot readiness');
  await page.keyboard.press('Enter');
  await expect(more).toHaveAttribute('aria-expanded', 'false');

  // Incremental from the first: that run keeps what the next one is compared with.
  await backup.pick(backup.mode, 'Read what changed');
  await backup.openEstimate();
  await expect(backup.estimate).toContainText('Snapshot image: clone of the image file (reflink)');
  await expect(backup.estimate).toContainText('file-system-consistent');
  await expectAccessible(page, 'estimate of a snapshot image');

  const task = backup.task(volume);
  await using _writer = keepWriting(join(point, 'work'));
  await backup.start();
  await expect(task).toContainText('Image stored');
  await expect(task).toContainText('Snapshot image by Reflink');
  await expect(task).toContainText('File-system-consistent');
  await expectAccessible(page, 'snapshot image stored');
  await task.getByRole('button', { name: `Put away ${volume}` }).click();
  // After a report the window goes back to the hub.
  await backup.show();

  await backup.select(volume);
  await backup.pick(backup.mode, 'Read what changed');
  await backup.start();
  await expect(task).toContainText(/Only what changed since the image of /);
  await expect(task).toContainText('Unchanged, not read');
  await expect(task).toContainText(/blocks? checked, all as expected/);
  await expectAccessible(page, 'incremental snapshot image');

  const restore = new RestorePage(page);
  await restore.show();
  const details = await restore.openFileDetails();
  await expect(details).toContainText('Snapshot image');
  await expect(details).toContainText('Incremental');
  await expect(details).toContainText('Reflink');
  await expect(details).toContainText('Only what changed');
  await expectAccessible(page, 'details of a snapshot image');
  await restore.closeDialog();
  await stand.restic(['check', '--read-data']);

  // Nothing is left behind but the clone that the next run compares with.
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Activity' }).click();
  await page.getByRole('button', { name: 'Clean up leftovers' }).click();
  await expect(page.getByRole('region', { name: 'Clean-up' })).toContainText('Nothing was left behind.');
  await expectAccessible(page, 'clean-up');
  expect(window.problems).toEqual([]);
});
