/** A disk's partition table in the window: the strip, what is wrong with the table, and how to get it back. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessibility.ts';
import { DEFAULT_WINDOW, openWindow } from '../driver/driver.ts';
import { BackupPage } from '../pages/backup-page.ts';
import { RestorePage } from '../pages/restore-page.ts';
import { SetupPage } from '../pages/setup-page.ts';
import { run, Stand } from '../system/stand.ts';
import { MIB, sparseFile } from '../system/volumes.ts';

const PASSPHRASE = 'correct horse battery staple';
const DISK_BYTES = 128 * MIB;
const SCRIPT = [
  'label: gpt',
  '1 : start=2048, size=65536, name="holiday pictures"',
  '2 : start=67584, size=65536, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F',
].join('\\n');

/** A loop disk with a GPT; the kernel knows its first partition only. */
async function partitionedDisk(stand: Stand): Promise<{ disk: string; partition: string }> {
  const file = await sparseFile(join(stand.folder, 'disk.img'), DISK_BYTES);
  await run('bash', ['-c', `printf '${SCRIPT}' | sfdisk --quiet ${file}`]);
  const disk = await stand.attach(file);
  await run('addpart', [disk, '1', '2048', '65536']);
  stand.defer(() => run('delpart', [disk, '1']));
  const partition = `${disk}p1`;
  await run('mkfs.ext4', ['-q', '-F', '-L', 'pictures', partition]);
  return { disk, partition };
}

test('a disk shows its partitions, and an image of one how to make the table again', async ({ browser }, testInfo) => {
  await using stand = await Stand.create();
  const { disk, partition } = await partitionedDisk(stand);
  await stand.ok('init');
  await stand.ok('backup', 'image', partition);
  const options = { ...DEFAULT_WINDOW, colorScheme: 'dark' as const };
  await using window = await openWindow(testInfo.project.name, browser, stand.place, options);
  const { page } = window;
  await new SetupPage(page).open(PASSPHRASE);

  const backup = new BackupPage(page);
  await backup.show();
  const strip = backup.strip(`Partitions of ${disk.replace('/dev/', '')}, GPT`);
  const known = strip.getByRole('button', { name: 'pictures · ext4 · 32 MiB · partition 1 · Linux file system' });
  await expect(strip.getByRole('listitem')).toHaveCount(3);
  await expect(strip.getByRole('img', { name: /Linux swap.*partition 2.*not known to the kernel/ })).toBeVisible();
  await expect(strip.getByRole('img', { name: /^Not partitioned · / })).toBeVisible();
  await known.click();
  await expect(known).toHaveAttribute('aria-pressed', 'true');
  await expect(backup.volume(partition).getByRole('checkbox')).toBeChecked();
  await known.click();
  await expect(backup.volume(partition).getByRole('checkbox')).not.toBeChecked();
  await expectAccessible(page, 'partitions');

  {
    await using file = await open(disk, 'r+');
    await file.write(Buffer.alloc(512), 0, 512, DISK_BYTES - 512);
    await file.sync();
  }
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(backup.tree).toContainText('The backup of the partition table at the end of the disk is missing.');
  await expectAccessible(page, 'a damaged table');

  const restore = new RestorePage(page);
  await restore.show();
  const details = await restore.openFileDetails();
  await expect(details).toContainText('holiday pictures');
  await expect(details).toContainText('1 : start=2048, size=65536, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4');
  await expect(details.getByRole('button', { name: 'Copy sfdisk script' })).toBeVisible();
  await expectAccessible(page, 'partition details');
  expect(window.problems).toEqual([]);
});
