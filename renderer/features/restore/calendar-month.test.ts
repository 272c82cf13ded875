import { afterEach, expect, it } from 'vitest';
import { imageOf } from '../../stores/canned-engine.ts';
import { addDays, addMonths, dayAfterKey, imagesByDay, weeksOfMonth, worstState } from './calendar-month.ts';

const ZONE = process.env.TZ;
afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ;
  else process.env.TZ = ZONE;
});

it('has six weeks from Monday on, each day once, also where the clock is changed at midnight', () => {
  for (const zone of ['Europe/Berlin', 'America/Sao_Paulo', 'Asia/Beirut', 'Pacific/Apia']) {
    process.env.TZ = zone;
    const days = weeksOfMonth('2026-03-15').flat();
    expect(days).toHaveLength(42);
    expect(new Set(days).size).toBe(42);
    expect(days[0]).toBe('2026-02-23');
    expect(days.at(-1)).toBe('2026-04-05');
  }
});

it('goes through days, weeks, months and years', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
  expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
  const from = (key: string, shift = false) => dayAfterKey('2026-11-18', key, shift);
  expect(from('Home')).toBe('2026-11-16');
  expect(from('End')).toBe('2026-11-22');
  expect(from('ArrowUp')).toBe('2026-11-11');
  expect(from('PageDown')).toBe('2026-12-18');
  expect(from('PageUp', true)).toBe('2025-11-18');
  expect(from('a')).toBeUndefined();
});

it('puts images on the day here, and says the worst of each', () => {
  process.env.TZ = 'Europe/Berlin';
  const [one, two] = ['2026-11-20T23:30:00Z', '2026-11-21T20:00:00Z'].map((time) => imageOf('/dev/a', 'a', time));
  if (!one || !two) throw new Error('no images');
  expect([...imagesByDay([one, two]).keys()]).toEqual(['2026-11-21']);
  expect(worstState([one])).toBe('good');
  expect(
    worstState([
      { ...one, consistency: 'crash' },
      { ...two, origin: 'restic' },
    ]),
  ).toBe('unknown');
  expect(worstState([one, { ...two, consistency: 'fuzzy' }])).toBe('fuzzy');
  expect(
    worstState([
      { ...one, unreadableBytes: 1 },
      { ...two, consistency: 'fuzzy' },
    ]),
  ).toBe('unreadable');
});
