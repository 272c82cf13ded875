import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { PruneResult, RetentionDecision, TaskSnapshot } from '#contract';
import { startLanguage } from '../../i18n/language.ts';
import { reportText } from './report-text.ts';

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'en', setItem: () => undefined });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  await startLanguage();
});

const done = (facts: Partial<TaskSnapshot>): TaskSnapshot => ({
  id: '1',
  kind: 'expire',
  subject: '/mnt/backup/stillframe',
  state: 'succeeded',
  queuedAt: '2026-11-21T00:00:00Z',
  phasesDone: [],
  warnings: [],
  command: 'stillframe expire',
  hasBlocks: false,
  ...facts,
});

describe('a report of an expiration as text', () => {
  const removed: RetentionDecision = {
    imageId: 'c3a18f6d'.repeat(8),
    volume: '/dev/sdb1',
    hostname: 'workbench',
    time: '2026-10-19T10:00:00Z',
    keep: false,
    rule: 'versions',
    why: 'There are more than 2 images.',
    managementClass: 'STANDARD',
    position: 3,
    limit: 2,
  };
  const reclaimed: PruneResult = {
    kind: 'prune',
    removedPacks: 4,
    repackedPacks: 1,
    repackedBytes: 1024,
    freedBytes: 1024 ** 3,
    remainingUnusedBytes: 0,
    totalBytes: 2 * 1024 ** 3,
    elapsedSeconds: 3,
    warnings: [],
  };
  const expired = { kind: 'expire' as const, removed: [removed], kept: 8, elapsedSeconds: 4, warnings: [] };

  it('says what went, why, and what became free', () => {
    const text = reportText(done({ kind: 'expire', result: { ...expired, reclaimed } }));
    expect(text).toMatch(/Result: +1 image removed, 8 images kept in 4\.0 s/);
    expect(text).toMatch(/Freed: +1 GiB \(1,073,741,824 bytes\)/);
    expect(text).toMatch(/What was removed and why:\n- \/dev\/sdb1 · .*c3a18f6d · more than 2 images/);
  });

  it('says that nothing was due', () => {
    const text = reportText(done({ kind: 'expire', result: { ...expired, removed: [] } }));
    expect(text).toMatch(/Nothing was due: 8 images kept/);
  });
});
