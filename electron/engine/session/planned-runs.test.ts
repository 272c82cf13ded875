import { symlink, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Schedule, Volume } from '#contract';
import { NIGHTLY } from '../schedules/sample-schedule.ts';
import { createWorkspace } from '../testing/workspace.ts';
import { nextRunsOf, plannedBackups } from './planned-runs.ts';

const SOON = '2026-11-26T02:30:00.000Z';
const LATER = '2026-11-29T04:00:00.000Z';

const scheduled = (changes: Partial<Schedule>): Schedule => ({
  ...NIGHTLY,
  startedBy: 'systemd',
  state: 'installed',
  command: '',
  ...changes,
});

const volume = (name: string, ...mountPoints: string[]): Volume =>
  ({ name, mounts: mountPoints.map((mountPoint) => ({ mountPoint })) }) as Volume;

test('only backups into the open repository that are started are planned', () => {
  const schedules = [
    scheduled({ nextRun: SOON }),
    scheduled({ name: 'idle' }),
    scheduled({ name: 'check', action: 'check', nextRun: SOON }),
    scheduled({ name: 'elsewhere', repository: '/elsewhere', nextRun: SOON }),
  ];
  expect(plannedBackups(schedules, (repository) => repository === undefined)).toEqual([
    { volumes: ['/home'], nextRun: SOON },
  ]);
});

test('a volume is known by its name, its mount points and links to it, and the earliest run counts', async () => {
  await using workspace = await createWorkspace();
  const disk = workspace.path('disk.img');
  const byLink = workspace.path('link.img');
  await writeFile(disk, '');
  await symlink(disk, byLink);
  const volumes = [volume('/dev/sda1', '/home'), volume(disk), volume('/dev/sdb1', '/srv')];
  const planned = [
    { volumes: ['/home', byLink], nextRun: LATER },
    { volumes: ['/dev/sda1'], nextRun: SOON },
  ];
  expect(Object.fromEntries(await nextRunsOf(volumes, planned, []))).toEqual({ '/dev/sda1': SOON, [disk]: LATER });
});

test('a schedule that names no volume takes those of the domain', async () => {
  const volumes = [volume('/dev/sda1', '/home'), volume('/dev/sdb1', '/srv')];
  const planned = [{ volumes: [], nextRun: SOON }];
  expect(Object.fromEntries(await nextRunsOf(volumes, planned, ['/srv']))).toEqual({ '/dev/sdb1': SOON });
  expect(Object.fromEntries(await nextRunsOf(volumes, planned, []))).toEqual({});
});
