/**
 * How quickly the window paints a block map of two million blocks, and how smooth it stays while a backup runs.
 *
 *   node e2e/bench/block-map.ts [--rounds=5] [--trace=FILE]
 *
 * Needs `out/renderer` and Chromium. The engine behind the window is the one of `renderer/dev/fixture-server.ts`. First
 * paint: from the first byte of the map being unpacked to the frame after the canvas was drawn. The trace opens in
 * Chromium's performance panel. Ends with 1 where a bar is missed.
 */
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { startFixtureHost } from './window/fixture-host.ts';

const MUST_FIRST_PAINT_MS = 150;
const MUST_FRAMES = 30;
/** A frame that took longer than this is one that people see. */
const LONG_FRAME_MS = 50;
const RUN_MS = 6000;

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, trace: { type: 'string' } },
});

/** What the page says of itself. */
interface Figures {
  /** Each time a map began to be unpacked, milliseconds. */
  unpacked: number[];
  /** Each time a canvas was drawn. */
  drawn: number[];
  /** Each frame. */
  frames: number[];
}

/** Runs in the page, before anything of ours: notes when maps are unpacked, drawn and shown. */
function watchPage(): void {
  const figures: Figures = { unpacked: [], drawn: [], frames: [] };
  Reflect.set(globalThis, 'blockFigures', figures);
  const Original = globalThis.DecompressionStream;
  globalThis.DecompressionStream = class extends Original {
    constructor(format: CompressionFormat) {
      figures.unpacked.push(performance.now());
      super(format);
    }
  };
  const getContext = HTMLCanvasElement.prototype.getContext;
  Reflect.set(HTMLCanvasElement.prototype, 'getContext', function (this: HTMLCanvasElement, ...args: unknown[]) {
    figures.drawn.push(performance.now());
    return Reflect.apply(getContext, this, args);
  });
  const frame = (): void => {
    figures.frames.push(performance.now());
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function figuresOf(page: Page): Promise<Figures> {
  return page.evaluate(() => Reflect.get(globalThis, 'blockFigures') as Figures);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** From the unpacking to the frame after the drawing that followed it. */
function firstPaint({ unpacked, drawn, frames }: Figures): number {
  const [begun = Number.NaN] = unpacked;
  const painted = drawn.find((time) => time > begun) ?? Number.NaN;
  return (frames.find((time) => time > painted) ?? Number.NaN) - begun;
}

async function openImage(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Restore' }).click();
  await page.locator('canvas.sf-blocks-canvas').first().waitFor();
  await page.waitForTimeout(500);
  return firstPaint(await figuresOf(page));
}

/** The map of a backup that runs. */
async function watchBackup(page: Page, url: string): Promise<{ paint: number; gaps: number[]; paintings: number }> {
  await page.goto(url);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Backup' }).click();
  const volumes = page.getByRole('treegrid', { name: 'Volumes' });
  await volumes.getByRole('row').filter({ hasText: 'sdb1' }).getByRole('checkbox').check();
  await page.getByRole('button', { name: /^Back up 1 volume/ }).click();
  await page.locator('canvas.sf-blocks-canvas').first().waitFor();
  await page.waitForTimeout(1000);
  const before = await figuresOf(page);
  if (options.trace) await page.context().browser()?.startTracing(page, { path: options.trace });
  await page.waitForTimeout(RUN_MS);
  if (options.trace) await page.context().browser()?.stopTracing();
  const after = await figuresOf(page);
  const frames = after.frames.slice(before.frames.length - 1);
  return {
    paint: firstPaint(before),
    gaps: frames.slice(1).map((time, i) => time - (frames[i] ?? time)),
    paintings: after.drawn.length - before.drawn.length,
  };
}

const host = await startFixtureHost('--huge', '--seconds=20');
try {
  const { url } = host;
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(watchPage);
  const page = await context.newPage();
  const paints: number[] = [];
  for (let round = 0; round < Number(options.rounds); round++) paints.push(await openImage(page, url));
  const { paint, gaps, paintings } = await watchBackup(page, url);
  await browser.close();
  const sorted = gaps.toSorted((a, b) => a - b);
  const perSecond = gaps.length / (gaps.reduce((sum, gap) => sum + gap, 0) / 1000);
  const long = gaps.filter((gap) => gap > LONG_FRAME_MS).length;
  const image = median(paints);
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  console.log(`image, 2 Mi blocks: first paint ${ms(image)} (${paints.map((one) => one.toFixed(0)).join(', ')})`);
  console.log(`running backup, 2 Mi blocks: first paint ${ms(paint)}`);
  console.log(
    `  ${perSecond.toFixed(1)} frames a second, ${(paintings / (RUN_MS / 1000)).toFixed(1)} paintings a second`,
  );
  console.log(`  frame: median ${ms(median(gaps))}, 99 % below ${ms(sorted[Math.floor(sorted.length * 0.99)] ?? 0)}`);
  console.log(`  longest ${ms(sorted.at(-1) ?? 0)}, ${long} of ${gaps.length} longer than ${LONG_FRAME_MS} ms`);
  const met = image < MUST_FIRST_PAINT_MS && paint < MUST_FIRST_PAINT_MS && perSecond >= MUST_FRAMES;
  console.log(
    `bars (first paint < ${MUST_FIRST_PAINT_MS} ms, >= ${MUST_FRAMES} frames a second): ${met ? 'met' : 'MISSED'}`,
  );
  if (!met) process.exitCode = 1;
} finally {
  await host[Symbol.asyncDispose]();
}
