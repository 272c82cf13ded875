/** Facts with dots between name and value, as the originals show what a session is. */

/** `Node Name..........: desk`; pairs with an empty value are left out. */
export function dottedPairs(pairs: readonly (readonly [string, string])[]): string[] {
  const shown = pairs.filter(([, value]) => value !== '');
  const width = Math.max(0, ...shown.map(([name]) => name.length)) + 2;
  return shown.map(([name, value]) => `${name.padEnd(width, '.')}: ${value}`);
}
