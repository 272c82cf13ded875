/** Numbers and times as people read them: IEC units, three significant digits, local time. */

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Bytes with three significant digits: `0 B`, `1.50 KiB`, `230 MiB`, `4.00 GiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.5 would round to four digits, so the next unit begins there.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  if (unit === 0) return `${Math.round(value)} B`;
  const decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(decimals)} ${UNITS[unit]}`;
}

/** A whole number with thousands separated by commas. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Bytes both ways: `4.00 GiB (4,294,967,296 bytes)`. */
export function formatBytesExactly(bytes: number): string {
  return bytes < 1000 ? `${bytes} bytes` : `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}

/** A rate: `612 MiB/s`. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** A finished duration, as the counters show it: `00:01:23`. */
export function formatElapsed(seconds: number): string {
  const whole = Math.round(seconds);
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** Time left: `8 s`, `4–6 min`, `1.5–2 h`. */
export function formatEta({ low, high }: { low: number; high: number }): string {
  const [divisor, unit] = high < 90 ? [1, 's'] : high < 5400 ? [60, 'min'] : [3600, 'h'];
  const round = (seconds: number) => {
    const value = seconds / divisor;
    return String(unit === 'h' ? Math.round(value * 2) / 2 : Math.ceil(value));
  };
  return round(low) === round(high) ? `${round(high)} ${unit}` : `${round(low)}–${round(high)} ${unit}`;
}

/** An instant as `2026-11-21 02:15:10`, in the zone `offsetMinutes` east of Greenwich (default: local time). */
export function formatInstant(iso: string, offsetMinutes?: number): string {
  const time = new Date(iso);
  const offset = offsetMinutes ?? -time.getTimezoneOffset();
  return new Date(time.getTime() + offset * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** `1 volume`, `2 volumes`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
