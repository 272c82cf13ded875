/** How long, and with how much memory, the used extents of a volume of 1 TiB are found, per file system. */
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Verdict } from './bars.ts';
import { MAP_FAMILIES, prepareMapVolume } from './map-volumes.ts';
import { measure } from './measure.ts';
import { attach } from './volumes.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const MUST_SECONDS = 5;
const MUST_MIB = 200;
const READ_MAP = resolve(import.meta.dirname, 'read-map.ts');

const figuresSchema = z.object({
  mode: z.enum(['used', 'raw']),
  extentCount: z.number(),
  usedBytes: z.number(),
  seconds: z.number(),
});

/** Measures every family with cold caches and prints a row each; returns the bars. */
export async function measureMaps(folder: string): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const paths = new Map<string, string>();
  for (const family of MAP_FAMILIES) paths.set(family, await prepareMapVolume(folder, family, console.log));
  const heading = ['used GiB', 'extents', 'map s', 'whole s', 'RSS MiB'].map((one) => one.padStart(10)).join('');
  console.log(`\n${'used extents of 1 TiB'.padEnd(26)}${heading}`);
  for (const [family, path] of paths) {
    const device = await attach(path, ['--read-only']);
    const one = await measure(folder, { shell: `node '${READ_MAP}' '${device}'` });
    const figures = figuresSchema.parse(JSON.parse(one.stdout));
    const row = [
      (figures.usedBytes / GIB).toFixed(1),
      String(figures.extentCount),
      figures.seconds.toFixed(2),
      one.wallSeconds.toFixed(2),
      (one.peakBytes / MIB).toFixed(0),
    ];
    const name = figures.mode === 'used' ? family : `${family} (read whole)`;
    console.log(`  ${name.padEnd(24)}${row.map((figure) => figure.padStart(10)).join('')}`);
    const value = figures.mode === 'used' ? one.wallSeconds : undefined;
    verdicts.push({ what: `${family}: map of 1 TiB`, value, must: MUST_SECONDS, goal: 1, unit: 's' });
    const memory = figures.mode === 'used' ? one.peakBytes / MIB : undefined;
    verdicts.push({ what: `${family}: memory for it`, value: memory, must: MUST_MIB, goal: 150, unit: 'MiB' });
  }
  return verdicts;
}
