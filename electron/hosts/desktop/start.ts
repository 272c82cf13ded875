/** `npm start`: opens the best window that this machine offers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { xdgDirectories } from '../node-ports.ts';
import { openChromium } from './chromium-window.ts';
import { candidates, chooseWindow, type StartChoice } from './start-choice.ts';
import { startWebChild } from './web-child.ts';

const top = resolve(import.meta.dirname, '../../..');
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const say = (line: string): void => console.error(line);

function present(paths: readonly string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}

async function main(): Promise<number> {
  const { state } = xdgDirectories();
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const profileDirectory = mkdtempSync(join(state, 'chromium-'));
  try {
    const choice = chooseWindow(
      {
        electron: present([join(top, 'node_modules/electron/dist/electron')]),
        chromium: present(candidates(CHROMIUM_NAMES, process.env.PATH ?? '')),
        hasDisplay: Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY),
        isRoot: process.getuid?.() === 0,
        profileDirectory,
      },
      join(top, 'out/desktop/main.js'),
    );
    return choice.kind === 'electron' ? await runElectron(choice) : await runWeb(choice);
  } finally {
    // A browser that is still ending may write once more.
    rmSync(profileDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function runElectron({ command, args }: Extract<StartChoice, { kind: 'electron' }>): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

/** Serves the window from a child process until the window is closed or this process is told to end. */
async function runWeb(choice: Exclude<StartChoice, { kind: 'electron' }>): Promise<number> {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end());
  const web = await startWebChild(join(top, 'out/cli/main.js'));
  web.process.once('exit', () => end());
  try {
    if (choice.kind === 'chromium') await showChromium(choice, web.url, ended);
    else await showAddress(web.url, ended);
  } finally {
    await web.stop();
  }
  return 0;
}

async function showChromium(
  { command, args }: Extract<StartChoice, { kind: 'chromium' }>,
  url: string,
  ended: Promise<void>,
): Promise<void> {
  say('No Electron binary here: opening Chromium’s window. Closing it ends Stillframe.');
  const window = await openChromium(command, args, url).catch((error: unknown) => {
    say(`Chromium’s window could not be opened: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (window === undefined) return showAddress(url, ended);
  const closed = once(window, 'exit');
  await Promise.race([closed, ended]);
  window.kill();
  await closed;
}

async function showAddress(url: string, ended: Promise<void>): Promise<void> {
  say('Open this address in a browser on this machine; Ctrl+C ends Stillframe.');
  console.log(url);
  await ended;
}

process.exitCode = await main();
