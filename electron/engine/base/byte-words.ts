/** Byte quantities in the engine's English sentences. */

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** IEC units and three significant digits, as everywhere people read sizes: `512 bytes`, `1.50 KiB`, `64.0 MiB`. */
export function byteWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.5 would round to four digits, so the next unit begins there.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const decimals = unit === 0 || value >= 99.95 ? 0 : value < 9.995 ? 2 : 1;
  return `${value.toFixed(decimals)} ${UNITS[unit]}`;
}
