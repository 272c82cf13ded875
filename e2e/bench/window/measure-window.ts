/** The window's figures: cold start, smooth lists, the block map, and what the bundle weighs. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from '@playwright/test';
import { run } from '../../driver/programs.ts';
import { entryPoint, environmentOf, type Place } from '../../driver/stillframe.ts';
import type { Verdict } from '../bars.ts';
import { weighBundle } from './bundle.ts';
import { startFixtureHost } from './fixture-host.ts';
import { judgeFrames, scrollFrames } from './frames.ts';

const KIB = 1024;
const STARTS = 5;
const SIZE = { width: 1280, height: 800 };

/** Longest row of slow frames that nobody sees. */
const MOST_BURST = 2;

/** Measures everything; traces of Chromium go into `folder`. */
export async function measureWindow(folder: string): Promise<Verdict[]> {
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.STILLFRAME_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  try {
    const verdicts = [...(await coldStart(browser, folder)), ...(await lists(browser, folder))];
    const weight = await weighBundle();
    console.log(`scripts, gzip: ${weight.heaviest.map(([name, bytes]) => `${name} ${kib(bytes)}`).join(', ')}`);
    const kilobytes = (bytes: number): number => bytes / KIB;
    return [
      ...verdicts,
      { what: 'scripts of the first page', value: kilobytes(weight.firstBytes), must: 600, goal: 400, unit: 'KiB' },
      { what: 'all scripts', value: kilobytes(weight.allBytes), must: 1200, goal: 900, unit: 'KiB' },
    ];
  } finally {
    await browser.close();
  }
}

function kib(bytes: number): string {
  return `${(bytes / KIB).toFixed(0)} KiB`;
}

/** From the start of `stillframe web`, and from the navigation, to a hub that can be used; the real engine behind it. */
async function coldStart(browser: Browser, folder: string): Promise<Verdict[]> {
  const place: Place = {
    repository: join(folder, 'repository'),
    passwordFile: join(folder, 'passphrase'),
    home: join(folder, 'home'),
  };
  await run('rm', ['-rf', place.repository, place.home]);
  await writeFile(place.passwordFile, 'correct horse battery staple\n', { mode: 0o600 });
  await run('node', [entryPoint(), 'init'], { env: environmentOf(place) });
  const whole: number[] = [];
  const pages: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    const began = performance.now();
    const host = spawn('node', [entryPoint(), 'web'], {
      env: { ...process.env, ...environmentOf(place) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((found) => createInterface({ input: host.stdout }).once('line', found));
    const context = await browser.newContext({ viewport: SIZE });
    const page = await context.newPage();
    const navigated = performance.now();
    await page.goto((JSON.parse(line) as { url: string }).url);
    await usableHub(page);
    pages.push(performance.now() - navigated);
    whole.push(performance.now() - began);
    await context.close();
    const gone = new Promise((done) => host.once('close', done));
    host.kill('SIGTERM');
    await gone;
  }
  console.log(`page to usable hub: ${pages.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  console.log(`engine start to usable hub: ${whole.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  return [
    { what: 'page to usable hub', value: median(pages) / 1000, must: 2, goal: 1, unit: 's' },
    { what: 'engine start to usable hub', value: median(whole) / 1000, must: 3, goal: 2, unit: 's' },
  ];
}

/** The four ways in can be pressed and the status is known. */
async function usableHub(page: Page): Promise<void> {
  const main = page.getByRole('main');
  await main
    .getByRole('button', { name: /^Backup/ })
    .first()
    .waitFor();
  await page.getByRole('region', { name: 'Status' }).getByText(/free/).waitFor();
}

/** 10,000 images and 2,000 runs scroll without a burst of slow frames. */
async function lists(browser: Browser, folder: string): Promise<Verdict[]> {
  await using host = await startFixtureHost('--many');
  const context = await browser.newContext({ viewport: SIZE });
  const page = await context.newPage();
  await page.goto(host.url);
  const verdicts: Verdict[] = [];
  for (const { view, grid } of [
    { view: 'Restore', grid: 'Images' },
    { view: 'Activity', grid: 'Runs' },
  ]) {
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click();
    const table = page.getByRole('grid', { name: grid });
    await table.getByRole('row').nth(2).waitFor();
    const rows = Number(await table.getAttribute('aria-rowcount'));
    await browser.startTracing(page, { path: join(folder, `trace-${view.toLowerCase()}.json`) });
    const frames = judgeFrames(await scrollFrames(table, 120, 4));
    await browser.stopTracing();
    console.log(
      `${view}: ${rows} rows, ${frames.count} frames, median ${frames.median.toFixed(1)} ms, p95 ${frames.p95.toFixed(1)} ms, longest ${frames.longest.toFixed(1)} ms, burst ${frames.burst}`,
    );
    verdicts.push({
      what: `${view}: slow frames in a row`,
      value: frames.burst,
      must: MOST_BURST,
      goal: 1,
      unit: 'count',
    });
  }
  await context.close();
  return verdicts;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
