/** GUIDs as they lie in a GPT: the first three groups are little-endian (UEFI specification, appendix A). */

export const GUID_BYTES = 16;

/** `c12a7328-f81f-11d2-ba4b-00a0c93ec93b` out of 16 bytes at `offset`. */
export function guidAt(bytes: Buffer, offset: number): string {
  const group = (from: number, to: number, reversed: boolean): string => {
    const part = Buffer.from(bytes.subarray(offset + from, offset + to));
    return (reversed ? part.reverse() : part).toString('hex');
  };
  return [group(0, 4, true), group(4, 6, true), group(6, 8, true), group(8, 10, false), group(10, 16, false)].join('-');
}

/** All zero: an entry that is not in use. */
export function isNoGuid(bytes: Buffer, offset: number): boolean {
  return bytes.subarray(offset, offset + GUID_BYTES).every((byte) => byte === 0);
}
