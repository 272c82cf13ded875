import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ERROR_TEXTS } from './errors.ts';
import { exactTime, relativeTime } from './instants.ts';
import { onLanguage, speak, systemLanguage } from './language.ts';
import { countOf, exactBytes, formatAbout, formatBytes, formatDuration, formatEta, formatPart } from './quantities.ts';
import { IMAGE_TYPE_NAMES } from './words.ts';

const GIB = 1024 ** 3;

/** As much of a browser as the language needs. */
beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  await speak('de');
});

afterAll(async () => {
  await speak('en');
  vi.unstubAllGlobals();
});

it('writes numbers as German does', () => {
  expect(formatBytes(1.21 * 1024 * GIB)).toBe('1,21 TiB');
  expect(formatBytes(17)).toBe('17 Bytes');
  expect(exactBytes(1_234_567)).toBe('1.234.567 Bytes');
  expect(formatPart(142 * GIB, 231 * GIB)).toBe('142 von 231 GiB');
  expect(formatDuration(8.42)).toBe('8,4 s');
  expect(countOf(1234, 'block')).toBe('1.234 Blöcke');
});

it('says times in German', () => {
  expect(formatEta({ low: 250, high: 350 })).toBe('noch 4–6 min');
  expect(formatEta(undefined)).toBe('wird geschätzt …');
  expect(formatAbout(250)).toBe('etwa 4 min');
  expect(relativeTime('2026-11-20T11:00:00Z', Date.parse('2026-11-21T12:00:00Z'))).toBe('gestern');
  expect(exactTime('2026-11-21T12:00:00Z')).toMatch(/^21\.11\.2026, /);
});

it('looks tables up when they are read', async () => {
  expect(IMAGE_TYPE_NAMES.snapshot).toBe('Momentaufnahme-Abbild');
  expect(ERROR_TEXTS.CANCELLED.title).toBe('Sie haben es abgebrochen');
  const heard: string[] = [];
  const stop = onLanguage((language) => heard.push(language));
  await speak('en');
  expect(IMAGE_TYPE_NAMES.snapshot).toBe('Snapshot image');
  await speak('de');
  stop();
  expect(heard).toEqual(['en', 'de']);
});

it('takes the first language of the system that it speaks', () => {
  expect(systemLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(systemLanguage(['fr-FR'])).toBe('en');
});
