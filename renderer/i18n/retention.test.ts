import { beforeAll, expect, it, vi } from 'vitest';
import type { RetentionDecision } from '#contract';
import { startLanguage } from './language.ts';
import { meaningOf } from './policy.ts';
import { removalReason, retentionWords } from './retention.ts';

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'en', setItem: () => undefined });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  await startLanguage();
});

const NOW = Date.parse('2026-11-25T12:00:00Z');
const decision: RetentionDecision = {
  imageId: 'a'.repeat(64),
  volume: '/dev/loop7',
  hostname: 'workbench',
  time: '2026-11-20T10:00:00Z',
  keep: true,
  rule: 'withinLimits',
  why: 'It is kept.',
  managementClass: 'STANDARD',
  position: 2,
  limit: 2,
  limitDays: 30,
  inactiveDays: 1,
  expiresAt: '2026-12-24T12:00:00Z',
};
const { expiresAt: _never, ...forEver } = decision;

it.each<[Partial<RetentionDecision>, string]>([
  [{ rule: 'active' }, 'kept: active'],
  [{ rule: 'pinned' }, 'kept: pinned'],
  [{}, 'kept until 24 December at the latest (30 days after it became inactive)'],
  [{ limit: 'nolimit' }, 'kept until 24 December (30 days after it became inactive)'],
  [
    { expiresAt: '2027-01-24T12:00:00Z' },
    'kept until 24 January 2027 at the latest (30 days after it became inactive)',
  ],
  [{ keep: false, rule: 'versions' }, 'goes at the next expiration: more than 2 images'],
  [{ keep: false, rule: 'versions', limit: 1 }, 'goes at the next expiration: more than 1 image'],
  [
    { keep: false, rule: 'age', inactiveDays: 31 },
    'goes at the next expiration: inactive for 31 days, 30 days are kept',
  ],
  [{ keep: false, rule: 'deleted' }, 'goes at the next expiration: deleted'],
])('%j is said as “%s”', (part, words) => {
  expect(retentionWords({ ...decision, ...part }, NOW)).toBe(words);
});

it('says that an image stays however old it becomes', () => {
  expect(retentionWords(forEver, NOW)).toBe('kept: among the newest 2 images');
  expect(retentionWords({ ...forEver, limit: 'nolimit' }, NOW)).toBe('kept without limit');
  expect(retentionWords({ ...forEver, rule: 'grace' }, NOW)).toMatch(/^kept: grace retention without limit/);
});

it('does not call an image kept for ever that only a wrong clock keeps', () => {
  const { limit: _limit, limitDays: _days, ...doubtful } = forEver;
  expect(retentionWords(doubtful, NOW)).toMatch(/^kept: an image of this volume has a date in the future/);
});

it('gives the reason alone in lists of what went', () => {
  expect(removalReason({ ...decision, keep: false, rule: 'versions' })).toBe('more than 2 images');
});

it.each([
  [
    {},
    'At most 2 images of each volume, replaced ones for at most 30 days. Of a deactivated volume only the last image 60 days.',
  ],
  [{ verExists: 1 }, 'Only the newest image of each volume. Of a deactivated volume only the last image 60 days.'],
  [
    { verExists: 'nolimit', retExtra: 'nolimit', verDeleted: 3 },
    'Every image of each volume, however old. Of a deactivated volume at most 3 images, the last one 60 days.',
  ],
  [
    { retExtra: 'nolimit', retOnly: 'nolimit' },
    'At most 2 images of each volume, however old. Of a deactivated volume only the last image without limit.',
  ],
] as const)('a copy group of %j means “%s”', (part, words) => {
  const standard = {
    verExists: 2,
    verDeleted: 1,
    retExtra: 30,
    retOnly: 60,
    mode: 'modified',
    serialization: 'shrstatic',
    changingRetries: 4,
  } as const;
  expect(meaningOf({ ...standard, ...part })).toBe(words);
});
