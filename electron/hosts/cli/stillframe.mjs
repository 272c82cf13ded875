#!/usr/bin/env node
/**
 * Starts the command line from a checkout or an installation. Plain JavaScript for Node 18 and newer: the pinned Node
 * runs the program itself. The built program is preferred while no source is newer; else the sources run as they are.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The program's Node; older ones lack what it uses. */
const NODE_MAJOR = 24;
/** The return code of a command that could not be done. */
const ERROR = 12;
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const top = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const built = join(top, 'out', 'cli', 'main.js');
const entry = join(top, 'electron', 'hosts', 'cli', 'main.ts');
/** What the built program is made of. */
const sources = ['electron/contract', 'electron/engine', 'electron/hosts', 'native/index.ts', 'native/load.ts'];

const program = pickProgram();
if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) await import(pathToFileURL(program).href);
else runUnderPinnedNode();

function pickProgram() {
  const builtAt = modifiedAt(built);
  if (!existsSync(entry)) return built;
  return builtAt > 0 && sources.every((path) => newestIn(join(top, path)) <= builtAt) ? built : entry;
}

/** Latest modification below a file or folder, tests left out; 0 where there is nothing. */
function newestIn(path) {
  let newest = modifiedAt(path);
  if (path.endsWith('.ts')) return newest;
  for (const item of readdirSync(path, { withFileTypes: true })) {
    if (item.isDirectory()) newest = Math.max(newest, newestIn(join(path, item.name)));
    else if (!item.name.endsWith('.test.ts')) newest = Math.max(newest, modifiedAt(join(path, item.name)));
  }
  return newest;
}

function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function runUnderPinnedNode() {
  const node = join(top, 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(node)) {
    console.error(`stillframe: Node ${NODE_MAJOR} is missing. Run “npm run setup” in ${top}.`);
    process.exit(ERROR);
  }
  // The fourth stream only tells the program that this launcher is gone, however it ended.
  const child = spawn(node, [program, ...process.argv.slice(2)], {
    // A link may have given us another name, which help shows.
    argv0: basename(process.argv[1] ?? '') === 'dsmc' ? 'dsmc' : 'node',
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`stillframe: ${node} cannot be started: ${error.message}`);
    process.exit(ERROR);
  });
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal ?? 'SIGKILL'] ?? 0));
  });
}
