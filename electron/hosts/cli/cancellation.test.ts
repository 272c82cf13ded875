import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { Cancellation } from './cancellation.ts';

function started() {
  const source = new EventEmitter();
  const said: string[] = [];
  const clock = { ms: 1000 };
  const cancellation = new Cancellation(
    source,
    (text) => said.push(text),
    () => clock.ms,
  );
  return { source, said, clock, cancellation };
}

test('SIGHUP is how restic asks whether a lock holder lives; it cancels nothing', () => {
  const { source, said, cancellation } = started();
  expect(source.emit('SIGHUP')).toBe(true);
  expect(cancellation.signal.aborted).toBe(false);
  expect(said).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM', 'disconnect'])('%s cancels', (event) => {
  const { source, said, cancellation } = started();
  expect(cancellation.signal.aborted).toBe(false);
  source.emit(event);
  expect(cancellation.signal.aborted).toBe(true);
  expect(said).toEqual(['Cancelling. Please wait until devices, mounts and locks are released.']);
});

test('the same interrupt from two sides is one, a later one is answered', () => {
  const { source, said, clock } = started();
  source.emit('SIGINT');
  clock.ms += 100;
  source.emit('SIGINT');
  expect(said).toHaveLength(1);
  clock.ms += 2000;
  source.emit('SIGINT');
  expect(said[1]).toMatch(/^Still releasing\./);
});

test('race ends as soon as a signal comes, and passes results and errors on', async () => {
  const { source, cancellation } = started();
  await expect(cancellation.race(Promise.resolve(7))).resolves.toBe(7);
  await expect(cancellation.race(Promise.reject(new Error('no')))).rejects.toThrow('no');
  const endless = cancellation.race(new Promise(() => undefined));
  source.emit('SIGTERM');
  await expect(endless).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(cancellation.race(Promise.resolve(7))).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('an interrupt ends one command of a session, what ends the session ends all', () => {
  const { source, cancellation } = started();
  const first = cancellation.signal;
  source.emit('SIGINT');
  expect(first.aborted).toBe(true);
  expect(cancellation.ending.aborted).toBe(false);
  cancellation.renew();
  expect(cancellation.signal.aborted).toBe(false);
  source.emit('SIGTERM');
  cancellation.renew();
  expect([cancellation.signal.aborted, cancellation.ending.aborted]).toEqual([true, true]);
});
