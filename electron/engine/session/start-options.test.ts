import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ports } from '../ports.ts';
import { startOptions } from './start-options.ts';

let config: string;
const warnings: string[] = [];

beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'stillframe-start-'));
  warnings.length = 0;
});
afterEach(() => rm(config, { recursive: true }));

function start(environment: Record<string, string> = {}) {
  const nothing = (): void => undefined;
  const logger = { debug: nothing, info: nothing, error: nothing, warn: (text: string) => warnings.push(text) };
  const ports = { directories: { config, state: config, data: config }, logger } as unknown as Ports;
  return startOptions(ports, environment);
}

test('without a file, what the environment says', async () => {
  expect(await start()).toEqual({ repositoryLocation: undefined, passphrase: undefined });
  expect(await start({ STILLFRAME_REPOSITORY: '/r', STILLFRAME_PASSWORD: 'p' })).toEqual({
    repositoryLocation: '/r',
    passphrase: 'p',
  });
});

test('what the options file says, whatever else is wrong in it', async () => {
  await writeFile(join(config, 'words'), 'staple\n');
  await writeFile(join(config, 'stillframe.opt'), 'imagegapsize lots\nrepository store\npasswordfile words\n');
  expect(await start()).toEqual({ repositoryLocation: join(config, 'store'), passphrase: 'staple' });
  expect(await start({ STILLFRAME_REPOSITORY: '/r' })).toMatchObject({ repositoryLocation: '/r' });
  expect(warnings).toEqual([]);
});

test('what cannot be used is logged, and nothing is thrown', async () => {
  await writeFile(join(config, 'stillframe.opt'), 'repository ""\npasswordfile missing\n');
  expect(await start()).toMatchObject({ repositoryLocation: undefined, passphrase: undefined });
  expect(warnings).toHaveLength(2);
});

test('where the options file does not say which repository, no other one is taken instead', async () => {
  await writeFile(join(config, 'stillframe.opt'), 'repository ""\n');
  expect((await start()).refusal).toMatchObject({ code: 'OPTION_INVALID', details: { option: 'repository' } });
  expect((await start({ STILLFRAME_REPOSITORY: '/r' })).refusal).toBeUndefined();
  await rm(join(config, 'stillframe.opt'));
  await mkdir(join(config, 'stillframe.opt'));
  expect((await start()).refusal).toMatchObject({ code: 'OPTION_INVALID' });
  expect(await start({ STILLFRAME_REPOSITORY: '/r' })).toEqual({ repositoryLocation: '/r', passphrase: undefined });
});
