/** Sizes as the options file writes them: a whole number with k, m or g, without one kilobytes of 1024 bytes. */

export const SIZE_UNITS = ['k', 'm', 'g'] as const;
export type SizeUnit = (typeof SIZE_UNITS)[number];

const BYTES: Readonly<Record<SizeUnit, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

export interface SizeParts {
  /** As it was typed, whatever that is. */
  number: string;
  unit: SizeUnit;
}

export function sizeParts(text: string): SizeParts {
  const [, number = text, suffix = 'k'] = /^\s*(\d*)\s*([kmg])?b?\s*$/i.exec(text) ?? [];
  return { number, unit: SIZE_UNITS.find((unit) => unit === suffix.toLowerCase()) ?? 'k' };
}

export function sizeText({ number, unit }: SizeParts): string {
  if (number === '') return '';
  return Number(number) === 0 ? '0' : `${number}${unit}`;
}

/** Undefined for what is no size. */
export function sizeBytes(text: string): number | undefined {
  if (!/^\s*\d{1,15}\s*[kmg]?b?\s*$/i.test(text)) return undefined;
  const { number, unit } = sizeParts(text);
  return Number(number) * BYTES[unit];
}
