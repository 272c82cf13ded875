/** What the window weighs, as a browser fetches it: gzip. */
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { top } from '../../driver/programs.ts';

/** Bytes after gzip. */
export interface BundleWeight {
  /** Scripts that the first page needs. */
  firstBytes: number;
  /** All scripts, also those that are fetched when they are needed. */
  allBytes: number;
  /** The heaviest of those, by name. */
  heaviest: [name: string, bytes: number][];
}

/** Weighs `out/renderer`. */
export async function weighBundle(): Promise<BundleWeight> {
  const folder = resolve(top, 'out/renderer');
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const scripts = (await readdir(join(folder, 'assets'))).filter((name) => name.endsWith('.js'));
  const weights = await Promise.all(
    scripts.map(
      async (name): Promise<[string, number]> => [name, gzipSync(await readFile(join(folder, 'assets', name))).length],
    ),
  );
  const sum = (list: readonly [string, number][]): number => list.reduce((total, [, bytes]) => total + bytes, 0);
  return {
    firstBytes: sum(weights.filter(([name]) => page.includes(name))),
    allBytes: sum(weights),
    heaviest: weights.toSorted((a, b) => b[1] - a[1]).slice(0, 6),
  };
}
