import { expect, test } from 'vitest';
import { bannerLines } from './banner-text.ts';
import { totalLines } from './totals-text.ts';

const KIB = 1024;

test('the totals of a backup, as the original prints them', () => {
  const totals = { inspected: 2, backedUp: 1, rebound: 3, failed: 1, changedBytes: 1000 * KIB, storedBytes: 60 * KIB };
  expect(totalLines({ ...totals, transferSeconds: 2, elapsedSeconds: 4 })).toEqual([
    'Total number of objects inspected:             2',
    'Total number of objects backed up:             1',
    'Total number of objects updated:               0',
    'Total number of objects rebound:               3',
    'Total number of objects deleted:               0',
    'Total number of objects expired:               0',
    'Total number of objects failed:                1',
    'Total number of bytes transferred:      60.0 KiB',
    'Data transfer time:                     2.00 sec',
    'Network data transfer rate:         30.0 KiB/sec',
    'Aggregate data transfer rate:       15.0 KiB/sec',
    'Objects compressed by:                       94%',
  ]);
});

test('nothing read and no time are no division by zero', () => {
  const none = { inspected: 0, backedUp: 0, rebound: 0, failed: 0, changedBytes: 0, storedBytes: 0 };
  expect(totalLines({ ...none, transferSeconds: 0, elapsedSeconds: 0 }).slice(-3)).toEqual([
    'Network data transfer rate:          0 B/sec',
    'Aggregate data transfer rate:        0 B/sec',
    'Objects compressed by:                    0%',
  ]);
});

test('how a session begins', () => {
  const banner = { version: '1.2.3-beta.1', now: Date.parse('2026-11-25T12:00:00Z'), nodeName: 'ada' };
  expect(bannerLines(banner)).toEqual([
    'Stillframe',
    'Command Line Backup/Archive Client Interface',
    '  Client Version 1, Release 2, Level 3.0',
    expect.stringMatching(/^ {2}Client date\/time: 2026-11-2\d \d\d:\d\d:00$/),
    'Node Name: ada',
  ]);
  expect(bannerLines({ ...banner, repository: '/srv/backup' }).at(-1)).toBe(
    'Session established with repository /srv/backup',
  );
});
