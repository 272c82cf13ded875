import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { BackupResult, TaskSnapshot, TaskState } from '#contract';
import { speak, startLanguage } from '../../i18n/language.ts';
import type { HostWindow } from '../../transport/host-window.ts';
import { costOfStopping } from './CancelButton.tsx';
import { endedBetween, placeOfNotice } from './notices.ts';
import { reportText } from './report-text.ts';
import { inListOrder } from './task-order.ts';
import { driveHostWindow } from './use-host-window.ts';
import { goesToHub } from './use-report-closed.ts';

const TASK: TaskSnapshot = {
  id: 'one',
  kind: 'backup',
  subject: '/dev/sdb1',
  state: 'running',
  queuedAt: '2026-11-21T00:00:00Z',
  startedAt: '2026-11-21T00:00:00Z',
  phasesDone: [],
  warnings: [],
  command: 'stillframe backup image /dev/sdb1',
  hasBlocks: false,
};
const ended = (state: TaskState, facts: Partial<TaskSnapshot> = {}): TaskSnapshot => ({
  ...TASK,
  state,
  finishedAt: '2026-11-21T00:05:00Z',
  ...facts,
});

const RESULT: BackupResult = {
  kind: 'backup',
  image: {
    id: 'a'.repeat(64),
    volume: '/dev/sdb1',
    time: '2026-11-21T00:00:00Z',
    hostname: 'workbench',
    imageSize: 1000,
    usedSize: 500,
    newSize: 10,
    fsType: 'ext4',
    fsLabel: '',
    mgmtClass: 'STANDARD',
    active: true,
    imageType: 'snapshot',
    provider: 'LINUX_LVM',
    consistency: 'filesystem',
    mode: 'selective',
    unreadableBytes: 0,
    origin: 'stillframe',
  },
  counters: {
    scannedBytes: 1_048_576,
    readBytes: 524_288,
    changedBytes: 4096,
    storedBytes: 1024,
    deduplicatedBytes: 520_192,
    zeroBytes: 0,
    freeBytes: 524_288,
    unreadableBytes: 0,
  },
  reading: {
    scope: 'used',
    why: 'Everything in use is read.',
    unchangedBytes: 0,
    auditedBlocks: 0,
    auditMismatches: 0,
  },
  transferSeconds: 2,
  elapsedSeconds: 4,
  warnings: ['The journal was not empty.'],
};

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'en', setItem: () => undefined });
  vi.stubGlobal('document', { documentElement: {} });
  await startLanguage();
});
afterAll(() => vi.unstubAllGlobals());

describe('a report as text', () => {
  it('says everything that the screen says', () => {
    const text = reportText(ended('succeeded', { result: RESULT, warnings: ['LVM was short of space.'] }));
    expect(text.split('\n')[0]).toBe('Backup of /dev/sdb1');
    for (const part of [
      /Result: +Completed with warnings\./,
      /Command: +stillframe backup image \/dev\/sdb1/,
      /Warnings:\n- LVM was short of space\.\n- The journal was not empty\./,
      /Objects inspected: +1\nObjects backed up: +1\nObjects failed: +0/,
      /Bytes inspected: +1 MiB \(1,048,576 bytes\)/,
      /New stored: +1 KiB/,
      /Compressed by: +75 %/,
      /Data transfer time: +2\.0 s/,
      /Read rate: +256 KiB\/s/,
      /Aggregate rate: +128 KiB\/s/,
      /Consistency: +File-system-consistent/,
      /Snapshot image by LVM/,
      /What was left behind: nothing$/,
    ]) {
      expect(text).toMatch(part);
    }
  });

  it('tells what a failed run left behind, and its error', () => {
    const details = { leftBehind: ['The snapshot vg0/x could not be removed.'] };
    const text = reportText(ended('failed', { error: { code: 'SNAPSHOT_LOST', message: 'Invalid', details } }));
    expect(text).toMatch(/Error: +SFR9031E SNAPSHOT_LOST: Invalid/);
    expect(text).toMatch(/Objects failed: +1/);
    expect(text).toMatch(/What was left behind:\n- The snapshot vg0\/x could not be removed\.$/);
  });

  it('shows a dash for what an older engine did not measure', () => {
    const { transferSeconds: _, ...older } = RESULT;
    expect(reportText(ended('succeeded', { result: older }))).toMatch(/Data transfer time: +–\nRead rate: +–/);
  });

  it('speaks German', async () => {
    await speak('de');
    expect(reportText(ended('succeeded', { result: RESULT }))).toMatch(/Was zurückblieb: nichts$/);
    await speak('en');
  });
});

