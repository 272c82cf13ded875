/**
 * Builds and runs the tests of the C++ core: plain, and under AddressSanitizer and UndefinedBehaviorSanitizer;
 * `--thread` adds ThreadSanitizer. Objects are kept in node_modules/.cache/stillframe-core-tests and compiled again only when a source or
 * a header is newer. Plain JavaScript for Node 18 and later; needs g++, libcrypto.a and libzstd.a.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const native = dirname(dirname(fileURLToPath(import.meta.url)));
const VARIANTS = {
  plain: ['-O2'],
  address: ['-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'],
  thread: ['-O1', '-fsanitize=thread'],
};
const FLAGS = ['-std=c++20', '-g', '-Wall', '-Wextra', '-Werror', '-pthread', `-I${join(native, 'src')}`];

const filesIn = (folder, ending) =>
  readdirSync(join(native, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(native, folder, name));
const sources = [...filesIn('src/core', '.cc'), ...filesIn('test/core', '.cc')];
const headers = [...filesIn('src/core', '.h'), ...filesIn('test/core', '.h')];
const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const newestHeader = Math.max(...headers.map(changed));

/** Runs a command; resolves with its output, rejects with its output as the message. */
const run = (command, args) =>
  new Promise((resolve, reject) => {
    execFile(command, args, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${basename(command)} failed\n${stdout}${stderr}`));
      else resolve(stdout);
    });
  });

async function build(variant) {
  const folder = join(dirname(native), 'node_modules', '.cache', 'stillframe-core-tests', variant);
  mkdirSync(folder, { recursive: true });
  const objects = sources.map((source) => join(folder, `${basename(source)}.o`));
  const stale = sources.filter((source, i) => changed(objects[i]) < Math.max(changed(source), newestHeader));
  const compile = async () => {
    for (let source = stale.shift(); source !== undefined; source = stale.shift()) {
      await run('g++', [...FLAGS, ...VARIANTS[variant], '-c', source, '-o', join(folder, `${basename(source)}.o`)]);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, compile));
  const binary = join(folder, 'core-tests');
  if (changed(binary) < Math.max(...objects.map(changed))) {
    await run('g++', [...VARIANTS[variant], '-pthread', ...objects, '-l:libcrypto.a', '-l:libzstd.a', '-o', binary]);
  }
  return binary;
}

const [filter] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const variant of ['plain', 'address', ...(process.argv.includes('--thread') ? ['thread'] : [])]) {
  try {
    const output = await run(await build(variant), filter === undefined ? [] : [filter]);
    process.stdout.write(`${variant}: ${output}`);
  } catch (error) {
    process.stdout.write(`${variant}: ${error.message}\n`);
    process.exitCode = 1;
  }
}
