/** What is compiled here: the addon, the window's pages, the hosts' bundles. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { must, top } from '../commands.mjs';
import { nodeHeaders } from './npm.mjs';
import { hashOf, readStamps, writeStamp } from './stamps.mjs';

/**
 * A build step: the file that says how, what it is made from, what it makes, how.
 * @typedef {{ name: string, recipe: string, inputs: string[], outputs: string[], build: () => Promise<unknown> }} Build
 */

const ADDON = 'native/build/Release/stillframe.node';
const FREEZE_PROGRAM = 'native/build/Release/stillframe-freeze';
const LOCK_FILE = 'package-lock.json';
const VITE = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '--config'];

/** Purposes that need less than everything. */
const SUBSETS = {
  check: ['native addon'],
  demo: ['native addon', 'hosts'],
  bench: ['native addon', 'hosts'],
};

/** @type {Build[]} */
const all = [
  {
    name: 'native addon',
    recipe: 'native/binding.gyp',
    inputs: ['native/src', LOCK_FILE],
    outputs: [ADDON, FREEZE_PROGRAM],
    build: buildAddon,
  },
  {
    name: 'window',
    recipe: '.config/vite.renderer.config.ts',
    inputs: ['renderer', 'assets', 'electron/contract', LOCK_FILE],
    outputs: ['out/renderer/index.html'],
    build: () => must('node', [...VITE, '.config/vite.renderer.config.ts']),
  },
  {
    name: 'hosts',
    recipe: '.config/vite.hosts.config.ts',
    inputs: ['electron', 'native/index.ts', 'native/load.ts', 'package.json', LOCK_FILE],
    outputs: ['out/cli/main.js', 'out/desktop/main.js'],
    build: () => must('node', [...VITE, '.config/vite.hosts.config.ts']),
  },
];

/** Steps that the purpose needs: the command line runs without the window, unit tests without either. */
export function buildsFor(purpose) {
  const wanted = SUBSETS[purpose] ?? all.map((one) => one.name);
  return all.filter((one) => wanted.includes(one.name));
}

/** @param {Build} step */
export function isBuilt(step) {
  return step.outputs.every((path) => existsSync(join(top, path))) && readStamps()[step.name] === inputsHash(step);
}

/** Builds and remembers from what. @param {Build} step */
export async function build(step) {
  const hash = inputsHash(step);
  await step.build();
  const absent = step.outputs.filter((path) => !existsSync(join(top, path)));
  if (absent.length > 0) throw new Error(`the build went through but left no ${absent.join(', ')}`);
  writeStamp(step.name, hash);
}

/** @param {Build} step */
function inputsHash(step) {
  return hashOf([step.recipe, ...step.inputs]);
}

/**
 * Builds from nothing and proves that the result can be loaded. A build that fails leaves the addon that was there:
 * whoever is working with it goes on working.
 */
async function buildAddon() {
  const folder = join(top, 'native/build');
  const before = join(top, 'node_modules/.stillframe-addon-before');
  rmSync(before, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, before);
  try {
    const headers = nodeHeaders();
    const args = ['node_modules/node-gyp/bin/node-gyp.js', 'rebuild', '--directory=native', '--jobs=max'];
    // Without headers beside the pinned Node, node-gyp fetches them itself.
    await must('node', headers ? [...args, `--nodedir=${headers}`] : args);
    await must('node', ['--eval', `require(${JSON.stringify(join(top, ADDON))})`]);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (existsSync(before)) renameSync(before, folder);
    throw error;
  }
  rmSync(before, { recursive: true, force: true });
}
