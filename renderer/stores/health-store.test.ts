import { expect, it } from 'vitest';
import type { Health } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { RemoteError } from '../transport/remote-error.ts';
import { createHealthStore } from './health-store.ts';

const HEALTH: Health = { volumes: [], repository: { light: 'good', reasons: [] } };

/** As much of an engine as the store asks. */
function engine(start: (volume: string) => Promise<{ taskId: string }>, show = async () => HEALTH): EngineClient {
  return {
    health: { show },
    backup: { start: ({ volume }: { volume: string }) => start(volume) },
  } as unknown as EngineClient;
}

it('keeps what it knew when it cannot be asked again', async () => {
  let answers = true;
  const store = createHealthStore(
    engine(
      async () => ({ taskId: '1' }),
      async () => {
        if (answers) return HEALTH;
        throw new RemoteError({ code: 'ENGINE_GONE', message: 'gone', details: {} });
      },
    ),
  );
  await store.getState().refresh();
  answers = false;
  await store.getState().refresh();
  expect(store.getState().health).toMatchObject({ phase: 'failed', value: HEALTH, error: { code: 'ENGINE_GONE' } });
});

it('starts a backup once, however often it is asked meanwhile', async () => {
  const started: string[] = [];
  const gate = Promise.withResolvers<void>();
  const store = createHealthStore(
    engine(async (volume) => {
      started.push(volume);
      await gate.promise;
      return { taskId: '1' };
    }),
  );
  const first = store.getState().backUp('/dev/sda1');
  await store.getState().backUp('/dev/sda1');
  expect(store.getState().starting).toEqual(['/dev/sda1']);
  gate.resolve();
  await first;
  expect(started).toEqual(['/dev/sda1']);
  expect(store.getState().starting).toEqual([]);
});

it('says why a backup did not start, until it is put away or tried again', async () => {
  const store = createHealthStore(
    engine(async () => {
      throw new RemoteError({ code: 'VOLUME_BUSY', message: 'busy', details: {} });
    }),
  );
  await store.getState().backUp('/dev/sda1');
  expect(store.getState().refused).toMatchObject({ '/dev/sda1': { code: 'VOLUME_BUSY' } });
  store.getState().putRefusalAway('/dev/sda1');
  expect(store.getState().refused).toEqual({});
});
