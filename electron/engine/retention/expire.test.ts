/** Expiration of real repositories, with restic as the judge. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExpirationRequest, PruneResult } from '#contract';
import { EngineError } from '../base/errors.ts';
import { STANDARD_POLICY_SET } from '../policy/classes/standard.ts';
import { restic } from '../repository/restic-oracle.ts';
import { type PolicyStand, policyStand } from '../testing/policy-stand.ts';
import { listMarkedImages } from './catalogue.ts';
import { deactivateVolume, deleteImages, pinImage } from './change-marks.ts';
import { expire, type RetentionContext, type RetentionDependencies } from './expire.ts';
import { changePolicy } from './policy-store.ts';

let stand: PolicyStand;
const NOW = '2026-06-01T00:00:00.000Z';

beforeEach(async () => {
  stand = await policyStand();
  stand.setTime(NOW);
});
afterEach(() => stand[Symbol.asyncDispose]());

interface Told {
  phases: string[];
  warnings: string[];
}

function run(
  request: ExpirationRequest = {},
  { signal = new AbortController().signal, onPhase = async (_: string): Promise<void> => undefined } = {},
  more: Partial<RetentionDependencies> = {},
) {
  const told: Told = { phases: [], warnings: [] };
  const context: RetentionContext = {
    signal,
    phase: (phase) => {
      told.phases.push(phase);
      void onPhase(phase);
    },
    warn: (text) => told.warnings.push(text),
  };
  const prune = async (): Promise<PruneResult> => {
    const report = await stand.repository.prune();
    return { kind: 'prune', ...report, elapsedSeconds: 0 };
  };
  const { repository, ports } = stand;
  return { told, result: expire(request, { repository, clock: ports.clock, prune, ...more }, context) };
}

const times = async () => (await listMarkedImages(stand.repository)).map(({ time }) => time.slice(0, 10));

test('removes what policy does not keep, prunes, and leaves the rest and the policy to restic', async () => {
  const ids = [];
  for (const day of ['2026-01-01', '2026-03-01', '2026-05-01', '2026-05-20', '2026-05-30']) {
    ids.push(await stand.image({ time: `${day}T00:00:00.000Z` }));
  }
  await pinImage(stand.repository, stand.ports, { imageId: ids[0] ?? '', pinned: true, reason: 'court' });
  await restic(stand.path, ['backup', '--stdin', '--stdin-filename', 'other'], Buffer.alloc(1024));
  const { result, told } = run();
  const { removed, kept, reclaimed } = await result;
  expect(removed.map(({ imageId, rule }) => [imageId, rule])).toEqual([
    [ids[2], 'versions'],
    [ids[1], 'versions'],
  ]);
  expect(kept).toBe(4);
  expect(reclaimed?.freedBytes).toBeGreaterThan(0);
  expect(told.phases.slice(0, 2)).toEqual(['lock', 'expire']);
  await restic(stand.path, ['check', '--read-data']);
  expect((await times()).sort()).toEqual(expect.arrayContaining(['2026-01-01', '2026-05-20', '2026-05-30']));
  const text = await restic(stand.path, [
    'dump',
    '--path',
    '/stillframe-policy',
    'latest',
    '/stillframe-policy/policy.json',
  ]);
  expect(JSON.parse(text).marks.pins).toHaveLength(1);
  expect(await run().result).toMatchObject({ removed: [], kept: 4 });
});

test('of named volumes only, and without pruning where nobody asks for it', async () => {
  for (const volume of ['/dev/a', '/dev/b']) {
    for (const day of [1, 2, 3]) await stand.image({ time: `2026-05-0${day}T00:00:00.000Z`, volume });
  }
  const result = await run({ volumes: ['/dev/a'], reclaim: false }).result;
  expect(result.removed.map(({ volume }) => volume)).toEqual(['/dev/a']);
  expect(result).not.toHaveProperty('reclaimed');
  expect(await times()).toHaveLength(5);
});

test('decides again under its lock: what was pinned or backed up meanwhile is kept', async () => {
  const old = await stand.image({ time: '2026-01-01T00:00:00.000Z' });
  await stand.image({ time: '2026-01-02T00:00:00.000Z' });
  await deactivateVolume(stand.repository, stand.ports, { volume: '/dev/sdz1', hostname: 'here' });
  const client = await stand.client();
  await pinImage(client, stand.ports, { imageId: old, pinned: true, reason: '' });
  await stand.image({ time: '2026-01-03T00:00:00.000Z' });
  expect((await run().result).removed).toMatchObject([{ rule: 'age' }]);
});

test('a run that uses the repository keeps expiration out, and an expiration keeps marks out', async () => {
  await stand.image({ time: '2026-01-01T00:00:00.000Z' });
  const client = await stand.client();
  {
    await using _shared = await client.lock(false);
    await expect(run().result).rejects.toMatchObject({
      code: 'REPOSITORY_LOCKED',
      details: { reason: expect.stringContaining(`does (process ${process.pid}).`) },
    });
  }
  await using _exclusive = await client.lock(true);
  const [image] = await listMarkedImages(stand.repository);
  await expect(deleteImages(stand.repository, stand.ports, [image?.id ?? ''])).rejects.toMatchObject({
    code: 'REPOSITORY_LOCKED',
  });
});

test('nothing is removed where a newer policy was lost, until somebody saves one', async () => {
  for (const day of [1, 2, 3]) await stand.image({ time: `2026-01-0${day}T00:00:00.000Z`, policyVersion: 3 });
  await expect(run().result).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  expect(await times()).toHaveLength(3);
  // A mark is no decision about the classes: it must not put the older ones in force.
  const [image] = await listMarkedImages(stand.repository);
  const pin = pinImage(stand.repository, stand.ports, { imageId: image?.id ?? '', pinned: true, reason: '' });
  await expect(pin).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  await expect(run().result).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  await changePolicy(stand.repository, stand.ports, () => ({ set: STANDARD_POLICY_SET, changes: ['Again.'] }));
  expect((await run().result).removed).toHaveLength(2);
});

test('a cancel before anything is removed changes nothing; one while pruning says what was removed', async () => {
  for (const day of [1, 2, 3]) await stand.image({ time: `2026-01-0${day}T00:00:00.000Z` });
  const early = new AbortController();
  const cancelled = run(
    {},
    { signal: early.signal, onPhase: async (phase) => void (phase === 'expire' && early.abort()) },
  );
  await expect(cancelled.result).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await times()).toHaveLength(3);
  const prune = () => Promise.reject(new EngineError('CANCELLED'));
  await expect(run({}, {}, { prune }).result).rejects.toMatchObject({
    code: 'CANCELLED',
    details: { leftBehind: ['2 expired images were removed; the next prune gives their space back.'] },
  });
  expect(await times()).toHaveLength(1);
});
