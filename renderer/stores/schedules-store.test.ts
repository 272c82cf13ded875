import { expect, it, vi } from 'vitest';
import type { Schedule, ScheduleDefinition } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { RemoteError } from '../transport/remote-error.ts';
import { createSchedulesStore } from './schedules-store.ts';

const NIGHTLY: Schedule = {
  name: 'nightly',
  action: 'backup',
  volumes: [],
  days: [],
  time: '03:30',
  randomDelayMinutes: 0,
  catchUp: true,
  enabled: true,
  startedBy: 'systemd',
  state: 'installed',
  command: 'stillframe backup image',
};

function engine(save: () => Promise<Schedule> = async () => NIGHTLY) {
  const known: Schedule[] = [];
  const schedules = {
    list: async () => ({ schedules: [...known], support: { systemd: 'system', reason: '' } }),
    save: async (definition: ScheduleDefinition) => {
      const saved = await save();
      known.push({ ...saved, name: definition.name });
      return saved;
    },
    remove: async ({ name }: { name: string }) => {
      known.splice(
        known.findIndex((one) => one.name === name),
        1,
      );
      return {};
    },
  };
  return { schedules } as unknown as EngineClient;
}

it('shows what was saved and removed, and tells that it changed', async () => {
  const changed = vi.fn();
  const store = createSchedulesStore(engine(), changed);
  expect(await store.getState().save(NIGHTLY)).toBe(true);
  expect(store.getState().list.value?.schedules.map(({ name }) => name)).toEqual(['nightly']);
  expect(await store.getState().remove('nightly')).toBe(true);
  expect(store.getState().list.value?.schedules).toEqual([]);
  expect(changed).toHaveBeenCalledTimes(2);
});

it('says why nothing was saved, until the person goes on', async () => {
  const changed = vi.fn();
  const store = createSchedulesStore(
    engine(async () => {
      throw new RemoteError({ code: 'SCHEDULE_UNAVAILABLE', message: 'no', details: {} });
    }),
    changed,
  );
  expect(await store.getState().save(NIGHTLY)).toBe(false);
  expect(store.getState()).toMatchObject({ busy: false, failure: { code: 'SCHEDULE_UNAVAILABLE' } });
  expect(changed).not.toHaveBeenCalled();
  store.getState().clearFailure();
  expect(store.getState().failure).toBeNull();
});

it('makes one change at a time', async () => {
  const gate = Promise.withResolvers<Schedule>();
  const store = createSchedulesStore(
    engine(() => gate.promise),
    () => undefined,
  );
  const first = store.getState().save(NIGHTLY);
  expect(await store.getState().save({ ...NIGHTLY, name: 'other' })).toBe(false);
  gate.resolve(NIGHTLY);
  expect(await first).toBe(true);
  expect(store.getState().list.value?.schedules).toHaveLength(1);
});
