/**
 * `extents.bin`: the used-extent map of an image (docs/formats/extents.md).
 *
 * Eight bytes `SFEXT\0\0\1`, then the number of runs, then per run the distance from the end of the last run and the
 * length, each an unsigned LEB128 number of bytes.
 */
import { EngineError } from '../base/errors.ts';
import { ExtentBuilder, type Extents } from '../base/extents.ts';

const MAGIC = Buffer.from('SFEXT\0\0\u0001', 'latin1');
const MAX_NUMBER_BYTES = 8;

/** The file's bytes. */
export function encodeExtents(extents: Extents): Buffer {
  const bytes = Buffer.alloc(MAGIC.length + (1 + extents.length) * MAX_NUMBER_BYTES);
  let at = MAGIC.copy(bytes);
  at = writeNumber(bytes, at, extents.length / 2);
  let end = 0;
  for (let i = 0; i < extents.length; i += 2) {
    const offset = extents[i] ?? 0;
    const length = extents[i + 1] ?? 0;
    at = writeNumber(bytes, at, offset - end);
    at = writeNumber(bytes, at, length);
    end = offset + length;
  }
  return bytes.subarray(0, at);
}

/** Opposite of `encodeExtents`; throws `IMAGE_DAMAGED` on anything that it could not have written. */
export function decodeExtents(bytes: Uint8Array, sizeBytes: number): Extents {
  if (Buffer.compare(bytes.subarray(0, MAGIC.length), MAGIC) !== 0) throw damaged('unknown format');
  let at = MAGIC.length;
  const next = (): number => {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < MAX_NUMBER_BYTES; i++) {
      const byte = bytes[at++];
      if (byte === undefined) throw damaged('file ends early');
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) break;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw damaged('number too large');
  };
  const builder = new ExtentBuilder();
  const count = next();
  let end = 0;
  for (let i = 0; i < count; i++) {
    const offset = end + next();
    const length = next();
    if (length === 0 || offset + length > sizeBytes) throw damaged('run outside the volume');
    builder.add(offset, length);
    end = offset + length;
  }
  if (at !== bytes.length) throw damaged('bytes after the last run');
  return builder.build();
}

function writeNumber(bytes: Buffer, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest >= 128) {
    bytes[at++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  bytes[at++] = rest;
  return at;
}

function damaged(reason: string): EngineError {
  return new EngineError('IMAGE_DAMAGED', { file: 'extents.bin', reason });
}
