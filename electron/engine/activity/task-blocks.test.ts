import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { BlockMapEvent, CheckResult } from '#contract';
import type { BlockSource } from '../base/block-map.ts';
import { systemClock } from '../testing/memory-engine.ts';
import type { TaskContext } from './task.ts';
import { TaskRegistry } from './task-registry.ts';

const result: CheckResult = {
  kind: 'check',
  readData: false,
  packs: 0,
  blobs: 0,
  snapshots: 0,
  readBytes: 0,
  problems: [],
  elapsedSeconds: 0,
};

function registryOf(): TaskRegistry {
  return new TaskRegistry({ clock: systemClock, random: { bytes: (count) => randomBytes(count), below: () => 0 } });
}

/** A source that counts how often somebody looked. */
function sourceOf(states: Uint8Array): BlockSource & { reads: number } {
  return {
    sizeBytes: states.length * 512,
    gridBytes: 512,
    blockCount: states.length,
    reads: 0,
    read(into) {
      this.reads++;
      into.set(states);
    },
  };
}

async function all(events: AsyncIterable<BlockMapEvent>): Promise<BlockMapEvent[]> {
  const list: BlockMapEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

function wholeOf(event: BlockMapEvent | undefined): number[] {
  return event?.kind === 'whole' ? [...inflateRawSync(Buffer.from(event.map.states, 'base64'))] : [];
}

/** A task that goes on until it is let end. */
function startTask(registry: TaskRegistry): {
  id: string;
  context: TaskContext;
  end: PromiseWithResolvers<CheckResult>;
} {
  const end = Promise.withResolvers<CheckResult>();
  let context: TaskContext | undefined;
  const id = registry.start('backup', randomBytes(4).toString('hex'), (given) => {
    context = given;
    return end.promise;
  });
  if (context === undefined) throw new Error('not started');
  return { id, context, end };
}

test('a task has a map from the moment that its work offers one, and keeps the last state of it', async () => {
  await using registry = registryOf();
  const { id, context, end } = startTask(registry);
  expect(registry.get(id).hasBlocks).toBe(false);
  expect(() => registry.blocks(id)).toThrow(expect.objectContaining({ code: 'TASK_NOT_FOUND' }));
  expect(() => registry.blocks('unknown')).toThrow(expect.objectContaining({ code: 'TASK_NOT_FOUND' }));
  const states = Uint8Array.of(1, 1, 0);
  const source = sourceOf(states);
  context.blocks(source);
  expect(registry.get(id).hasBlocks).toBe(true);
  // Nothing is computed while nobody watches.
  expect(source.reads).toBe(0);
  const watched = all(registry.blocks(id));
  states[0] = 4;
  await new Promise((resolve) => setTimeout(resolve, 150));
  const late = all(registry.blocks(id));
  states[1] = 6;
  end.resolve(result);
  const events = await watched;
  expect(events[0]?.kind).toBe('whole');
  expect(events.at(-1)).toEqual({ kind: 'changes', runs: [1, 1, 6] });
  expect((await late).at(-1)).toEqual({ kind: 'changes', runs: [1, 1, 6] });
  await registry.finished(id);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const reads = source.reads;
  const after = await all(registry.blocks(id));
  expect(after.map(wholeOf)).toEqual([[4, 6, 0]]);
  expect(source.reads).toBe(reads);
  expect(registry.get(id).hasBlocks).toBe(true);
});

test('a failed task keeps the map of how far it came; of many ended tasks only the last ones do', async () => {
  await using registry = registryOf();
  const ids: string[] = [];
  for (let i = 0; i < 25; i++) {
    const { id, context, end } = startTask(registry);
    context.blocks(sourceOf(Uint8Array.of(4, i % 8)));
    end.reject(new Error('broken'));
    await registry.finished(id);
    ids.push(id);
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(ids.map((id) => registry.get(id).hasBlocks)).toEqual(ids.map((_, i) => i >= 5));
  expect((await all(registry.blocks(ids[24] ?? ''))).map(wholeOf)).toEqual([[4, 0]]);
});
