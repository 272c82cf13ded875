/** One fact of an image, and how they are made. */
import { formatBytes } from '../../i18n/quantities.ts';

export interface DetailFact {
  label: string;
  /** As people read it. */
  value: string;
  /** What the copy button copies: exact and language-free. */
  copy: string;
  mono?: boolean;
}

/** Left out where it is empty. */
export function text(
  label: string,
  value: string | undefined,
  options: { mono?: boolean; copy?: string } = {},
): DetailFact[] {
  if (value === undefined || value === '') return [];
  return [{ label, value, copy: options.copy ?? value, ...(options.mono ? { mono: true } : {}) }];
}

/** Bytes in words, exact when they are copied; left out where they are not known. */
export function bytes(label: string, value: number | undefined): DetailFact[] {
  return value === undefined ? [] : text(label, formatBytes(value), { copy: String(value) });
}
