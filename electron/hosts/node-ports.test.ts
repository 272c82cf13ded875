import { expect, test } from 'vitest';
import { jsonLogger, systemRandom, xdgDirectories } from './node-ports.ts';

test('directories default below the home directory', () => {
  expect(xdgDirectories({}, '/root')).toEqual({
    config: '/root/.config/stillframe',
    state: '/root/.local/state/stillframe',
    data: '/root/.local/share/stillframe',
  });
});

test('absolute variables move them, relative and empty ones do not', () => {
  const environment = { XDG_CONFIG_HOME: '/etc/mine', XDG_STATE_HOME: 'relative', XDG_DATA_HOME: '' };
  expect(xdgDirectories(environment, '/home/ada')).toEqual({
    config: '/etc/mine/stillframe',
    state: '/home/ada/.local/state/stillframe',
    data: '/home/ada/.local/share/stillframe',
  });
});

test('the log is one JSON object a line', () => {
  const lines: string[] = [];
  const logger = jsonLogger((line) => lines.push(line), { now: () => 0, monotonic: () => 0 });
  logger.warn('pack is short', { pack: 'ab' });
  expect(lines).toEqual(['{"time":"1970-01-01T00:00:00.000Z","level":"warn","message":"pack is short","pack":"ab"}\n']);
});

test('random numbers stay below their limit', () => {
  expect(systemRandom.bytes(32)).toHaveLength(32);
  for (let i = 0; i < 100; i++) expect(systemRandom.below(3)).toBeLessThan(3);
});
