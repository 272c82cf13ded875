/** The policy document in real repositories: versions, rivals, restic, and what cannot be read. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PolicySet } from '#contract';
import { EngineError } from '../base/errors.ts';
import { saveSmallFile } from '../image/image-files.ts';
import { STANDARD_CLASS, STANDARD_POLICY, STANDARD_POLICY_SET } from '../policy/classes/standard.ts';
import { restic } from '../repository/restic-oracle.ts';
import type { Repository } from '../repository/types.ts';
import { type PolicyStand, policyStand } from '../testing/policy-stand.ts';
import { listMarkedImages, loadCatalogue } from './catalogue.ts';
import { deactivateVolume, deleteImages, imagesToDelete, pinImage, undeleteImages } from './change-marks.ts';
import { assertNothingLost, policyHistory, policyState } from './policy-state.ts';
import { changePolicy } from './policy-store.ts';
import { allSnapshots } from './stored-snapshots.ts';

let stand: PolicyStand;
let repository: Repository;

beforeEach(async () => {
  stand = await policyStand();
  ({ repository } = stand);
});
afterEach(() => stand[Symbol.asyncDispose]());

const state = async (of = repository) => policyState(of, (await allSnapshots(of)).snapshots);
const setWith = (description: string): PolicySet => ({
  ...STANDARD_POLICY_SET,
  classes: [{ ...STANDARD_CLASS, description }],
});
const save = (of: Repository, description: string, revision?: string) =>
  changePolicy(of, stand.ports, ({ policy }) => {
    if (revision !== undefined && policy.revision !== revision) throw new EngineError('POLICY_CHANGED');
    return { set: setWith(description), changes: [`It is ${description}.`] };
  });
const codeOf = (error: unknown) => (error instanceof EngineError ? error.code : error);
/** A snapshot that looks like a policy and holds the given bytes. */
async function plant(text: string, stillframe?: object): Promise<string> {
  const content = await saveSmallFile(repository, Buffer.from(text));
  const file = { name: 'policy.json', type: 'file', mode: 0o600, size: Buffer.byteLength(text), content };
  const subtree = await repository.saveTree([file]);
  const tree = await repository.saveTree([{ name: 'stillframe-policy', type: 'dir', mode: 0o700, subtree }]);
  const snapshot = {
    time: new Date().toISOString(),
    tree,
    paths: ['/stillframe-policy'],
    tags: ['stillframe', 'policy'],
  };
  return repository.saveSnapshot({ ...snapshot, ...(stillframe ? { stillframe } : {}) });
}

describe('versions', () => {
  test('without a document the standard policy is in force', async () => {
    expect((await state()).policy).toEqual(STANDARD_POLICY);
  });

  test('each save is a version; the newest holds, whatever the clock says, and all of them stay', async () => {
    await save(repository, 'first');
    stand.setTime('2001-01-01T00:00:00Z');
    const { policy } = await save(repository, 'second');
    expect(policy).toMatchObject({ version: 2, savedAt: '2001-01-01T00:00:00.000Z' });
    expect(await state(await stand.client())).toMatchObject({ policy });
    const history = await policyHistory(repository, (await allSnapshots(repository)).snapshots);
    expect(history.map(({ version, changes }) => [version, changes])).toEqual([
      [2, ['It is second.']],
      [1, ['It is first.']],
    ]);
    expect(await listMarkedImages(repository)).toEqual([]);
  });

  test('of clients that save at once from the same revision exactly one wins', async () => {
    await save(repository, 'before');
    const { revision } = (await state()).policy;
    const clients = [repository, await stand.client(), await stand.client()];
    const results = await Promise.allSettled(clients.map((client, i) => save(client, `by ${i}`, revision)));
    expect(results.map((one) => (one.status === 'fulfilled' ? 'won' : codeOf(one.reason))).sort()).toEqual([
      'POLICY_CHANGED',
      'POLICY_CHANGED',
      'won',
    ]);
    const winner = results.findIndex(({ status }) => status === 'fulfilled');
    expect((await state()).policy.set.classes[0]?.description).toBe(`by ${winner}`);
    expect((await allSnapshots(repository)).snapshots).toHaveLength(2);
  });

  test('marks of many clients at once are all kept', async () => {
    const ids = [];
    for (let day = 1; day <= 4; day++) ids.push(await stand.image({ time: `2026-01-0${day}T00:00:00.000Z` }));
    const clients = [repository, await stand.client(), await stand.client(), await stand.client()];
    await Promise.all(
      ids.map((imageId, i) =>
        pinImage(clients[i] ?? repository, stand.ports, { imageId, pinned: true, reason: `reason ${i}` }),
      ),
    );
    const images = await listMarkedImages(repository);
    expect(images.map(({ pinned }) => pinned?.reason).sort()).toEqual(['reason 0', 'reason 1', 'reason 2', 'reason 3']);
  });
});

