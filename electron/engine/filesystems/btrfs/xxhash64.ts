/**
 * XXH64 with seed 0. Source: the xxHash specification, "XXH64 Algorithm Description" (Cyan4973/xxHash,
 * doc/xxhash_spec.md). The engine keeps `BigInt.asUintN(64, …)` in machine words, so no halves are needed.
 */

const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;
const STRIPE_BYTES = 32;

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotated = (value: bigint, bits: bigint): bigint => u64(value << bits) | (value >> (64n - bits));
const round = (lane: bigint, word: bigint): bigint => u64(rotated(u64(lane + u64(word * P2)), 31n) * P1);
const merged = (sum: bigint, lane: bigint): bigint => u64(u64((sum ^ round(0n, lane)) * P1) + P4);

/** The four lanes over all whole stripes, joined. */
function stripes(view: DataView): bigint {
  let a = u64(P1 + P2);
  let b = P2;
  let c = 0n;
  let d = u64(-P1);
  for (let at = 0; at + STRIPE_BYTES <= view.byteLength; at += STRIPE_BYTES) {
    a = round(a, view.getBigUint64(at, true));
    b = round(b, view.getBigUint64(at + 8, true));
    c = round(c, view.getBigUint64(at + 16, true));
    d = round(d, view.getBigUint64(at + 24, true));
  }
  const sum = u64(rotated(a, 1n) + rotated(b, 7n) + rotated(c, 12n) + rotated(d, 18n));
  return merged(merged(merged(merged(sum, a), b), c), d);
}

/** The hash of any number of bytes, an unsigned 64-bit number. */
export function xxhash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let sum = u64((bytes.length >= STRIPE_BYTES ? stripes(view) : P5) + BigInt(bytes.length));
  let at = bytes.length - (bytes.length % STRIPE_BYTES);
  for (; at + 8 <= bytes.length; at += 8) {
    sum = u64(u64(rotated(sum ^ round(0n, view.getBigUint64(at, true)), 27n) * P1) + P4);
  }
  if (at + 4 <= bytes.length) {
    sum = u64(u64(rotated(sum ^ u64(BigInt(view.getUint32(at, true)) * P1), 23n) * P2) + P3);
    at += 4;
  }
  for (; at < bytes.length; at++) sum = u64(rotated(sum ^ u64(BigInt(view.getUint8(at)) * P5), 11n) * P1);
  sum = u64((sum ^ (sum >> 33n)) * P2);
  sum = u64((sum ^ (sum >> 29n)) * P3);
  return sum ^ (sum >> 32n);
}
