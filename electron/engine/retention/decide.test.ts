/** Decisions against a naive oracle that follows the words of the rules, and by single examples. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BackupCopyGroup, type PolicySet, retentionDecisionSchema } from '#contract';
import { STANDARD_CLASS, STANDARD_COPY_GROUP, STANDARD_POLICY_SET } from '../policy/classes/standard.ts';
import { DAY_MS, type DecidableImage, decide } from './decide.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const at = (daysAgo: number): string => new Date(NOW - daysAgo * DAY_MS).toISOString();
let serial = 0;
const image = (daysAgo: number, more: Partial<DecidableImage> = {}): DecidableImage => ({
  id: (serial++).toString(16).padStart(64, '0'),
  volume: '/dev/sda1',
  hostname: 'here',
  time: at(daysAgo),
  origin: 'stillframe',
  madeWith: 'STANDARD',
  ...more,
});
const setWith = (group: Partial<BackupCopyGroup>, more: Partial<PolicySet> = {}): PolicySet => ({
  ...STANDARD_POLICY_SET,
  classes: [
    { ...STANDARD_CLASS, backup: { ...STANDARD_COPY_GROUP, ...group } },
    { name: 'EMPTY', description: '' },
  ],
  ...more,
});
const rules = (images: DecidableImage[], set = setWith({})) => decide(images, set, NOW).map(({ rule }) => rule);

describe('examples', () => {
  test('the standard class keeps two versions, the older one for 30 days', () => {
    expect(rules([image(1), image(2), image(3)])).toEqual(['active', 'withinLimits', 'versions']);
    expect(rules([image(31), image(40)])).toEqual(['active', 'age']);
    expect(rules([image(30), image(40)])).toEqual(['active', 'withinLimits']);
    expect(rules([image(400)])).toEqual(['active']);
  });

  test('of a deactivated volume one version is kept for 60 days', () => {
    const gone = (daysAgo: number) => ({ deactivatedAt: at(daysAgo) });
    expect(rules([image(70, gone(60)), image(80, gone(60))])).toEqual(['withinLimits', 'versions']);
    expect(rules([image(70, gone(61))])).toEqual(['onlyVersion']);
    expect(rules([image(70, gone(1))], setWith({ verDeleted: 0 }))).toEqual(['versions']);
  });

  test('no limit is no limit', () => {
    const set = setWith({ verExists: 'nolimit', retExtra: 'nolimit', verDeleted: 'nolimit', retOnly: 'nolimit' });
    expect(rules([image(1), image(1000), image(9000)], set)).toEqual(['active', 'withinLimits', 'withinLimits']);
    expect(rules([image(9000, { deactivatedAt: at(8000) })], set)).toEqual(['withinLimits']);
  });

  test('pinned images are kept and do not count; deleted ones go and neither count nor replace', () => {
    const pinned = { pinned: { at: at(0), reason: 'tax' } };
    expect(rules([image(1), image(2, pinned), image(3), image(4)])).toEqual([
      'active',
      'pinned',
      'withinLimits',
      'versions',
    ]);
    expect(rules([image(1, { deletedAt: at(0) }), image(40), image(50)])).toEqual(['deleted', 'active', 'age']);
  });

  test("restic's own images are never ours to remove, and take no place", () => {
    expect(rules([image(1, { origin: 'restic' }), image(2), image(3), image(4, { origin: 'restic' })])).toEqual([
      'foreign',
      'active',
      'withinLimits',
      'foreign',
    ]);
  });

  test('all are bound to the class of the newest; one that is gone means the default class', () => {
    const [newest, older] = decide(
      [image(1, { madeWith: 'standard' }), image(2, { madeWith: 'GONE' })],
      setWith({}),
      NOW,
    );
    expect(newest).not.toHaveProperty('reboundFrom');
    expect(older).toMatchObject({ managementClass: 'STANDARD', reboundFrom: 'GONE', rule: 'withinLimits' });
    const [, missing] = decide([image(1, { madeWith: 'GONE' }), image(2, { madeWith: 'GONE' })], setWith({}), NOW);
    expect(missing).toMatchObject({ managementClass: 'GONE', rule: 'withinLimits', limit: 2 });
    expect(missing?.why).toContain('There is no class GONE, so the default class counts.');
  });

  test('a class without copy group means the grace retention', () => {
    const bound = { madeWith: 'EMPTY' };
    expect(rules([image(10, bound), image(11, bound), image(12, bound)])).toEqual(['active', 'grace', 'grace']);
    expect(rules([image(31, bound), image(32, bound)])).toEqual(['active', 'graceOver']);
    expect(rules([image(31, bound), image(32, bound)], setWith({}, { graceRetention: 'nolimit' }))).toEqual([
      'active',
      'grace',
    ]);
  });

  test('other volumes and the same volume of other computers have their own versions', () => {
    const images = [image(1), image(2, { hostname: 'there' }), image(3, { volume: '/dev/sdb1' })];
    expect(rules(images)).toEqual(['active', 'active', 'active']);
  });

  test('an image from the future says that a clock was wrong: only what people deleted goes', () => {
    const images = [image(-400), image(1), image(2), image(90, { deletedAt: at(0) })];
    expect(rules(images, setWith({ verExists: 1 }))).toEqual(['active', 'withinLimits', 'withinLimits', 'deleted']);
    expect(rules([image(-0.5), image(1), image(2)])).toEqual(['active', 'withinLimits', 'versions']);
  });

  test('one that was made after images with later dates is kept as long as the one it was compared with', () => {
    const [c, b, a] = [image(1), image(2), image(3)];
    const wrong = image(20_000, { datedBefore: b.id });
    expect(rules([c, b, a, wrong])).toEqual(['active', 'withinLimits', 'versions', 'withinLimits']);
    expect(rules([image(0.5), c, { ...b, id: 'b'.repeat(64), original: b.id }, wrong])).toEqual([
      'active',
      'withinLimits',
      'versions',
      'withinLimits',
    ]);
    expect(rules([image(0.5), c, wrong])).toEqual(['active', 'withinLimits', 'versions']);
    expect(rules([c, image(1.5), { ...b, deletedAt: at(0) }, wrong])).toEqual([
      'active',
      'withinLimits',
      'deleted',
      'versions',
    ]);
    expect(decide([c, b, a, wrong], setWith({}), NOW)[3]?.why).toBe(
      'It was made after an image that has a later date, so a clock was wrong: it is kept as long as that one.',
    );
  });

  test('says why, with numbers', () => {
    const [, kept, dropped] = decide([image(1), image(2), image(3)], setWith({}), NOW);
    expect(kept?.why).toBe(
      'It is version 2 of 2 that are kept, and has been inactive for 1 of 30 days (class STANDARD).',
    );
    expect(kept?.expiresAt).toBe(at(-29));
    expect(dropped?.why).toBe('It is version 3 of its volume, of which the class STANDARD keeps 2 (VEREXISTS).');
    expect(dropped).not.toHaveProperty('expiresAt');
  });
});

/** What the rules say of one image, looked at by itself and word for word. */
function oracle(images: DecidableImage[], one: DecidableImage, set: PolicySet): boolean {
  if (one.origin === 'restic' || one.pinned) return true;
  if (one.deletedAt) return false;
  const versions = images
    .filter((i) => i.volume === one.volume && i.hostname === one.hostname)
    .filter((i) => i.origin === 'stillframe' && !i.deletedAt);
  const newerThan = (i: DecidableImage) =>
    versions.filter((other) => other.time > i.time || (other.time === i.time && other.id > i.id));
  const newer = newerThan(one);
  const isNewest = newer.length === 0;
  if (isNewest && !one.deactivatedAt) return true;
  const bound = versions.find((i) => newerThan(i).length === 0)?.madeWith.toLowerCase();
  const own = set.classes.find(({ name }) => name.toLowerCase() === bound);
  const group = own ? own.backup : set.classes.find(({ name }) => name === set.defaultClass)?.backup;
  const since = isNewest ? (one.deactivatedAt ?? '') : newer.map(({ time }) => time).sort()[0];
  const days = (NOW - Date.parse(since ?? '')) / DAY_MS;
  if (!group) return set.graceRetention === 'nolimit' || days <= set.graceRetention;
  const count = one.deactivatedAt ? group.verDeleted : group.verExists;
  const place = newer.filter(({ pinned }) => !pinned).length;
  const age = isNewest ? group.retOnly : group.retExtra;
  return (count === 'nolimit' || place < count) && (age === 'nolimit' || days <= age);
}

