/** Numbers as people read them: IEC units with three significant digits, exact values for tooltips. */
import { formatCount, formatDecimal } from './formats.ts';
import { t } from './t.ts';

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

interface Scaled {
  value: number;
  unit: (typeof UNITS)[number];
}

/** Picks the unit in which `bytes` stays below 1000, so that three digits always suffice. */
function scale(bytes: number): Scaled {
  let value = bytes;
  let index = 0;
  while (value >= 999.5 && index < UNITS.length - 1) {
    value /= 1024;
    index += 1;
  }
  return { value, unit: UNITS[index] ?? 'PiB' };
}

/** The unit's word in the language of the window. */
function unitWord(unit: Scaled['unit']): string {
  return unit === 'bytes' ? t('words:quantity.bytes') : unit;
}

/** Three significant digits; whole numbers stay whole (`512`, `1.21`, `95.4`). */
function threeDigits(value: number): string {
  if (Number.isInteger(value) || value >= 99.95) return formatDecimal(value, 0);
  return formatDecimal(value, value >= 9.995 ? 1 : 2);
}

/** `1.21 TiB`, `512 MiB`, `17 bytes`, `1 byte`. */
export function formatBytes(bytes: number): string {
  if (bytes === 1) return t('words:quantity.oneByte');
  const { value, unit } = scale(bytes);
  return `${threeDigits(value)} ${unitWord(unit)}`;
}

/** `1,234,567 bytes`, for tooltips. */
export function exactBytes(bytes: number): string {
  return bytes === 1 ? t('words:quantity.oneByte') : `${formatCount(bytes)} ${unitWord('bytes')}`;
}

/** `142 of 231 GiB`: both in the unit of the whole. */
export function formatPart(part: number, whole: number): string {
  const { value, unit } = scale(whole);
  const own = part / 1024 ** UNITS.indexOf(unit);
  // A part that would read 0.00 in the unit of the whole is shown in its own unit.
  const texts =
    part > 0 && own < 0.1
      ? { part: formatBytes(part), whole: formatBytes(whole) }
      : { part: threeDigits(own), whole: `${threeDigits(value)} ${unitWord(unit)}` };
  return t('words:quantity.partOf', texts);
}

/** `9–14 GiB`, or one value when both ends read the same. */
export function formatByteRange(low: number, high: number): string {
  const lowText = formatBytes(low);
  const highText = formatBytes(high);
  if (lowText === highText || high - low < high * 0.005) return highText;
  const [lowValue, lowUnit] = lowText.split(' ');
  const [highValue, highUnit] = highText.split(' ');
  return lowUnit === highUnit ? `${lowValue}–${highValue} ${highUnit}` : `${lowText} – ${highText}`;
}

/** `612 MiB/s`. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(Math.round(bytesPerSecond))}/s`;
}

/** Whole per cent, never 100 before the end. */
export function formatPercent(done: number, total: number): string {
  if (total <= 0) return '0 %';
  return `${Math.min(done >= total ? 100 : 99, Math.floor((done / total) * 100))} %`;
}

/** `8.4 s`, `4 min 12 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${formatDecimal(seconds, 1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `4–6 min left`, `under 10 s left`; `estimating…` while there is no estimate. */
export function formatEta(eta: { low: number; high: number } | undefined): string {
  if (!eta) return t('words:time.estimating');
  if (eta.high < 10) return t('words:time.leftUnder', { amount: '10 s' });
  const [divisor, unit] = eta.high < 90 ? [1, 's'] : eta.high < 90 * 60 ? [60, 'min'] : [3600, 'h'];
  const low = Math.floor(eta.low / divisor);
  const high = Math.max(1, Math.ceil(eta.high / divisor));
  return low === high || low < 1
    ? t('words:time.leftAbout', { amount: `${high} ${unit}` })
    : t('words:time.left', { amount: `${low}–${high} ${unit}` });
}

/** `under 1 min`, `about 4 min`, `about 2 h`, `more than a day`: how long something will take, not more exact than it is known. */
export function formatAbout(seconds: number): string {
  if (seconds < 60) return t('words:time.under', { amount: '1 min' });
  if (seconds < 90 * 60) return t('words:time.about', { amount: `${Math.round(seconds / 60)} min` });
  if (seconds < 36 * 3600) return t('words:time.about', { amount: `${Math.round(seconds / 3600)} h` });
  return t('words:time.overADay');
}

/** What can be counted in every language; the key is the English word for one of it. */
const COUNTED = {
  block: 'words:count.block',
  volume: 'words:count.volume',
  image: 'words:count.image',
  snapshot: 'words:count.snapshot',
  pack: 'words:count.pack',
  blob: 'words:count.blob',
  problem: 'words:count.problem',
  'unused run': 'words:count.unusedRun',
} as const;

function isCounted(word: string): word is keyof typeof COUNTED {
  return Object.hasOwn(COUNTED, word);
}

/** `1 volume`, `2 volumes`, in the language of the window where `one` is among its words, else in English. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  const shown = formatCount(count);
  return isCounted(one) ? t(COUNTED[one], { count, shown }) : `${shown} ${count === 1 ? one : many}`;
}
