import { afterEach, describe, expect, it } from 'vitest';
import { imageOf } from './canned-engine.ts';
import { dayOf, groupByVolume, imageAsOf, instantOf, matchesQuery, shownImages, sortImages } from './image-choice.ts';

const ZONE = process.env.TZ;
afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ;
  else process.env.TZ = ZONE;
});

const inZone = (zone: string) => {
  process.env.TZ = zone;
};
const iso = (date: string, time = '') => {
  const instant = instantOf({ date, time });
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe('a point in time', () => {
  it('is one of the time zone here; without a time it is the end of the day', () => {
    inZone('Europe/Berlin');
    expect(iso('2026-11-21', '14:05')).toBe('2026-11-21T13:05:00.000Z');
    expect(iso('2026-11-21')).toBe('2026-11-21T22:59:59.999Z');
    inZone('Pacific/Kiritimati');
    expect(iso('2026-11-21', '00:30:15')).toBe('2026-11-20T10:30:15.000Z');
    inZone('America/St_Johns');
    expect(iso('2026-11-21', '00:00')).toBe('2026-11-21T03:30:00.000Z');
  });

  it('in an hour that happens twice is in the first one; one that is left out lies after the gap', () => {
    inZone('Europe/Berlin');
    expect(iso('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(iso('2026-03-29', '02:30')).toBe('2026-03-29T01:30:00.000Z');
    // Days of 25 and 23 hours end when they end.
    expect(iso('2026-10-25')).toBe('2026-10-25T22:59:59.999Z');
    expect(iso('2026-03-29')).toBe('2026-03-29T21:59:59.999Z');
  });

  it('is nothing where there is no such day', () => {
    expect(iso('2026-02-29', '10:00')).toBeUndefined();
    expect(iso('', '10:00')).toBeUndefined();
    expect(iso('2026-11-21', 'noon')).toBeUndefined();
  });
});

describe('the image as of then', () => {
  const images = ['2026-11-19T10:00:00Z', '2026-11-21T10:00:07Z', '2026-11-20T10:00:00.250Z'].map((time, index) =>
    imageOf('/dev/a', String(index), time),
  );
  const asOf = (instant: string) => imageAsOf(images, Date.parse(instant))?.time;

  it('is the newest that is not younger', () => {
    expect(asOf('2026-11-21T10:00:06.999Z')).toBe('2026-11-20T10:00:00.250Z');
    expect(asOf('2026-11-21T10:00:07Z')).toBe('2026-11-21T10:00:07Z');
    expect(asOf('2030-01-01T00:00:00Z')).toBe('2026-11-21T10:00:07Z');
    expect(asOf('2026-11-20T10:00:00.249Z')).toBe('2026-11-19T10:00:00Z');
  });

  it('is none where none is that old', () => {
    expect(asOf('2026-11-19T09:59:59.999Z')).toBeUndefined();
    expect(imageAsOf([], 0)).toBeUndefined();
  });
});

it('days are those of the time zone here, also where the clock is changed', () => {
  inZone('Europe/Berlin');
  expect(dayOf('2026-10-24T22:30:00Z')).toBe('2026-10-25');
  expect(dayOf('2026-10-25T22:59:59Z')).toBe('2026-10-25');
  inZone('America/Los_Angeles');
  expect(dayOf('2026-10-25T06:59:59Z')).toBe('2026-10-24');
});

it('finds images by volume, label, id, file system and class, every word somewhere', () => {
  const image = { ...imageOf('/dev/mapper/vg0-home', 'b', '2026-11-21T10:00:00Z'), fsLabel: 'Anna' };
  for (const query of ['', '  ', 'HOME', 'anna', 'bbbb', 'ext4', 'standard', 'anna ext4 vg0']) {
    expect([query, matchesQuery(image, query)]).toEqual([query, true]);
  }
  for (const query of ['xfs', 'anna xfs', 'abbb']) expect([query, matchesQuery(image, query)]).toEqual([query, false]);
});

it('hides inactive ones where they are not wanted', () => {
  const [old, now] = ['a', 'b'].map((id) => imageOf('/dev/a', id, '2026-11-21T10:00:00Z'));
  if (!old || !now) throw new Error('no images');
  const images = [{ ...old, active: false }, now];
  expect(shownImages(images, { inactiveShown: false, query: '' })).toEqual([now]);
  expect(shownImages(images, { inactiveShown: true, query: '' })).toHaveLength(2);
});

it('sorts by every column, equal ones newest first, and unreadable ones as the worst', () => {
  const of = (id: string, time: string, facts: object) => ({ ...imageOf('/dev/a', id, time), ...facts });
  const images = [
    of('a', '2026-11-19T10:00:00Z', { newSize: 5, consistency: 'fuzzy' }),
    of('b', '2026-11-21T10:00:00Z', { newSize: 5, storedSize: 9 }),
    of('c', '2026-11-20T10:00:00Z', { newSize: 7, unreadableBytes: 1 }),
  ] as const;
  const ids = (by: Parameters<typeof sortImages>[1]['by'], descending: boolean) =>
    sortImages(images, { by, descending })
      .map((image) => image.id[0])
      .join('');
  expect(ids('time', true)).toBe('bca');
  expect(ids('time', false)).toBe('acb');
  expect(ids('newSize', true)).toBe('cba');
  expect(ids('newSize', false)).toBe('bac');
  expect(ids('consistency', false)).toBe('bac');
  expect(ids('storedSize', true)).toBe('bca');
});

it('groups ten thousand images in no time', () => {
  const images = Array.from({ length: 10_000 }, (_, index) =>
    imageOf(`/dev/v${index % 60}`, 'a', new Date(index * 3_600_000).toISOString()),
  );
  const groups = groupByVolume(images);
  expect(groups).toHaveLength(60);
  expect(groups[0]?.volume).toBe('/dev/v39');
});
