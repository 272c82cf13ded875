/** One window, two hosts: Chromium on the web host always, Electron where its binary is present. Specs cannot tell. */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, _electron as electron, type Page } from '@playwright/test';
import { top } from './programs.ts';
import { entryPoint, environmentOf, type Place } from './stillframe.ts';

/** An open window on an engine of its own. */
export interface Window extends AsyncDisposable {
  readonly page: Page;
  /** Errors of the console so far: violations of the content security policy are among them. */
  readonly problems: readonly string[];
  /** Ends the engine behind the window, as a crash would; the window stays. */
  killEngine(): void;
}

export interface WindowOptions {
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
}

export const DEFAULT_WINDOW: WindowOptions = { width: 1280, height: 800, colorScheme: 'light' };

/** Opens a window of the project that runs: `web` or `electron`. */
export function openWindow(project: string, browser: Browser, place: Place, options = DEFAULT_WINDOW): Promise<Window> {
  return project === 'electron' ? openElectron(place, options) : openInBrowser(browser, place, options);
}

async function openInBrowser(browser: Browser, place: Place, options: WindowOptions): Promise<Window> {
  // Without a password file in the environment: the window asks for the passphrase itself.
  const { STILLFRAME_PASSWORD_FILE: _unused, ...env } = environmentOf(place);
  const host = spawn('node', [entryPoint(), 'web'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await announcedUrl(host);
  const { width, height, colorScheme } = options;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const problems = problemsOf(page);
  await page.goto(url);
  return {
    page,
    problems,
    killEngine: () => host.kill('SIGKILL'),
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await ended(host);
    },
  };
}

function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  return problems;
}

/** The one JSON line that the web host prints. */
async function announcedUrl(host: ChildProcess): Promise<string> {
  const { stdout } = host;
  if (!stdout) throw new Error('the web host has no output');
  const line = await new Promise<string>((found, failed) => {
    createInterface({ input: stdout }).once('line', found);
    host.once('close', (code) => failed(new Error(`the web host ended with ${code}`)));
  });
  const { url } = JSON.parse(line) as { url: string };
  return url;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((done) => child.once('close', done));
  child.kill('SIGTERM');
  await closed;
}

async function openElectron(place: Place, options: WindowOptions): Promise<Window> {
  const { STILLFRAME_PASSWORD_FILE: _unused, ...env } = environmentOf(place);
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const app = await electron.launch({
    executablePath: resolve(top, 'node_modules/electron/dist/electron'),
    args: ['--no-sandbox', resolve(top, 'out/desktop/main.js')],
    env: { ...Object.fromEntries(inherited), ...env },
    colorScheme: options.colorScheme,
  });
  const page = await app.firstWindow();
  const problems = problemsOf(page);
  await page.setViewportSize({ width: options.width, height: options.height });
  return {
    page,
    problems,
    killEngine: () => app.process().kill('SIGKILL'),
    [Symbol.asyncDispose]: () => app.close(),
  };
}
