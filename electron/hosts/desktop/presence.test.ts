import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Awake } from './awake.ts';
import { Presence, type TrayContent, trayContent } from './presence.ts';

let presence: Presence;
let trays: (TrayContent | null)[];
let bars: (number | null)[];
let awake: boolean[];
let spoken: string[];
const notify = vi.fn(() => true);

beforeEach(() => {
  trays = [];
  bars = [];
  awake = [];
  spoken = [];
  presence = new Presence({
    showProgress: (fraction) => bars.push(fraction),
    showTray: (content) => trays.push(content),
    keepAwake: (on) => awake.push(on),
    speak: (language) => spoken.push(language),
    notify,
  });
});

describe('presence', () => {
  it('is awake and in the tray exactly while tasks run', () => {
    presence.setUnfinished(1);
    presence.setUnfinished(3);
    presence.setUnfinished(0);
    presence.setUnfinished(0);
    expect(awake).toEqual([true, false]);
    expect(trays.map((tray) => tray?.line)).toEqual(['1 task running', '3 tasks running', undefined]);
  });

  it('shows the bar, and removes it at the end even where the page says nothing', () => {
    presence.setUnfinished(1);
    presence.take({ type: 'progress', fraction: 0.431 });
    presence.setUnfinished(0);
    expect(bars).toEqual([0.431, null]);
  });

  it('changes the tray once a per cent', () => {
    presence.setUnfinished(1);
    for (const fraction of [0.43, 0.433, 0.4399, 0.44, 1]) presence.take({ type: 'progress', fraction });
    expect(trays.map((tray) => tray?.line)).toEqual([
      '1 task running',
      '1 task running · 43 %',
      '1 task running · 44 %',
      '1 task running · 99 %',
    ]);
  });

  it('stays in the tray after the end while the window is away', () => {
    presence.setUnfinished(1);
    presence.setWindowAway(true);
    presence.setUnfinished(0);
    expect(trays.at(-1)).toMatchObject({ line: 'Nothing is running', open: 'Open Stillframe' });
    presence.setWindowAway(false);
    expect(trays.at(-1)).toBeNull();
  });

  it('speaks another language once', () => {
    presence.setUnfinished(2);
    presence.take({ type: 'language', language: 'en' });
    presence.take({ type: 'language', language: 'de' });
    presence.take({ type: 'language', language: 'de' });
    expect(spoken).toEqual(['de']);
    expect(trays.at(-1)).toEqual(trayContent({ language: 'de', unfinished: 2, fraction: null }));
    expect(trays.at(-1)?.line).toBe('2 Tasks laufen');
  });

  it('says whether a notification was shown', () => {
    notify.mockReturnValueOnce(false);
    expect(presence.take({ type: 'notify', title: 'Backup of /dev/sdb1', body: 'Completed.' })).toBe(false);
    expect(presence.take({ type: 'notify', title: 'Backup of /dev/sdb1', body: '' })).toBe(true);
  });
});

it('blocks sleep once, and lets go of what it blocked', () => {
  const blocker = { start: vi.fn(() => 7), stop: vi.fn() };
  const keeper = new Awake(blocker);
  keeper.set(false);
  for (const on of [true, true, false, false]) keeper.set(on);
  expect(blocker.start.mock.calls).toEqual([['prevent-app-suspension']]);
  expect(blocker.stop.mock.calls).toEqual([[7]]);
});
