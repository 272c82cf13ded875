/** Ids between binary and hexadecimal form. */
import { ID_BYTES } from '../native.ts';
import type { Id } from './types.ts';

/** The id at byte `at` of `bytes`. */
export function encodeHex(bytes: Uint8Array, at: number): Id {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, ID_BYTES).toString('hex');
}
