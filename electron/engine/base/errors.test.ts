import { describe, expect, test } from 'vitest';
import { abortError, EngineError, isCancelled, throwIfCancelled, toEngineError, toWireError } from './errors.ts';

describe('what an aborted signal means', () => {
  test('cancelled, when a person stopped it', () => {
    const controller = new AbortController();
    throwIfCancelled(controller.signal);
    controller.abort();
    expect(abortError(controller.signal).code).toBe('CANCELLED');
    expect(() => throwIfCancelled(controller.signal)).toThrow('CANCELLED');
  });

  test("the engine's own reason, when a lock was lost: that is a failure, nobody stopped anything", () => {
    const signal = AbortSignal.abort(new EngineError('REPOSITORY_LOCK_LOST', { repository: '/r' }));
    expect(() => throwIfCancelled(signal)).toThrow('REPOSITORY_LOCK_LOST');
    expect(isCancelled(abortError(signal))).toBe(false);
  });
});

test('what could not be put back is told, even when the run had failed before', async () => {
  const failing = {
    [Symbol.asyncDispose]: async () => {
      throw new EngineError('VOLUME_REMOUNT_FAILED', { volume: '/dev/sdb1', leftBehind: ['/home is read-only'] });
    },
  };
  const run = async (): Promise<void> => {
    await using _held = failing;
    throw new EngineError('CANCELLED');
  };
  const error = await run().catch(toEngineError);
  expect(error).toMatchObject({
    code: 'VOLUME_REMOUNT_FAILED',
    details: { leftBehind: ['/home is read-only'], before: 'CANCELLED' },
  });
});

test('anything unexpected is a bug, with its sentence and without its stack', () => {
  expect(toWireError(new TypeError('x is not a function'))).toEqual({
    code: 'INTERNAL',
    message: 'INTERNAL {"reason":"x is not a function"}',
    details: { reason: 'x is not a function' },
  });
});
