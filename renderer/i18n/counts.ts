/** Large counts as people read them. */
import { currentLanguage } from './language.ts';

const LARGE = 1e15;

/** `12,400`, `3.2 million`, `10^21`: as exact as such numbers are known. */
export function formatCount(count: number): string {
  if (count >= LARGE) return `10^${Math.round(Math.log10(count))}`;
  const format = new Intl.NumberFormat(currentLanguage(), {
    notation: 'compact',
    compactDisplay: 'long',
    maximumSignificantDigits: 2,
  });
  return format.format(count);
}
