/** The benchmark's output. */
import type { Results, Verdict } from './bars.ts';
import { WORK } from './contestants.ts';

const MIB = 1024 * 1024;

/** One block of rows per kind of work. */
export function printResults(results: Results): void {
  const heading = ['wall s', 'sync s', 'CPU s', 'RSS MiB', 'added MiB'].map((one) => one.padStart(10)).join('');
  for (const work of WORK) {
    const rows = Object.entries(results[work] ?? {});
    if (rows.length === 0) continue;
    console.log(`\n${work.padEnd(26)}${heading}`);
    for (const [name, one] of rows) {
      const figures = [
        one.wallSeconds.toFixed(2),
        one.syncSeconds.toFixed(2),
        one.cpuSeconds.toFixed(2),
        (one.peakBytes / MIB).toFixed(0),
        one.addedBytes === 0 ? '' : (one.addedBytes / MIB).toFixed(1),
      ];
      console.log(`  ${name.padEnd(24)}${figures.map((figure) => figure.padStart(10)).join('')}`);
    }
  }
}

/** PASS or FAIL for every bar; returns whether all are kept. */
export function printVerdicts(verdicts: readonly Verdict[]): boolean {
  console.log(`\n${'bar'.padEnd(58)}${['ours', 'must', 'goal'].map((one) => one.padStart(10)).join('')}`);
  for (const one of verdicts) {
    const figures = [one.value, one.must, one.goal].map((value) => show(value, one.unit).padStart(10)).join('');
    console.log(`  ${mark(one).padEnd(6)}${one.what.padEnd(50)}${figures}`);
  }
  return verdicts.every((one) => one.value !== undefined && one.value <= one.must);
}

function mark(one: Verdict): string {
  if (one.value === undefined) return '?';
  if (one.value > one.must) return 'FAIL';
  return one.value <= one.goal ? 'GOAL' : 'PASS';
}

function show(value: number | undefined, unit: Verdict['unit']): string {
  if (value === undefined) return '–';
  if (unit === 'MiB' || unit === 'KiB') return `${value.toFixed(0)} ${unit}`;
  if (unit === 'count') return value.toFixed(0);
  if (unit === 's') return `${value.toFixed(2)} s`;
  return unit === 'percent' ? `${value.toFixed(2)} %` : value.toFixed(2);
}
