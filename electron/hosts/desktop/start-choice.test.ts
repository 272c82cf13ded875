import { describe, expect, it } from 'vitest';
import { candidates, chooseWindow, type Surroundings } from './start-choice.ts';

const bare: Surroundings = {
  electron: undefined,
  chromium: undefined,
  hasDisplay: true,
  isRoot: false,
  profileDirectory: '/state/chromium-1',
};

describe('chooseWindow', () => {
  it('prefers Electron', () => {
    const found = { ...bare, electron: '/e/electron', chromium: '/usr/bin/chromium' };
    expect(chooseWindow(found, '/out/main.js')).toEqual({
      kind: 'electron',
      command: '/e/electron',
      args: ['/out/main.js'],
    });
  });

  it('falls back to Chromium with a profile of its own', () => {
    const choice = chooseWindow({ ...bare, chromium: '/usr/bin/chromium' }, '/out/main.js');
    expect(choice).toMatchObject({ kind: 'chromium', command: '/usr/bin/chromium' });
    expect(choice.kind === 'chromium' && choice.args).toContain('--user-data-dir=/state/chromium-1');
  });

  it('gives up the sandbox for root only', () => {
    for (const isRoot of [true, false]) {
      for (const browser of [{ electron: '/e' }, { chromium: '/c' }]) {
        const choice = chooseWindow({ ...bare, ...browser, isRoot }, '/out/main.js');
        expect(choice.kind !== 'address' && choice.args.includes('--no-sandbox')).toBe(isRoot);
      }
    }
  });

  it('leaves the address where there is no browser or no display', () => {
    expect(chooseWindow(bare, '/m')).toEqual({ kind: 'address' });
    expect(chooseWindow({ ...bare, electron: '/e', chromium: '/c', hasDisplay: false }, '/m')).toEqual({
      kind: 'address',
    });
  });
});

describe('candidates', () => {
  it('looks for names in the order given and ignores relative folders', () => {
    expect(candidates(['a', 'b'], '/x:relative::/y')).toEqual(['/x/a', '/y/a', '/x/b', '/y/b']);
  });
});
