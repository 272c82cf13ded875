/**
 * `npm run screenshots`: every screen in both themes and two sizes, as PNG files below docs/screenshots or the folder
 * that is given. On canned data, because the volumes that they show fit no build machine.
 *
 *   npm run screenshots -- [--folder=docs/screenshots/tour] [--only=NAME,…] [--language=en|de]
 *
 * Ends with 1 where a screen could not be reached, wrote an error to the console or is wider than its window.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from '@playwright/test';
import { startFixtureHost } from '../bench/window/fixture-host.ts';
import { SCREENS, type Screen } from './screens.ts';

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string', default: 'docs/screenshots/tour' },
    only: { type: 'string', default: '' },
    language: { type: 'string', default: 'en' },
  },
});

const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 640 },
] as const;

/** What is wrong with a screen, in words; empty where nothing is. */
async function shoot(
  browser: Browser,
  screen: Screen,
  theme: (typeof THEMES)[number],
  size: (typeof SIZES)[number],
  folder: string,
): Promise<string[]> {
  await using host = await startFixtureHost(...(screen.host ?? []));
  const context = await browser.newContext({
    viewport: size,
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: options.language,
  });
  const name = `${screen.name}-${theme}-${size.width}`;
  const problems: string[] = [];
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${name}: ${String(error)}`));
  try {
    await page.goto(host.url);
    await screen.go(page);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wider > 0) problems.push(`${name}: ${wider} pixels wider than the window`);
  } catch (error) {
    problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
  return problems;
}

async function main(): Promise<boolean> {
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.STILLFRAME_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
  const wanted = options.only.split(',').filter(Boolean);
  const problems: string[] = [];
  try {
    for (const screen of SCREENS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      for (const theme of THEMES) {
        for (const size of SIZES) problems.push(...(await shoot(browser, screen, theme, size, folder)));
      }
      console.log(screen.name);
    }
  } finally {
    await browser.close();
  }
  for (const problem of problems) console.error(problem);
  return problems.length === 0;
}

process.exitCode = (await main()) ? 0 : 1;
