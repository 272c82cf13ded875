import { deflateRawSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import type { BlockMap, BlockMapEvent } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { RemoteError } from '../transport/remote-error.ts';
import { applyChanges, decodeBlockMap } from './block-codec.ts';
import { createBlocksStore } from './blocks-store.ts';

function mapOf(states: Uint8Array, facts: Partial<BlockMap> = {}): BlockMap {
  return {
    sizeBytes: states.length * 512,
    gridBytes: 512,
    blockCount: states.length,
    states: deflateRawSync(states).toString('base64'),
    ...facts,
  };
}

const failure = (code: 'ENGINE_GONE' | 'TASK_NOT_FOUND' | 'IMAGE_NOT_FOUND'): RemoteError =>
  new RemoteError({ code, message: code, details: {} });

/** A client that answers with what a test gives it. */
function clientOf(answers: {
  blocks?: (signal: AbortSignal | undefined) => AsyncIterable<BlockMapEvent>;
  image?: () => Promise<BlockMap>;
  compare?: (input: { before: string; after: string }) => Promise<unknown>;
}): EngineClient {
  return {
    tasks: { blocks: async (_: unknown, { signal }: { signal?: AbortSignal }) => answers.blocks?.(signal) },
    images: { blocks: async () => answers.image?.(), compare: async (input: never) => answers.compare?.(input) },
  } as unknown as EngineClient;
}

test('a map travels and arrives as it was', async () => {
  const states = Uint8Array.from({ length: 100_000 }, (_, block) => block % 7);
  const map = await decodeBlockMap(mapOf(states));
  expect(map).toMatchObject({ gridBytes: 512, sizeBytes: 512 * 100_000, version: 0 });
  expect(Buffer.compare(map.states, states)).toBe(0);
});

test.each([
  ['too many blocks', { blockCount: 2 ** 31 }],
  ['a bomb', { blockCount: 10 }],
  ['too few bytes', { blockCount: 200_000 }],
  ['no deflate at all', { states: btoa('nonsense') }],
])('a hostile map is refused: %s', async (_, facts) => {
  await expect(decodeBlockMap(mapOf(new Uint8Array(100_000), facts))).rejects.toThrow();
});

test('runs outside of a map are left out', () => {
  const states = new Uint8Array(4);
  applyChanges(states, { kind: 'changes', runs: [3, 5, 7, 100, 2, 1, 0, 1] });
  expect([...states]).toEqual([0, 0, 0, 7]);
});

test('a live map follows its changes in place and stays when the task ends', async () => {
  async function* events(): AsyncGenerator<BlockMapEvent> {
    yield { kind: 'whole', map: mapOf(Uint8Array.of(1, 1, 1, 0)) };
    yield { kind: 'changes', runs: [0, 2, 4] };
    yield { kind: 'changes', runs: [2, 1, 6] };
  }
  const store = createBlocksStore(clientOf({ blocks: events }));
  const leave = store.getState().watchTask('t');
  expect(store.getState().tasks.t?.phase).toBe('loading');
  await vi.waitFor(() => expect(store.getState().tasks.t?.value?.version).toBe(2));
  expect([...(store.getState().tasks.t?.value?.states ?? [])]).toEqual([4, 4, 6, 0]);
  leave();
  leave();
  expect(store.getState().tasks).toEqual({});
});

test('two who look share one stream; the last who leaves ends it', async () => {
  const opened: (AbortSignal | undefined)[] = [];
  async function* events(signal: AbortSignal | undefined): AsyncGenerator<BlockMapEvent> {
    opened.push(signal);
    yield { kind: 'whole', map: mapOf(Uint8Array.of(1)) };
    await new Promise((resolve) => signal?.addEventListener('abort', resolve));
  }
  const store = createBlocksStore(clientOf({ blocks: events }));
  const leave = [store.getState().watchTask('t'), store.getState().watchTask('t')];
  await vi.waitFor(() => expect(store.getState().tasks.t?.phase).toBe('ready'));
  leave[0]?.();
  expect(store.getState().tasks.t?.phase).toBe('ready');
  leave[1]?.();
  expect(store.getState().tasks).toEqual({});
  expect(opened).toHaveLength(1);
  expect(opened[0]?.aborted).toBe(true);
});

test('a broken stream is followed again; meanwhile the last map stays', async () => {
  vi.useFakeTimers();
  let attempts = 0;
  async function* events(): AsyncGenerator<BlockMapEvent> {
    attempts++;
    if (attempts === 2) throw failure('ENGINE_GONE');
    yield { kind: 'whole', map: mapOf(Uint8Array.of(attempts)) };
    if (attempts === 1) throw failure('ENGINE_GONE');
  }
  const store = createBlocksStore(clientOf({ blocks: events }));
  const leave = store.getState().watchTask('t');
  await vi.waitFor(() => expect(store.getState().tasks.t?.phase).toBe('ready'));
  await vi.advanceTimersByTimeAsync(1100);
  expect(store.getState().tasks.t).toMatchObject({ phase: 'ready', error: null });
  await vi.advanceTimersByTimeAsync(1100);
  await vi.waitFor(() => expect(store.getState().tasks.t?.value?.states[0]).toBe(3));
  expect(attempts).toBe(3);
  leave();
  vi.useRealTimers();
});

test('a task without a map says so once', async () => {
  let attempts = 0;
  const store = createBlocksStore(
    clientOf({
      blocks: () => {
        attempts++;
        throw failure('TASK_NOT_FOUND');
      },
    }),
  );
  const leave = store.getState().watchTask('t');
  await vi.waitFor(() => expect(store.getState().tasks.t?.error?.code).toBe('TASK_NOT_FOUND'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(attempts).toBe(1);
  leave();
});

test('an answer for an image that nobody looks at any more is dropped', async () => {
  const answer = Promise.withResolvers<BlockMap>();
  const store = createBlocksStore(clientOf({ image: () => answer.promise }));
  const leave = store.getState().showImage('i');
  expect(store.getState().images.i?.phase).toBe('loading');
  leave();
  answer.resolve(mapOf(Uint8Array.of(1)));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(store.getState().images).toEqual({});
});

test('of two comparisons the later one counts', async () => {
  const answers = new Map<string, PromiseWithResolvers<unknown>>();
  const store = createBlocksStore(
    clientOf({
      compare: ({ before }) => {
        const answer = Promise.withResolvers<unknown>();
        answers.set(before, answer);
        return answer.promise;
      },
    }),
  );
  const result = (before: string) => ({ before, after: 'z', map: mapOf(Uint8Array.of(2)), unchangedBytes: 512 });
  const first = store.getState().compare('a', 'z');
  const second = store.getState().compare('b', 'z');
  answers.get('b')?.resolve(result('b'));
  await second;
  answers.get('a')?.resolve(result('a'));
  await first;
  expect(store.getState().comparison).toMatchObject({ phase: 'ready', value: { before: 'b', unchangedBytes: 512 } });
  store.getState().leaveComparison();
  expect(store.getState().comparison).toMatchObject({ phase: 'idle', value: null });
});
