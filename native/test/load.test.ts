import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAddon, loadAddonFrom, locateFreezeProgram } from '../load.ts';
import { Scratch } from './volumes.ts';

test('the addon and the program are found from the sources and from a bundle', () => {
  using scratch = new Scratch();
  for (const folder of ['native/build/Release', 'native', 'out/desktop']) {
    mkdirSync(join(scratch.path, folder), { recursive: true });
  }
  const addon = scratch.file('native/build/Release/stillframe.node', Buffer.from('not an addon'));
  expect(findAddon(join(scratch.path, 'native'))).toBe(addon);
  expect(findAddon(join(scratch.path, 'out', 'desktop'))).toBe(addon);
  expect(() => locateFreezeProgram(join(scratch.path, 'native'))).toThrow(/not built.*npm run setup/);
  const program = scratch.file('native/build/Release/stillframe-freeze', Buffer.from('not a program'));
  expect(locateFreezeProgram(join(scratch.path, 'out', 'desktop'))).toBe(program);
});

test('a missing and a broken addon say how to build it', () => {
  using scratch = new Scratch();
  expect(() => loadAddonFrom(scratch.path)).toThrow(/not built.*npm run setup/);
  mkdirSync(join(scratch.path, 'native/build/Release'), { recursive: true });
  scratch.file('native/build/Release/stillframe.node', Buffer.from('not an addon'));
  expect(() => loadAddonFrom(scratch.path)).toThrow(/cannot be loaded.*npm run setup/);
});
