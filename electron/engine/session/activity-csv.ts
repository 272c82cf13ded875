/** Runs as CSV (RFC 4180) for spreadsheets. */
import type { RunSummary } from '#contract';

const COLUMNS = [
  'id',
  'kind',
  'subject',
  'state',
  'startedAt',
  'finishedAt',
  'elapsedSeconds',
  'readBytes',
  'storedBytes',
  'deduplicatedBytes',
  'warningCount',
  'errorCode',
  'imageId',
] as const satisfies readonly (keyof RunSummary)[];

/** Spreadsheets take these at the start of a field for a formula, whatever stands before them as white space. */
const FORMULA = /^\s*[=+\-@\t\r|%]/;

/** One field: what a spreadsheet would run is made text by an apostrophe, what would end the field is quoted. */
export function csvField(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) || harmless !== value ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A header and a line for every run, lines ended by CR LF; sizes in bytes, times in ISO 8601. */
export function runsAsCsv(runs: readonly RunSummary[]): string {
  const lines = runs.map((run) => COLUMNS.map((column) => csvField(run[column])).join(','));
  return [COLUMNS.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}
