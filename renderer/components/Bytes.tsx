/** A byte quantity in three digits; the exact number is in the tooltip. */
import { exactBytes, formatBytes } from '../i18n/quantities.ts';

export function Bytes({ value }: { value: number }) {
  return <span title={exactBytes(value)}>{formatBytes(value)}</span>;
}
