import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createScheduling } from './scheduling.ts';

const TOP = resolve(import.meta.dirname, '../..');

test('the program is the launcher under the pinned Node, from sources and bundles alike', () => {
  for (const from of ['electron/hosts', 'out/cli', 'out/cli/chunks', 'out/desktop'].map((folder) =>
    join(TOP, folder),
  )) {
    const { program } = createScheduling({}, '/root', from);
    expect(program).toEqual([join(TOP, 'node_modules/node/bin/node'), join(TOP, 'electron/hosts/cli/stillframe.mjs')]);
    expect(program.every((path) => existsSync(path))).toBe(true);
  }
});

test('only what names our folders is handed on, and no secret', () => {
  const environment = {
    HOME: '/home/ada',
    PATH: '/home/ada/bin',
    XDG_CONFIG_HOME: '/etc/mine',
    XDG_STATE_HOME: 'relative',
    STILLFRAME_PASSWORD: 'secret',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  expect(createScheduling(environment, '/root', TOP).environment).toEqual({
    HOME: '/home/ada',
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    XDG_CONFIG_HOME: '/etc/mine',
  });
  expect(createScheduling({}, '/home/bob', TOP).environment.HOME).toBe('/home/bob');
});

test('a test names the folder that stands for /, and nobody else does by accident', () => {
  expect(createScheduling({ STILLFRAME_SYSTEM_ROOT: '/tmp/x' }, '/root', TOP).root).toBe('/tmp/x');
  expect(createScheduling({ STILLFRAME_SYSTEM_ROOT: 'x' }, '/root', TOP).root).toBe('/');
  expect(createScheduling({}, '/root', TOP).root).toBe('/');
});
