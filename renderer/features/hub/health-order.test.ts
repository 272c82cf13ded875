import { describe, expect, it } from 'vitest';
import type { Health, TrafficLight, VolumeHealth } from '#contract';
import { helpFor, parted, summaryOf, worstFirst } from './health-order.ts';
import { forecastText, reasonText } from './health-words.ts';

function volume(name: string, light: TrafficLight): VolumeHealth {
  return {
    volume: name,
    label: '',
    present: true,
    light,
    reasons: [{ code: light === 'none' ? 'neverBackedUp' : 'recentImage', light }],
    imageCount: light === 'none' ? 0 : 1,
  };
}

function health(lights: readonly TrafficLight[], repository: TrafficLight = 'good'): Health {
  return {
    volumes: lights.map((light, index) => volume(`/dev/sda${index}`, light)),
    repository: { light: repository, reasons: [] },
  };
}

describe('summaryOf', () => {
  it.each<[TrafficLight[], TrafficLight, string]>([
    [['good', 'good'], 'good', 'All 2 volumes are protected.'],
    [['good'], 'good', 'Your volume is protected.'],
    [['good', 'bad', 'attention', 'good'], 'bad', '2 of 4 volumes are protected.'],
    [['good', 'none', 'none'], 'good', 'Your volume is protected. 2 were never backed up.'],
    [['attention', 'bad'], 'bad', 'No volume is fully protected.'],
    [['none'], 'none', 'No volume is protected yet.'],
    [[], 'none', 'No volume is protected yet.'],
  ])('%j is %s: %s', (lights, light, text) => expect(summaryOf(health(lights))).toEqual({ light, text }));

  it('is as bad as the repository', () => {
    expect(summaryOf(health(['good', 'good'], 'bad'))).toEqual({
      light: 'bad',
      text: 'All 2 volumes are protected. The repository needs a look first.',
    });
  });
});

it('puts the worst first, then goes by name', () => {
  const sorted = worstFirst([volume('/b', 'good'), volume('/c', 'bad'), volume('/a', 'good'), volume('/d', 'none')]);
  expect(sorted.map((each) => each.volume)).toEqual(['/c', '/a', '/b', '/d']);
});

it('folds many that were never backed up', () => {
  const never = ['/e', '/f', '/g', '/h'].map((name) => volume(name, 'none'));
  expect(parted([...never, volume('/a', 'good')])).toMatchObject({
    cards: [{ volume: '/a' }],
    folded: [{}, {}, {}, {}],
  });
  expect(parted([...never.slice(1), volume('/a', 'good')]).folded).toEqual([]);
});

it('helps against the worst reason that anything helps against', () => {
  expect(
    helpFor([
      { code: 'repositoryAlmostFull', light: 'bad', bytes: 1 },
      { code: 'checkOld', light: 'attention', days: 40 },
    ]),
  ).toBe('check');
  expect(helpFor([{ code: 'repositoryAlmostFull', light: 'bad' }])).toBeUndefined();
});

it.each([
  [{ code: 'recentImage', light: 'good', days: 0 }, 'Backed up within the last day.'],
  [{ code: 'recentImage', light: 'good', days: 1.7 }, 'Backed up 1 day ago.'],
  [{ code: 'imageOld', light: 'attention', days: 40 }, 'The last good image is 40 days old.'],
  [
    { code: 'lastRunFailed', light: 'bad', errorCode: 'REPOSITORY_FULL' },
    'The last run failed: The repository has no space left.',
  ],
  [{ code: 'lastRunFailed', light: 'bad', errorCode: 'WHATEVER' }, 'The last run failed.'],
  [{ code: 'unreadableRanges', light: 'bad', bytes: 4096 }, '4 KiB of the volume could not be read.'],
] as const)('says %j', (reason, text) => expect(reasonText(reason)).toBe(text));

it.each([
  [undefined, 'How long the space lasts is known after a few more runs.'],
  [{ bytesPerDay: 0 }, 'It does not grow at present.'],
  [{ bytesPerDay: 1, daysLeft: 1.5 }, 'Full in about 1 day at the present rate.'],
  [{ bytesPerDay: 1, daysLeft: 120 }, 'Full in about 4 months at the present rate.'],
  [{ bytesPerDay: 1, daysLeft: 5000 }, 'Room for more than two years at the present rate.'],
])('forecasts %j', (forecast, text) => expect(forecastText(forecast)).toBe(text));
