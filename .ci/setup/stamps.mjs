/** Remembers what each step was made from, so that a step whose inputs did not change is not repeated. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { top } from '../commands.mjs';

const STAMPS = join(top, '.setup-stamps.json');
const LOCK = join(top, '.setup-stamps.lock');
/** Made by the steps themselves or never built from. */
const NOT_INPUTS = new Set(['node_modules', 'build', 'out', '.git']);

/**
 * One hash over the paths and contents of files and folders, test files left out.
 * @param {readonly string[]} paths relative to the top; absent ones count as absent
 */
export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

function addTo(hash, path) {
  const full = join(top, path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) if (!NOT_INPUTS.has(name)) addTo(hash, `${path}/${name}`);
  } else if (!/\.test\.[cm]?tsx?$/.test(path)) {
    const bytes = readFileSync(full);
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
}

/** @returns {Record<string, string>} step name → hash of its inputs */
export function readStamps() {
  try {
    return JSON.parse(readFileSync(STAMPS, 'utf8'));
  } catch {
    // Absent or half-written: everything is built again, which is always right.
    return {};
  }
}

/** @param {string} step @param {string} hash */
export function writeStamp(step, hash) {
  writeFileSync(`${STAMPS}.new`, `${JSON.stringify({ ...readStamps(), [step]: hash }, null, 2)}\n`);
  renameSync(`${STAMPS}.new`, STAMPS);
}

/** Waits until no other set-up works in this folder, then claims it. Returns what gives it back. */
export async function claimFolder(say) {
  for (let told = false; ; told = true) {
    try {
      const file = openSync(LOCK, 'wx');
      writeSync(file, `${process.pid}\n`);
      closeSync(file);
      return heldLock();
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = ownerOfLock();
    if (owner === undefined) rmSync(LOCK, { force: true });
    else if (!told) say(`waiting for the set-up of process ${owner}`);
    await sleep(300);
  }
}

/** Gives the lock back when asked to, and when this process is interrupted. */
function heldLock() {
  const remove = () => rmSync(LOCK, { force: true });
  const leave = () => process.exit(130);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  process.on('exit', remove);
  for (const signal of signals) process.on(signal, leave);
  return () => {
    process.off('exit', remove);
    for (const signal of signals) process.off(signal, leave);
    remove();
  };
}

/** Process that holds the lock, or undefined where it is gone. */
function ownerOfLock() {
  try {
    const pid = Number(readFileSync(LOCK, 'utf8'));
    // Empty for the moment between creating and writing it.
    if (pid === 0) return 0;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return error.code === 'EPERM' ? -1 : undefined;
  }
}
