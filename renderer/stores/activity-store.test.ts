import { expect, it, vi } from 'vitest';
import type { RunDetails, RunSummary, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { RemoteError } from '../transport/remote-error.ts';
import { createActivityStore } from './activity-store.ts';

const START = Date.UTC(2026, 0, 1);

function run(number: number, facts: Partial<RunSummary> = {}): RunSummary {
  const startedAt = new Date(START + number * 60_000).toISOString();
  return {
    id: `run-${String(number).padStart(5, '0')}`,
    kind: 'backup',
    subject: '/dev/sdb1',
    state: 'succeeded',
    startedAt,
    finishedAt: startedAt,
    elapsedSeconds: 1,
    readBytes: 1,
    storedBytes: 1,
    deduplicatedBytes: 0,
    warningCount: 0,
    repeatable: true,
    ...facts,
  };
}

function running(number: number): RunSummary {
  const { finishedAt: _, ...rest } = run(number, { state: 'running', repeatable: false });
  return rest;
}

/** An engine with `runs`, newest first, that can be told to fail. */
function engineWith(runs: RunSummary[]) {
  const engine = { runs, asked: [] as string[], failure: null as WireError | null };
  const answer =
    <I, O>(name: string, work: (input: I) => O) =>
    async (input: I): Promise<O> => {
      engine.asked.push(name);
      if (engine.failure) throw new RemoteError(engine.failure);
      return work(input);
    };
  const client = {
    activity: {
      list: answer('list', ({ beforeId, limit }: { beforeId?: string; limit: number }) => {
        const from = beforeId === undefined ? 0 : engine.runs.findIndex(({ id }) => id === beforeId) + 1;
        return { runs: engine.runs.slice(from, from + limit), total: engine.runs.length };
      }),
      details: answer('details', ({ id }: { id: string }): RunDetails => {
        const found = engine.runs.find((each) => each.id === id);
        if (!found) throw new RemoteError({ code: 'TASK_NOT_FOUND', message: '', details: {} });
        return { run: found, log: [], warnings: [], command: '' };
      }),
      repeat: answer('repeat', () => ({ taskId: 'again' })),
      weeks: answer('weeks', ({ count }: { count: number }) => ({
        weeks: Array.from({ length: count }, () => ({ week: '2026-11-23' })),
      })),
      errorLog: answer('errorLog', () => ({ path: '/error.log', lines: [] })),
      export: answer('export', ({ format }: { format: string }) => ({
        fileName: `a.${format}`,
        mediaType: '',
        text: '',
      })),
    },
  } as unknown as EngineClient;
  return { engine, store: createActivityStore(client) };
}

const many = (count: number): RunSummary[] => Array.from({ length: count }, (_, index) => run(count - index));
const gone: WireError = { code: 'ENGINE_GONE', message: '', details: {} };

it('shows the newest runs at once and fetches the older ones after them', async () => {
  const { store, engine } = engineWith(many(5000));
  const lengths: number[] = [];
  store.subscribe((state, before) => {
    if (state.runs.value !== before.runs.value) lengths.push(state.runs.value.length);
  });
  await store.getState().refresh();
  expect(lengths).toEqual([200, 2200, 4200, 5000]);
  expect(store.getState().runs.value.map(({ id }) => id)).toEqual(engine.runs.map(({ id }) => id));
  expect(store.getState().loadingOlder).toBe(false);
  expect(engine.asked).toHaveLength(4);
});

it('asks for nothing before it was looked at', async () => {
  const { store, engine } = engineWith(many(1));
  await store.getState().refreshNewest();
  expect(engine.asked).toEqual([]);
});

it('takes over what is new and what has changed, and keeps the rest', async () => {
  const { store, engine } = engineWith([running(300), ...many(299)]);
  await store.getState().refresh();
  engine.asked.length = 0;
  engine.runs = [running(301), run(300, { state: 'failed' }), ...many(299)];
  await store.getState().refreshNewest();
  const { value } = store.getState().runs;
  expect([value.length, value[0]?.state, value[1]?.state]).toEqual([301, 'running', 'failed']);
  expect(engine.asked).toEqual(['list']);
});

it('fetches everything again where runs are gone', async () => {
  const { store, engine } = engineWith(many(300));
  await store.getState().refresh();
  engine.runs = [run(301), ...many(300).slice(0, 250)];
  await store.getState().refreshNewest();
  expect(store.getState().runs.value).toHaveLength(251);
});

it('keeps what is known when the engine is gone', async () => {
  const { store, engine } = engineWith(many(3));
  await store.getState().refresh();
  engine.failure = gone;
  await store.getState().refreshNewest();
  expect(store.getState().runs).toMatchObject({ phase: 'failed', error: gone });
  expect(store.getState().runs.value).toHaveLength(3);
  engine.failure = null;
  await store.getState().refreshNewest();
  expect(store.getState().runs.phase).toBe('ready');
});

it('asks once about a run that has ended, and again about one that goes on', async () => {
  const { store, engine } = engineWith([running(2), run(1)]);
  await store.getState().refresh();
  engine.asked.length = 0;
  for (let n = 0; n < 2; n++) await store.getState().loadDetails('run-00001');
  expect(engine.asked).toEqual(['details']);
  store.getState().select('run-00002');
  await store.getState().loadDetails('run-00002');
  engine.runs = [run(2), run(1)];
  await store.getState().refreshNewest();
  await vi.waitFor(() => expect(store.getState().details['run-00002']?.value?.run.state).toBe('succeeded'));
  await store.getState().loadDetails('nobody');
  expect(store.getState().details.nobody?.error?.code).toBe('TASK_NOT_FOUND');
});

it('says of each run why it could not be started again', async () => {
  const { store, engine } = engineWith(many(1));
  engine.failure = { code: 'VOLUME_BUSY', message: '', details: {} };
  await store.getState().repeat('run-00001');
  expect(store.getState()).toMatchObject({ repeating: null, repeatFailures: { 'run-00001': { code: 'VOLUME_BUSY' } } });
  engine.failure = null;
  await store.getState().repeat('run-00001');
  expect(store.getState().repeatFailures).toEqual({});
});

it('shows the weeks that were asked for last', async () => {
  const { store } = engineWith([]);
  await Promise.all([store.getState().loadWeeks(52), store.getState().loadWeeks(12)]);
  expect(store.getState().weeks.value).toHaveLength(12);
});

it('gives the chosen runs as a file, or says why not', async () => {
  const { store, engine } = engineWith(many(1));
  store.getState().choose({ kind: 'backup' });
  expect(await store.getState().exportRuns('csv')).toMatchObject({ fileName: 'a.csv' });
  engine.failure = gone;
  expect(await store.getState().exportRuns('json')).toBeNull();
  expect(store.getState().exporting.error).toEqual(gone);
  store.getState().chooseAll();
  expect(store.getState().choice.kind).toBeNull();
});
