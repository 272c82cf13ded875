import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { BlockMapEvent } from '#contract';
import { BLOCK_STATES } from '#contract';
import { BLOCK, type BlockSource } from '../base/block-map.ts';
import { seeded, seededBelow } from '../testing/seeded.ts';
import { changedRuns, watchBlocks } from './block-watch.ts';

/** A map that a test changes by hand. */
function sourceOf(blockCount: number): BlockSource & { states: Uint8Array } {
  const states = new Uint8Array(blockCount);
  return { sizeBytes: blockCount * 512, gridBytes: 512, blockCount, states, read: (into) => into.set(states) };
}

/** What a reader makes of an event. */
function apply(event: BlockMapEvent, states: Uint8Array): Uint8Array {
  if (event.kind === 'whole') return inflateRawSync(Buffer.from(event.map.states, 'base64'));
  for (let i = 0; i < event.runs.length; i += 3) {
    const [first = 0, count = 0, state = 0] = event.runs.slice(i, i + 3);
    expect(first + count).toBeLessThanOrEqual(states.length);
    states.fill(state, first, first + count);
  }
  return states;
}

test('numbers are those of the contract', () => {
  expect(BLOCK_STATES.map((state) => BLOCK[state])).toEqual(BLOCK_STATES.map((_, number) => number));
});

test.each([1, 7, 8, 9, 64, 1001])('the changes of a random map of %i blocks lead from one to the other', (count) => {
  const random = seeded(count);
  for (let round = 0; round < 50; round++) {
    const before = Uint8Array.from({ length: count }, () => seededBelow(random, 3));
    const share = seededBelow(random, 10);
    const after = before.map((state) => (seededBelow(random, 10) < share ? seededBelow(random, 8) : state));
    const runs = changedRuns(before, after);
    for (let i = 0; i < runs.length; i += 3) expect(runs[i + 1]).toBeGreaterThan(0);
    expect(apply({ kind: 'changes', runs }, before.slice())).toEqual(after);
  }
});

test('the whole map, then changes at most ten times a second, and the last state when the work ends', async () => {
  const source = sourceOf(1000);
  const work = Promise.withResolvers<void>();
  source.states.fill(1, 0, 500);
  const timer = setInterval(() => {
    const next = source.states.indexOf(1);
    if (next < 0) work.resolve();
    else source.states[next] = 4;
  }, 2);
  let states = new Uint8Array();
  const times: number[] = [];
  const kinds: string[] = [];
  for await (const event of watchBlocks(source, work.promise)) {
    times.push(performance.now());
    kinds.push(event.kind);
    states = Uint8Array.from(apply(event, states));
  }
  clearInterval(timer);
  expect(states).toEqual(source.states);
  expect(kinds[0]).toBe('whole');
  expect(kinds.slice(1).every((kind) => kind === 'changes')).toBe(true);
  expect(kinds.length).toBeGreaterThan(3);
  // The last one comes with the end, whenever that is.
  for (let i = 2; i < times.length - 1; i++) expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBeGreaterThan(80);
});

test('a slow reader gets the difference to what it had, and the whole map where that is shorter', async () => {
  const source = sourceOf(200_000);
  const work = Promise.withResolvers<void>();
  const reader = watchBlocks(source, work.promise);
  let states = apply((await reader.next()).value as BlockMapEvent, new Uint8Array());
  for (let round = 1; round < 9; round++) source.states.fill(round % 8, round * 1000, round * 1000 + 900);
  const few = (await reader.next()).value as BlockMapEvent;
  expect(few).toMatchObject({ kind: 'changes' });
  states = apply(few, states);
  expect(Buffer.compare(states, source.states)).toBe(0);
  for (let block = 0; block < source.states.length; block += 2) source.states[block] = 4;
  const many = (await reader.next()).value as BlockMapEvent;
  expect(many.kind).toBe('whole');
  states = apply(many, states);
  expect(Buffer.compare(states, source.states)).toBe(0);
  source.states[199_999] = 7;
  work.resolve();
  states = apply((await reader.next()).value as BlockMapEvent, states);
  expect(Buffer.compare(states, source.states)).toBe(0);
  expect((await reader.next()).done).toBe(true);
});

test('a reader that leaves is let go at once', async () => {
  const source = sourceOf(10);
  const leaving = new AbortController();
  const reader = watchBlocks(source, new Promise(() => undefined), leaving.signal);
  await reader.next();
  const pending = reader.next();
  leaving.abort();
  expect(await pending).toEqual({ done: true, value: undefined });
});
