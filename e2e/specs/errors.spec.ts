/**
 * What the window does when things go wrong: it says what happened, what it means for the data, and what to do next. Told by
 * keyboard alone; the mouse goes the same ways in the other specs.
 */
import { spawn } from 'node:child_process';
import { open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessibility.ts';
import { openWindow, type Window } from '../driver/driver.ts';
import { keyboard } from '../driver/hands.ts';
import { ActivityPage } from '../pages/activity-page.ts';
import { BackupPage } from '../pages/backup-page.ts';
import { SetupPage } from '../pages/setup-page.ts';
import { lockCount, run, Stand } from '../system/stand.ts';
import { ext4File, MIB, seededBytes, sparseFile } from '../system/volumes.ts';

const PASSPHRASE = 'correct horse battery staple';

/** A window on the stand's repository, opened with the passphrase, showing the Backup view. */
async function backupView(window: Window): Promise<BackupPage> {
  const hands = keyboard(window.page);
  await new SetupPage(window.page, hands).open(PASSPHRASE);
  const backup = new BackupPage(window.page, hands);
  await backup.show();
  return backup;
}

async function addFile(page: Page, path: string): Promise<void> {
  const hands = keyboard(page);
  await hands.press(page.getByRole('button', { name: 'Add image file…' }));
  await hands.type(page.getByRole('dialog').getByRole('textbox').first(), path);
  await hands.press(page.getByRole('dialog').getByRole('button', { name: /^Add/ }));
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

test('a repository that is gone is said to be gone, and works again when it is back', async ({ browser }, testInfo) => {
  await using stand = await Stand.create();
  const volume = join(stand.folder, 'volume.img');
  await writeFile(volume, seededBytes(3, 8 * MIB));
  await stand.ok('init');
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const backup = await backupView(window);
  await addFile(window.page, volume);
  const away = `${stand.place.repository}.away`;
  await rename(stand.place.repository, away);
  await backup.select('volume.img');
  await backup.start();
  const refused = window.page
    .getByRole('alert')
    .filter({ hasText: /repository/i })
    .first();
  await expect(refused).toContainText(/cannot be reached|no repository|is not there/i);
  await expectAccessible(window.page, 'repository gone');
  const again = window.page.getByRole('button', { name: 'Try again' });
  await again.waitFor();

  await rename(away, stand.place.repository);
  await keyboard(window.page).press(again);
  await backup.tree.waitFor();
  if (!(await backup.volume('volume.img').getByRole('checkbox').isChecked())) await backup.select('volume.img');
  await backup.start();
  await expect(backup.task(volume).filter({ hasText: 'Image stored' })).toBeVisible();
});

test('a full disk stops the backup, and what was there before can be restored', async ({ browser }, testInfo) => {
  await using stand = await Stand.create();
  const disk = await stand.attach(await ext4File(stand, 'small-disk.ext4', 48 * MIB));
  const point = await stand.mount(disk);
  stand.place.repository = join(point, 'repository');
  const small = join(stand.folder, 'small.img');
  const large = join(stand.folder, 'large.img');
  await writeFile(small, seededBytes(4, 4 * MIB));
  await writeFile(large, seededBytes(5, 160 * MIB));
  await stand.ok('init');
  await stand.ok('backup', 'image', small);
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const backup = await backupView(window);
  await addFile(window.page, large);
  await backup.select('large.img');
  await backup.start();
  const failed = backup.task(large);
  await expect(failed.getByRole('alert')).toContainText(/no space left/i);
  await expect(failed.getByRole('alert')).toContainText(/untouched/);
  await expectAccessible(window.page, 'disk full');

  const target = await sparseFile(join(stand.folder, 'restored.img'), 4 * MIB);
  await stand.ok('restore', 'image', small, target, '-noprompt');
  await run('cmp', [small, target]);
});

test('a volume that programs write to is refused with their names', async ({ browser }, testInfo) => {
  await using stand = await Stand.create();
  const device = await stand.attach(await ext4File(stand, 'busy.ext4', 32 * MIB, ['-L', 'busy']));
  const point = await stand.mount(device);
  const log = await open(join(point, 'log'), 'a');
  const writer = spawn('tail', ['-f', '/dev/null'], { stdio: ['ignore', log.fd, 'ignore'] });
  await log.close();
  stand.defer(
    () =>
      new Promise((gone) => {
        writer.once('close', gone);
        writer.kill('SIGKILL');
      }),
  );
  await stand.ok('init');
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const backup = await backupView(window);
  await backup.select(device);
  await backup.start();
  const alert = window.page.getByRole('alert').first();
  await expect(alert).toContainText(/in use|busy|writes? to/i);
  await expect(alert).toContainText(`tail (process ${writer.pid})`);
  await expectAccessible(window.page, 'volume busy');
});

test('a wrong passphrase is said to be wrong, and the right one opens', async ({ browser }, testInfo) => {
  await using stand = await Stand.create();
  await stand.ok('init');
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const setup = new SetupPage(window.page, keyboard(window.page));
  await setup.open('not this one');
  await expect(window.page.getByRole('alert')).toContainText(/passphrase/i);
  await expectAccessible(window.page, 'wrong passphrase');
  await setup.open(PASSPHRASE);
  await expect(window.page.getByRole('heading', { level: 1 })).toHaveText('Hub');
});

test('an engine that was killed is missed, and its run is told about afterwards', async ({ browser }, testInfo) => {
  test.skip(testInfo.project.name === 'electron', 'In Electron the engine and its window end together in this test.');
  await using stand = await Stand.create();
  const volume = join(stand.folder, 'large.img');
  await writeFile(volume, seededBytes(6, 900 * MIB));
  await stand.ok('init');
  {
    await using window = await openWindow(testInfo.project.name, browser, stand.place);
    const backup = await backupView(window);
    await addFile(window.page, volume);
    await backup.select('large.img');
    await backup.start();
    await expect(backup.task(volume)).toContainText(/MiB\/s/);
    window.killEngine();
    await expect(window.page.getByText(/engine/i).first()).toBeVisible();
    await expectAccessible(window.page, 'engine killed');
  }
  await using window = await openWindow(testInfo.project.name, browser, stand.place);
  const hands = keyboard(window.page);
  await new SetupPage(window.page, hands).open(PASSPHRASE);
  const activity = new ActivityPage(window.page, hands);
  await activity.show();
  await expect(activity.run(volume).first()).toContainText('Failed');
  const backup = new BackupPage(window.page, hands);
  await backup.show();
  await backup.select('large.img');
  await backup.start();
  await expect(backup.task(volume)).toContainText('Image stored', { timeout: 60_000 });
  expect(await lockCount(stand)).toBe(0);
  await stand.restic(['check']);
});
