#!/usr/bin/env node
/**
 * Brings a bare clone to where everything runs: Debian packages, npm packages with the pinned Node, the addon, the
 * window and the hosts. Plain JavaScript for Node 18 and newer, because it runs before anything is installed. Steps
 * whose inputs did not change are skipped.
 *
 *   node .ci/setup.mjs [--for=run|check|demo|test|bench] [--build] [-- FILE ARGUMENT…]
 *
 * `--build` builds even what is current; `--` runs FILE afterwards under the pinned Node.
 */
import { become, top } from './commands.mjs';
import { build, buildsFor, isBuilt } from './setup/builds.mjs';
import { installNpm, npmIsCurrent } from './setup/npm.mjs';
import { installPackages, missingPackages, packagesFor, purposes } from './setup/packages.mjs';
import { claimFolder } from './setup/stamps.mjs';

const say = (line) => console.error(line.replace(/^/gm, '  '));

async function main() {
  const wish = parse(process.argv.slice(2));
  const started = performance.now();
  process.chdir(top);

  const missing = missingPackages(packagesFor(wish.purpose));
  if (missing.length > 0) await step('Debian packages', () => installPackages(missing, say));

  const stale = () => buildsFor(wish.purpose).filter((one) => wish.rebuild || !isBuilt(one));
  if (!npmIsCurrent() || stale().length > 0) {
    const release = await claimFolder(say);
    // Looked at again: the run that held the folder may have done the work.
    if (!npmIsCurrent()) await step('npm packages', () => installNpm(say));
    for (const one of stale()) await step(one.name, () => build(one));
    release();
  }
  if (!wish.command) console.error(`Ready (${seconds(started)}).`);
  else become('node', wish.command);
}

/** Says what is being done, how long it took, and what failed. */
async function step(name, work) {
  const started = performance.now();
  console.error(`setup: ${name} …`);
  await work();
  console.error(`setup: ${name} done in ${seconds(started)}`);
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function parse(args) {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  const wish = { purpose: 'run', rebuild: false, command: end < 0 ? undefined : args.slice(end + 1) };
  for (const option of options) {
    const purpose = /^--for=(.+)$/.exec(option)?.[1];
    if (purpose && purposes.includes(purpose)) wish.purpose = purpose;
    else if (option === '--build') wish.rebuild = true;
    else throw new Error(`unknown option ${option}; known are --build and --for= with ${purposes.join(', ')}`);
  }
  return wish;
}

main().catch((error) => {
  console.error(`\nsetup failed: ${error.message}`);
  process.exit(1);
});
