/** Numbers as people read them: IEC units with three significant digits, exact values for tooltips. */

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const exactFormat = new Intl.NumberFormat('en');

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

/** Three significant digits; whole numbers stay whole (`512`, `1.21`, `95.4`). */
function threeDigits(value: number): string {
  if (Number.isInteger(value)) return String(value);
  if (value >= 99.95) return value.toFixed(0);
  if (value >= 9.995) return value.toFixed(1);
  return value.toFixed(2);
}

/** `1.21 TiB`, `512 MiB`, `17 bytes`, `1 byte`. */
export function formatBytes(bytes: number): string {
  if (bytes === 1) return '1 byte';
  const { value, unit } = scale(bytes);
  return `${threeDigits(value)} ${unit}`;
}

/** `1,234,567 bytes`, for tooltips. */
export function exactBytes(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${exactFormat.format(bytes)} bytes`;
}

/** `142 of 231 GiB`: both in the unit of the whole. */
export function formatPart(part: number, whole: number): string {
  const { value, unit } = scale(whole);
  const divisor = 1024 ** UNITS.indexOf(unit);
  const own = part / divisor;
  // A part that would read 0.00 in the unit of the whole is shown in its own unit.
  if (part > 0 && own < 0.1) return `${formatBytes(part)} of ${formatBytes(whole)}`;
  return `${threeDigits(own)} of ${threeDigits(value)} ${unit}`;
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
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `4–6 min left`, `under 10 s left`; `estimating…` while there is no estimate. */
export function formatEta(eta: { low: number; high: number } | undefined): string {
  if (!eta) return 'estimating…';
  if (eta.high < 10) return 'under 10 s left';
  const unit = eta.high < 90 ? 'second' : eta.high < 90 * 60 ? 'minute' : 'hour';
  const divisor = unit === 'second' ? 1 : unit === 'minute' ? 60 : 3600;
  const name = unit === 'second' ? 's' : unit === 'minute' ? 'min' : 'h';
  const low = Math.floor(eta.low / divisor);
  const high = Math.max(1, Math.ceil(eta.high / divisor));
  return low === high || low < 1 ? `about ${high} ${name} left` : `${low}–${high} ${name} left`;
}

/** `under 1 min`, `about 4 min`, `about 2 h`, `more than a day`: how long something will take, not more exact than it is known. */
export function formatAbout(seconds: number): string {
  if (seconds < 60) return 'under 1 min';
  if (seconds < 90 * 60) return `about ${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `about ${Math.round(seconds / 3600)} h`;
  return 'more than a day';
}

/** `1 volume`, `2 volumes`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${exactFormat.format(count)} ${count === 1 ? one : many}`;
}
