import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decidePacks, KEEP, REMOVE, REPACK } from './decide.ts';
import { HAS_DATA, HAS_TREE, type PackTable } from './pack-table.ts';

const MIB = 1 << 20;

interface Pack {
  used: number;
  unused: number;
  kinds?: number;
  largest?: number;
}

/** A table of packs with one blob for the used and one for the unused bytes. */
function tableOf(packs: readonly Pack[]): PackTable {
  const column = (of: (pack: Pack) => number) => Float64Array.from(packs, of);
  return {
    sizes: column(({ used, unused }) => used + unused),
    kinds: Uint8Array.from(packs, ({ kinds }) => kinds ?? HAS_DATA),
    faults: new Map(),
    usedBlobs: Uint32Array.from(packs, ({ used }) => (used > 0 ? 1 : 0)),
    usedBytes: column(({ used }) => used),
    unusedBlobs: Uint32Array.from(packs, ({ unused }) => (unused > 0 ? 1 : 0)),
    unusedBytes: column(({ unused }) => unused),
    largestBytes: column(({ largest }) => largest ?? 1000),
    unlisted: [],
  };
}

function actionsOf(packs: readonly Pack[], limits = {}): number[] {
  return [...decidePacks(tableOf(packs), limits)];
}

const full = { used: 16 * MIB, unused: 0 };

test('what is unused goes, what is used stays', () => {
  expect(actionsOf([full, { used: 0, unused: 16 * MIB }, full])).toEqual([KEEP, REMOVE, KEEP]);
  expect(actionsOf([])).toEqual([]);
});

test('the packs with most waste are written anew until little enough is left', () => {
  const packs = [full, { used: 15 * MIB, unused: MIB }, { used: 4 * MIB, unused: 12 * MIB }, full, full, full];
  expect(actionsOf(packs)).toEqual([KEEP, KEEP, REPACK, KEEP, KEEP, KEEP]);
  expect(actionsOf(packs, { maxUnusedPercent: 0 })).toEqual([KEEP, REPACK, REPACK, KEEP, KEEP, KEEP]);
  expect(actionsOf(packs, { maxUnusedPercent: 100 })).toEqual(Array.from(packs, () => KEEP));
});

test('no more is written anew than is allowed', () => {
  const packs = [
    { used: 10 * MIB, unused: 6 * MIB },
    { used: 4 * MIB, unused: 12 * MIB },
  ];
  expect(actionsOf(packs, { maxRepackBytes: 4 * MIB })).toEqual([KEEP, REPACK]);
  expect(actionsOf(packs, { maxRepackBytes: 0 })).toEqual([KEEP, KEEP]);
});

test('packs of both kinds are always taken apart, and trees with waste written anew', () => {
  expect(actionsOf([{ ...full, kinds: HAS_DATA | HAS_TREE }])).toEqual([REPACK]);
  expect(actionsOf([full, full, { used: 16 * MIB, unused: 100, kinds: HAS_TREE }])).toEqual([KEEP, KEEP, REPACK]);
});

test('small packs are merged when there are many of them', () => {
  const few = Array.from({ length: 9 }, () => ({ used: 1000, unused: 0 }));
  expect(actionsOf([full, ...few])).toEqual(Array.from({ length: 10 }, () => KEEP));
  expect(actionsOf([full, ...few, { used: 1000, unused: 0 }])).toEqual([
    KEEP,
    ...Array.from({ length: 10 }, () => REPACK),
  ]);
});

test('a pack with a blob that does not fit into memory stays as it is', () => {
  const large = { used: 300 * MIB, unused: 100 * MIB, largest: 300 * MIB };
  expect(actionsOf([large], { maxUnusedPercent: 0 })).toEqual([KEEP]);
});

test('whatever the packs: nothing needed is removed, limits hold, and full packs of their own kind stay', () => {
  const bytes = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 * MIB }));
  const pack = fc.record({ used: bytes, unused: bytes, kinds: fc.integer({ min: 1, max: 3 }) });
  const limits = fc.record({
    maxUnusedPercent: fc.integer({ min: 0, max: 100 }),
    maxRepackBytes: fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 200 * MIB })),
  });
  fc.assert(
    fc.property(fc.array(pack, { maxLength: 60 }), limits, (packs, given) => {
      const actions = actionsOf(packs, given);
      let [used, unusedLeft, moved] = [0, 0, 0];
      for (const [i, one] of packs.entries()) {
        used += one.used;
        expect(actions[i] === REMOVE).toBe(one.used === 0);
        if (actions[i] === KEEP) unusedLeft += one.unused;
        if (actions[i] === REPACK) moved += one.used;
      }
      if (given.maxRepackBytes !== undefined) expect(moved).toBeLessThanOrEqual(given.maxRepackBytes);
      else if (given.maxUnusedPercent < 100)
        expect(unusedLeft * (100 - given.maxUnusedPercent)).toBeLessThanOrEqual(used * given.maxUnusedPercent + 1);
    }),
  );
});
