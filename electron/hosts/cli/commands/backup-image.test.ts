/** What happens to the other volumes when something is wrong with one. */
import { expect, test } from 'vitest';
import { EngineError } from '#engine/base/errors.ts';
import { resolveOptions } from '#engine/policy/resolve-options.ts';
import { systemClock } from '#engine/testing/memory-engine.ts';
import type { CommandContext } from '../command-context.ts';
import { run } from './backup-image.ts';

test('a volume whose rules cannot be asked fails alone, and every volume is in the result', async () => {
  const documents: unknown[] = [];
  const nothing = (): void => undefined;
  const asked: string[] = [];
  const context = {
    name: 'backup image',
    operands: ['/dev/a', '/dev/b'],
    options: resolveOptions({
      command: new Map(),
      environment: {},
      paths: { workingDirectory: '/', homeDirectory: '/' },
    }),
    output: {
      info: nothing,
      message: nothing,
      report: nothing,
      error: nothing,
      result: nothing,
      json: (document: unknown) => documents.push(document),
      style: { json: true, quiet: true },
      worst: 0,
    },
    repository: { openOrCreate: async () => undefined },
    ports: { clock: systemClock },
    cancellation: { signal: new AbortController().signal, race: (promise: Promise<unknown>) => promise },
    engine: {
      preferences: {
        describe: async () => ({ path: '/o', rules: [{ kind: 'exclude.image', pattern: '/dev/c', line: 1 }] }),
        test: async ({ volume }: { volume: string }) => {
          if (volume === '/dev/a') throw new EngineError('INTERNAL', { reason: 'lsblk failed: it was killed.' });
          return { excluded: false, evaluated: [] };
        },
      },
      startBackup: async ({ volume }: { volume: string }) => {
        asked.push(volume);
        throw new EngineError('VOLUME_BUSY', { volume });
      },
    },
  } as unknown as CommandContext;
  await run(context);
  expect(asked).toEqual(['/dev/b']);
  expect(documents).toMatchObject([
    {
      results: [
        { volume: '/dev/a', error: { code: 'INTERNAL' } },
        { volume: '/dev/b', error: { code: 'VOLUME_BUSY' } },
      ],
    },
  ]);
});