const limit = (minimum: number, maximum: number) =>
  fc.oneof({ weight: 4, arbitrary: fc.integer({ min: minimum, max: maximum }) }, fc.constant('nolimit' as const));
const anyGroup = fc.record({
  verExists: limit(1, 4),
  verDeleted: limit(0, 3),
  retExtra: limit(0, 20),
  retOnly: limit(0, 20),
  mode: fc.constant('modified' as const),
  serialization: fc.constant('static' as const),
  changingRetries: fc.constant(0),
});
const anySet = fc.record({ a: anyGroup, b: fc.option(anyGroup, { nil: undefined }), grace: limit(0, 20) }).map(
  ({ a, b, grace }): PolicySet => ({
    classes: [
      { name: 'A', description: '', backup: a },
      { name: 'B', description: '', ...(b ? { backup: b } : {}) },
    ],
    defaultClass: 'A',
    graceRetention: grace,
  }),
);
const VOLUMES = [
  { volume: '/dev/sda1', hostname: 'here' },
  { volume: '/dev/sda1', hostname: 'there' },
  { volume: '/dev/sdb', hostname: 'here' },
];
const anyImages = fc
  .record({
    deactivated: fc.array(fc.option(fc.integer({ min: -1, max: 25 }), { nil: undefined }), {
      minLength: 3,
      maxLength: 3,
    }),
    images: fc.array(
      fc.record({
        volume: fc.integer({ min: 0, max: 2 }),
        days: fc.integer({ min: 0, max: 40 }),
        madeWith: fc.constantFrom('A', 'a', 'B', 'GONE'),
        restic: fc.integer({ min: 0, max: 9 }),
        pinned: fc.integer({ min: 0, max: 4 }),
        deleted: fc.integer({ min: 0, max: 4 }),
      }),
      { maxLength: 24 },
    ),
  })
  .map(({ deactivated, images }) =>
    images.map(({ volume, days, madeWith, restic, pinned, deleted }) => {
      const mark = deactivated[volume];
      return image(days, {
        ...VOLUMES[volume],
        madeWith,
        origin: restic === 0 ? 'restic' : 'stillframe',
        ...(pinned === 0 ? { pinned: { at: at(0), reason: '' } } : {}),
        ...(deleted === 0 ? { deletedAt: at(0) } : {}),
        ...(mark === undefined ? {} : { deactivatedAt: at(mark) }),
      });
    }),
  );