describe('the end of a task', () => {
  const seen = { view: 'backup', listOpen: false, away: false, preferences: {} } as const;
  const done = ended('succeeded');

  it('is found between two states', () => {
    const other = { ...TASK, id: 'two' };
    expect(endedBetween([TASK, other], [done, other])).toEqual([done]);
    expect(endedBetween([done], [done])).toEqual([]);
    // Ended before this window knew it: nobody waits for it.
    expect(endedBetween([], [done])).toEqual([]);
  });

  it.each([
    ['its card is on the screen', {}, 'nowhere'],
    ['the Task List is open', { view: 'hub', listOpen: true }, 'nowhere'],
    ['the person is in another view', { view: 'restore' }, 'window'],
    ['the window is away', { away: true }, 'desktop'],
    ['the window is away, and notifications are off', { away: true, preferences: { notifications: 'no' } }, 'window'],
    ['the window is away, and it was too short', { away: true, preferences: { notifyafter: '301' } }, 'window'],
    ['the window is away, and it was long enough', { away: true, preferences: { notifyafter: '300' } }, 'desktop'],
  ] as const)('when %s', (_when, facts, place) => {
    expect(placeOfNotice({ task: done, ...seen, ...facts })).toBe(place);
  });

  it('is always told when it failed, and never when the person stopped it', () => {
    const preferences = { notifyafter: '9999' };
    expect(placeOfNotice({ task: ended('failed'), ...seen, away: true, preferences })).toBe('desktop');
    expect(placeOfNotice({ task: ended('cancelled'), ...seen, away: true, view: 'hub' })).toBe('nowhere');
  });
});

describe('putting a report away', () => {
  const closed = { task: ended('succeeded'), others: [], view: 'backup', choosing: false, preferences: {} } as const;
  it.each([
    ['goes to the hub', {}, true],
    ['stays where the person prefers the tree', { preferences: { guitreeviewafterbackup: 'yes' } }, false],
    ['stays where more is shown', { others: [TASK] }, false],
    ['stays where the next run is being put together', { choosing: true }, false],
    ['stays in other views', { view: 'activity' }, false],
    ['stays after a failure', { task: ended('failed') }, false],
  ] as const)('%s', (_what, facts, expected) => expect(goesToHub({ ...closed, ...facts })).toBe(expected));
});

it('asks only before something is destroyed', () => {
  const progress = { bytesDone: 1, bytesTotal: 2, readRate: 0, storeRate: 0, storedBytes: 0 };
  const restore = { ...TASK, kind: 'restore' } as const;
  expect(costOfStopping(TASK)).toBe('nothing');
  expect(costOfStopping({ ...restore, state: 'queued' })).toBe('nothing');
  expect(costOfStopping({ ...restore, progress: { ...progress, phase: 'plan' } })).toBe('nothing');
  expect(costOfStopping({ ...restore, progress: { ...progress, phase: 'write' } })).toBe('target');
  expect(costOfStopping({ ...restore, progress: { ...progress, phase: 'verify' } })).toBe('proof');
});

it('lists what runs, then what waits in its order, then what ended, newest first', () => {
  const tasks = [
    { ...TASK, id: 'last', state: 'queued' },
    { ...TASK, id: 'next', state: 'queued' },
    ended('failed', { id: 'earlier', finishedAt: '2026-11-21T00:01:00Z' }),
    { ...TASK, id: 'now' },
    ended('succeeded', { id: 'later' }),
  ] as const;
  expect(inListOrder(tasks).map(({ id }) => id)).toEqual(['now', 'next', 'last', 'later', 'earlier']);
});

describe('the window’s surroundings', () => {
  function stand() {
    let tasks: TaskSnapshot[] = [];
    let phase = 'online';
    const listeners = new Set<() => void>();
    const store = <T>(getState: () => T) => ({
      getState,
      subscribe(listener: () => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    });
    const stores = { tasks: store(() => ({ tasks })), connection: store(() => ({ connection: { phase } })) };
    const host = {
      onLeave: 'warns',
      showProgress: vi.fn(),
      keepAwake: vi.fn(),
      guardLeave: vi.fn(),
      notify: vi.fn(),
      notifications: () => 'refused',
      allowNotifications: vi.fn(),
      setLanguage: vi.fn(),
    } as unknown as HostWindow;
    const stop = driveHostWindow(stores as unknown as Parameters<typeof driveHostWindow>[0], host);
    const become = (next: TaskSnapshot[], phaseNow = 'online') => {
      tasks = next;
      phase = phaseNow;
      for (const listener of listeners) listener();
    };
    return { host, become, stop };
  }
  const half = { phase: 'store', bytesDone: 1, bytesTotal: 2, readRate: 0, storeRate: 0, storedBytes: 0 } as const;

  it('follow the tasks: awake and guarded exactly while something runs', () => {
    const { host, become, stop } = stand();
    become([{ ...TASK, progress: half }]);
    become([{ ...TASK, progress: half }]);
    expect(host.showProgress).toHaveBeenLastCalledWith(0.5);
    expect(vi.mocked(host.keepAwake).mock.calls).toEqual([[true]]);
    become([ended('succeeded')]);
    expect(host.showProgress).toHaveBeenLastCalledWith(null);
    expect(vi.mocked(host.guardLeave).mock.calls).toEqual([[true], [false]]);
    stop();
  });

  it('let go when the window is shut out, and when it goes', () => {
    const { host, become, stop } = stand();
    become([TASK]);
    become([TASK], 'expired');
    expect(host.keepAwake).toHaveBeenLastCalledWith(false);
    become([TASK]);
    stop();
    expect(host.guardLeave).toHaveBeenLastCalledWith(false);
    expect(host.showProgress).toHaveBeenLastCalledWith(null);
  });
});