describe('restic', () => {
  test('reads the document, and its tag command leaves policy and marks in force', async () => {
    await save(repository, 'mine');
    const [a, b, c] = [
      await stand.image({ time: '2026-01-01T00:00:00.000Z' }),
      await stand.image({ time: '2026-01-02T00:00:00.000Z' }),
      await stand.image({ time: '2026-01-03T00:00:00.000Z' }),
    ];
    await pinImage(repository, stand.ports, { imageId: a, pinned: true, reason: 'tax' });
    await deleteImages(repository, stand.ports, [b]);
    const text = await restic(stand.path, [
      'dump',
      '--path',
      '/stillframe-policy',
      'latest',
      '/stillframe-policy/policy.json',
    ]);
    expect(JSON.parse(text)).toMatchObject({ format: 1, marks: { pins: [{ image: a, reason: 'tax' }] } });
    for (const id of (await allSnapshots(repository)).snapshots.map((one) => one.id)) {
      await restic(stand.path, ['tag', '--add', 'touched', id]);
    }
    const client = await stand.client();
    const { snapshots } = await allSnapshots(client);
    expect(snapshots.map(({ id }) => id)).not.toContain(c);
    expect(snapshots.every(({ snapshot }) => snapshot.stillframe === undefined)).toBe(true);
    expect((await state(client)).policy.set.classes[0]?.description).toBe('mine');
    // The images of this test have no manifest, so only the marks can be asked.
    const { marks } = await state(client);
    expect(marks.deletions).toMatchObject([{ image: b }]);
    await pinImage(client, stand.ports, { imageId: c, pinned: true, reason: '' }).catch((error: unknown) =>
      expect(codeOf(error)).toBe('IMAGE_NOT_FOUND'),
    );
    await save(client, 'still mine');
    const after = await state(client);
    expect(after.marks).toMatchObject({ pins: [{ image: a }], deletions: [{ image: b }] });
    await restic(stand.path, ['check', '--read-data']);
  });

  test('forgets images: their marks go with the next save', async () => {
    const a = await stand.image({ time: '2026-01-01T00:00:00.000Z' });
    const b = await stand.image({ time: '2026-01-02T00:00:00.000Z', volume: '/dev/sdy1' });
    await pinImage(repository, stand.ports, { imageId: a, pinned: true, reason: '' });
    await deactivateVolume(repository, stand.ports, { volume: '/dev/sdy1', hostname: 'here' });
    await restic(stand.path, ['forget', '--prune', a, b]);
    expect((await state()).marks.pins).toHaveLength(1);
    await save(repository, 'next');
    expect((await state()).marks).toEqual({ pins: [], deletions: [], deactivations: [] });
  });

  test('forgets the policy: images know that there was one', async () => {
    await save(repository, 'kept for ever');
    await stand.image({ time: '2026-01-01T00:00:00.000Z', policyVersion: 1 });
    const { snapshots } = await allSnapshots(repository);
    const [policy] = snapshots.filter(({ snapshot }) => snapshot.paths[0] === '/stillframe-policy');
    await restic(stand.path, ['forget', policy?.id ?? '']);
    expect(await state()).toMatchObject({ policy: { version: 0 }, knownVersion: 1 });
    expect((await save(repository, 'again')).policy.version).toBe(2);
    expect(await state()).toMatchObject({ policy: { version: 2 }, knownVersion: 2 });
  });
});

