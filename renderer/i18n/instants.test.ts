import { expect, it } from 'vitest';
import { relativeTime } from './instants.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

it.each([
  ['2026-11-21T11:59:40Z', 'just now'],
  ['2026-11-21T11:55:00Z', '5 minutes ago'],
  ['2026-11-21T09:00:00Z', '3 hours ago'],
  ['2026-11-20T11:00:00Z', 'yesterday'],
  ['2026-11-19T12:00:00Z', '2 days ago'],
  ['2026-10-24T12:00:00Z', '4 weeks ago'],
  ['2026-05-20T12:00:00Z', '6 months ago'],
  ['2023-11-21T12:00:00Z', '3 years ago'],
])('shows %s as %s', (instant, text) => expect(relativeTime(instant, now)).toBe(text));
