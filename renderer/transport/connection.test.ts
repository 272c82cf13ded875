import { ORPCError } from '@orpc/client';
import { afterEach, expect, it, vi } from 'vitest';
import { type ConnectionState, createConnection, type OpenAttempt, type OpenLink } from './connection.ts';
import { toWireError } from './remote-error.ts';

interface TestLink {
  opened: OpenLink;
  cut(): void;
}

/** A link whose every answer is `answer`. */
function linkTo(answer: () => unknown): TestLink {
  const broken = Promise.withResolvers<void>();
  return { opened: { link: { call: async () => answer() }, closed: broken.promise }, cut: () => broken.resolve() };
}

afterEach(() => vi.useRealTimers());

async function phaseOf(connection: { state(): ConnectionState }, phase: ConnectionState['phase']): Promise<void> {
  await vi.waitFor(() => expect(connection.state().phase).toBe(phase));
}

it('answers requests once it is online', async () => {
  const connection = createConnection(async () => linkTo(() => ({ volumes: [] })).opened);
  connection.start();
  await phaseOf(connection, 'online');
  expect(await connection.client.volumes.list({})).toEqual({ volumes: [] });
});

it('fails with ENGINE_GONE while there is no engine, and comes back by itself', async () => {
  const links = [linkTo(() => ({ volumes: [] })), linkTo(() => ({ volumes: [] }))];
  let index = 0;
  const open: OpenAttempt = async () => {
    const link = links[index++];
    if (!link) throw new Error('no engine');
    return link.opened;
  };
  const connection = createConnection(open);
  const seen: string[] = [];
  connection.onState((state) => seen.push(state.phase));
  connection.start();
  await phaseOf(connection, 'online');

  links[0]?.cut();
  await phaseOf(connection, 'offline');
  const failure = await connection.client.volumes.list({}).catch((thrown: unknown) => toWireError(thrown));
  expect(failure).toMatchObject({ code: 'ENGINE_GONE' });

  connection.retryNow();
  await phaseOf(connection, 'online');
  expect(seen).toEqual(['online', 'offline', 'online']);
});

it('waits longer after every failed attempt', async () => {
  vi.useFakeTimers();
  const connection = createConnection(async () => {
    throw new Error('refused');
  });
  const delays: number[] = [];
  connection.onState((state) => {
    if (state.phase === 'offline') delays.push(state.retryAtMs - Date.now());
  });
  connection.start();
  await vi.advanceTimersByTimeAsync(40_000);
  expect(delays.slice(0, 6)).toEqual([500, 1000, 2000, 4000, 8000, 10_000]);
});

it('stops for good when the window was refused', async () => {
  let attempts = 0;
  const connection = createConnection(async () => {
    attempts += 1;
    return 'expired';
  });
  connection.start();
  await phaseOf(connection, 'expired');
  expect(attempts).toBe(1);
});

it('keeps code and details of the engine’s errors', async () => {
  const data = { code: 'VOLUME_BUSY', message: 'busy', details: { holders: [{ kind: 'process', name: 'postgres' }] } };
  const connection = createConnection(
    async () =>
      linkTo(() => {
        throw new ORPCError('VOLUME_BUSY', { message: 'busy', data });
      }).opened,
  );
  connection.start();
  await phaseOf(connection, 'online');
  const failure = await connection.client.backup
    .start({ volume: '/dev/vda' })
    .catch((thrown: unknown) => toWireError(thrown));
  expect(failure).toEqual(data);
});