describe('a document that is not understood', () => {
  const facts = {
    version: 7,
    revision: 'ab'.repeat(16),
    savedAt: '2026-01-01T00:00:00.000Z',
    savedBy: 'a@b',
    changes: [],
  };
  const whole = {
    format: 1,
    ...facts,
    set: STANDARD_POLICY_SET,
    marks: { pins: [], deletions: [], deactivations: [] },
  };
  test.each([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['a newer format', JSON.stringify({ ...whole, format: 2 })],
    ['a field that is not known', JSON.stringify({ ...whole, hold: true })],
    ['a mark that is not known', JSON.stringify({ ...whole, marks: { ...whole.marks, holds: [] } })],
    ['no classes', JSON.stringify({ ...whole, set: { ...STANDARD_POLICY_SET, classes: [] } })],
    ['no default class', JSON.stringify({ ...whole, set: { ...STANDARD_POLICY_SET, defaultClass: 'GONE' } })],
    ['a negative limit', JSON.stringify(whole).replace('"verExists":2', '"verExists":-2')],
    ['deep nesting', '['.repeat(100_000)],
  ])('is an error: %s', async (_, text) => {
    await stand.image({ time: '2026-01-01T00:00:00.000Z' });
    await plant(text);
    await expect(state()).rejects.toMatchObject({ code: 'POLICY_INVALID' });
    await expect(loadCatalogue(repository)).rejects.toMatchObject({ code: 'POLICY_INVALID' });
    await expect(save(repository, 'over it')).rejects.toMatchObject({ code: 'POLICY_INVALID' });
    // Who wants to restore is not kept from it.
    expect(await listMarkedImages(repository)).toHaveLength(1);
  });

  test('is an error: a document that is another version than its snapshot says', async () => {
    await plant(JSON.stringify(whole), { policy: { ...facts, version: 9 } });
    await expect(state()).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  });
});

describe('marks', () => {
  const owner = { volume: '/dev/sdz1', hostname: 'here' };
  let old: string;
  let recent: string;
  beforeEach(async () => {
    old = await stand.image({ time: '2026-01-01T00:00:00.000Z' });
    recent = await stand.image({ time: '2026-01-02T00:00:00.000Z', class: 'FAST' });
  });
  const images = () => listMarkedImages(repository);

  test('all images of a volume are bound to the class of the newest', async () => {
    expect((await images()).map(({ mgmtClass }) => mgmtClass)).toEqual(['FAST', 'FAST']);
    expect((await loadCatalogue(repository)).images[1]).toMatchObject({ madeWith: 'STANDARD' });
  });

  test('a deleted image is not active, and deletion can be taken back', async () => {
    await deleteImages(repository, stand.ports, [recent, recent]);
    expect((await images()).map(({ active, deletedAt }) => [active, deletedAt !== undefined])).toEqual([
      [false, true],
      [true, false],
    ]);
    await undeleteImages(repository, stand.ports, [recent]);
    expect((await images()).map(({ active }) => active)).toEqual([true, false]);
  });

  test('a pinned image cannot be deleted, nor a deleted one pinned, and nothing is marked then', async () => {
    await pinImage(repository, stand.ports, { imageId: old, pinned: true, reason: 'court' });
    await expect(deleteImages(repository, stand.ports, [recent, old])).rejects.toMatchObject({
      code: 'IMAGE_PINNED',
      details: { image: old, reason: 'It is pinned (court).' },
    });
    expect((await images()).some(({ deletedAt }) => deletedAt)).toBe(false);
    await pinImage(repository, stand.ports, { imageId: old, pinned: false, reason: '' });
    await deleteImages(repository, stand.ports, [old]);
    await expect(pinImage(repository, stand.ports, { imageId: old, pinned: true, reason: '' })).rejects.toMatchObject({
      code: 'IMAGE_DELETED',
    });
  });

  test('what changes nothing is not saved', async () => {
    await deleteImages(repository, stand.ports, [old]);
    const { version } = (await state()).policy;
    await deleteImages(repository, stand.ports, [old]);
    await undeleteImages(repository, stand.ports, [recent]);
    await pinImage(repository, stand.ports, { imageId: recent, pinned: false, reason: '' });
    expect((await state()).policy.version).toBe(version);
  });

  test('a deactivated volume has no active image until it is backed up again', async () => {
    await deactivateVolume(repository, stand.ports, owner);
    expect((await images()).some(({ active }) => active)).toBe(false);
    await stand.image({ time: '2026-01-03T00:00:00.000Z' });
    expect((await images()).map(({ active }) => active)).toEqual([true, false, false]);
    await save(repository, 'anything');
    expect((await state()).marks.deactivations).toEqual([]);
    await expect(deactivateVolume(repository, stand.ports, { ...owner, hostname: 'there' })).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
    });
  });

  test('delete backup means the active image, the inactive ones or all', async () => {
    const of = async (type: 'active' | 'inactive' | 'all') =>
      imagesToDelete((await loadCatalogue(repository)).images, owner, type);
    expect([await of('active'), await of('inactive'), await of('all')]).toEqual([[recent], [old], [recent, old]]);
    await deactivateVolume(repository, stand.ports, owner);
    expect([await of('active'), await of('inactive')]).toEqual([[], [recent, old]]);
  });
});