test('keeps exactly what the words of the rules keep', () => {
  fc.assert(
    fc.property(anyImages, anySet, (images, set) => {
      const decisions = decide(images, set, NOW);
      expect(decisions).toHaveLength(images.length);
      for (const decision of decisions) {
        const one = images.find(({ id }) => id === decision.imageId);
        if (one === undefined) throw new Error('a decision about no image');
        expect(decision.keep, decision.why).toBe(oracle(images, one, set));
        retentionDecisionSchema.parse(decision);
        if (decision.expiresAt !== undefined) expect(Date.parse(decision.expiresAt)).toBeGreaterThanOrEqual(NOW);
      }
    }),
    { numRuns: Number(process.env.STILLFRAME_WORKLOADS ?? 300) },
  );
});

test('more permissive limits never remove more', () => {
  fc.assert(
    fc.property(anyImages, anySet, (images, set) => {
      const kept = new Set(decide(images, set, NOW).flatMap(({ keep, imageId }) => (keep ? [imageId] : [])));
      const generous: PolicySet = {
        ...set,
        graceRetention: 'nolimit',
        classes: set.classes.map((one) => ({
          ...one,
          ...(one.backup
            ? {
                backup: {
                  ...one.backup,
                  verExists: 'nolimit',
                  verDeleted: 'nolimit',
                  retExtra: 'nolimit',
                  retOnly: 'nolimit',
                },
              }
            : {}),
        })),
      };
      for (const decision of decide(images, generous, NOW)) {
        if (kept.has(decision.imageId)) expect(decision.keep).toBe(true);
        if (decision.rule !== 'deleted') expect(decision.keep).toBe(true);
      }
    }),
  );
});
