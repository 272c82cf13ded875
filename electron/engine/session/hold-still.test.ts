import { expect, test } from 'vitest';
import type { ImageType, Serialization } from '#contract';
import { EngineError } from '../base/errors.ts';
import { holdUnlessBusy } from './hold-still.ts';

/** Busy for the first `busy` tries; resolves with what became of it and how often it was tried. */
async function outcome(
  busy: number,
  serialization: Serialization,
  {
    imageType,
    retries = 2,
    code = 'VOLUME_BUSY' as const,
  }: { imageType?: ImageType; retries?: number; code?: 'VOLUME_BUSY' | 'VOLUME_VANISHED' } = {},
): Promise<[string, number]> {
  let tries = 0;
  const attempt = async (): Promise<string> => {
    if (++tries <= busy) throw new EngineError(code);
    return 'still';
  };
  const settings = { serialization, changingRetries: retries, imageType };
  const signal = new AbortController().signal;
  const held = await holdUnlessBusy(attempt, { settings, signal, onBusy: () => undefined }).catch(
    (error: EngineError) => error.code,
  );
  return [held ?? 'fuzzy', tries];
}

test('static fails at once, the shared ones try again, and the dynamic ones take what there is', async () => {
  expect(
    await Promise.all([
      outcome(0, 'static'),
      outcome(9, 'static'),
      outcome(1, 'shrstatic'),
      outcome(9, 'shrstatic', { retries: 1 }),
      outcome(9, 'shrstatic', { retries: 0 }),
      outcome(1, 'shrdynamic'),
      outcome(9, 'shrdynamic', { retries: 1 }),
      outcome(9, 'dynamic'),
      outcome(9, 'dynamic', { imageType: 'static' }),
      outcome(9, 'shrdynamic', { imageType: 'static', retries: 1 }),
      outcome(9, 'dynamic', { imageType: 'snapshot' }),
      outcome(1, 'dynamic', { code: 'VOLUME_VANISHED' }),
    ]),
  ).toEqual([
    ['still', 1],
    ['VOLUME_BUSY', 1],
    ['still', 2],
    ['VOLUME_BUSY', 2],
    ['VOLUME_BUSY', 1],
    ['still', 2],
    ['fuzzy', 2],
    ['fuzzy', 1],
    ['VOLUME_BUSY', 1],
    ['VOLUME_BUSY', 2],
    ['fuzzy', 1],
    ['VOLUME_VANISHED', 1],
  ]);
});

test('a cancel ends the pause', async () => {
  const abort = new AbortController();
  const began = performance.now();
  const held = holdUnlessBusy(() => Promise.reject(new EngineError('VOLUME_BUSY')), {
    settings: { serialization: 'shrstatic', changingRetries: 4, imageType: undefined },
    signal: abort.signal,
    onBusy: () => setTimeout(() => abort.abort(), 20),
  });
  await expect(held).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(performance.now() - began).toBeLessThan(200);
});