test('while a snapshot file cannot be read, which may be the policy, nothing is saved and nothing expires', async () => {
  await save(repository, 'before');
  const id = await stand.image({ time: '2026-01-01T00:00:00.000Z' });
  await writeFile(join(stand.path, 'snapshots', 'ab'.repeat(32)), 'x'.repeat(100));
  await expect(save(repository, 'after')).rejects.toMatchObject({ code: 'REPOSITORY_DAMAGED' });
  await expect(loadCatalogue(repository)).rejects.toMatchObject({ code: 'REPOSITORY_DAMAGED' });
  expect((await listMarkedImages(repository)).map((image) => image.id)).toEqual([id]);
  expect((await state()).policy.version).toBe(1);
});

test('a document that nobody could read is not written', async () => {
  const change = () => ({ set: { ...STANDARD_POLICY_SET, defaultClass: 'GONE' }, changes: [] });
  await expect(changePolicy(repository, stand.ports, change)).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  expect((await allSnapshots(repository)).snapshots).toEqual([]);
});

test('a save waits while another one withdraws its version', async () => {
  await save(repository, 'before');
  const id = await stand.image({ time: '2026-01-01T00:00:00.000Z' });
  const facts = {
    version: 1,
    revision: 'cc'.repeat(16),
    savedAt: '2030-01-01T00:00:00.000Z',
    savedBy: 'a@b',
    changes: [],
  };
  const marks = { pins: [], deletions: [], deactivations: [] };
  const rival = await plant(JSON.stringify({ format: 1, ...facts, set: setWith('rival'), marks }), { policy: facts });
  const pin = pinImage(await stand.client(), stand.ports, { imageId: id, pinned: true, reason: '' });
  await sleep(60);
  await repository.withdrawSnapshot(rival);
  await pin;
  expect((await state()).policy).toMatchObject({ version: 2, set: setWith('before') });
});

test('of two that a killed save left beside each other the first one counts, and the next save ends it', async () => {
  const marks = { pins: [], deletions: [], deactivations: [] };
  const written = (revision: string, savedAt: string, description: string) => {
    const facts = { version: 1, revision: revision.repeat(16), savedAt, savedBy: 'a@b', changes: [] };
    return plant(JSON.stringify({ format: 1, ...facts, set: setWith(description), marks }), { policy: facts });
  };
  await written('aa', '2026-01-01T00:00:01.000Z', 'second');
  await written('bb', '2026-01-01T00:00:00.000Z', 'first');
  expect((await state()).policy.set.classes[0]?.description).toBe('first');
  // Either may be the one whose save was reported, so nothing is removed by it.
  const disputed = await state();
  expect(() => assertNothingLost(disputed)).toThrow('POLICY_INVALID');
  expect((await save(repository, 'next')).policy.version).toBe(2);
  expect((await state()).policy.set.classes[0]?.description).toBe('next');
  assertNothingLost(await state());
});
