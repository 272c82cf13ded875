/**
 * BLAKE2b without key and with a digest of 32 bytes: what btrfs calls `blake2`. node:crypto offers 64 bytes only, and
 * the length goes into the hash. Source: RFC 7693. `BigInt.asUintN(64, …)` stays in machine words.
 */

const DIGEST_BYTES = 32;
const BLOCK_BYTES = 128;
const ROUNDS = 12;

/** RFC 7693, section 2.6: the fractional parts of the square roots of the first eight primes. */
const START = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];

/** RFC 7693, section 2.7: the order in which each round takes the words of a block. */
const ORDER = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
].map((words) => Uint8Array.from(words));

/** Columns, then diagonals, of the 4 × 4 words of state. */
const MIXES = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);

/** The mixing function G of RFC 7693, section 3.1. */
function mix(v: BigUint64Array, ai: number, bi: number, ci: number, di: number, x: bigint, y: bigint): void {
  let a = v[ai] ?? 0n;
  let b = v[bi] ?? 0n;
  let c = v[ci] ?? 0n;
  let d = v[di] ?? 0n;
  a = u64(u64(a + b) + x);
  d ^= a;
  d = u64(d << 32n) | (d >> 32n);
  c = u64(c + d);
  b ^= c;
  b = u64(b << 40n) | (b >> 24n);
  a = u64(u64(a + b) + y);
  d ^= a;
  d = u64(d << 48n) | (d >> 16n);
  c = u64(c + d);
  b ^= c;
  b = u64(b << 1n) | (b >> 63n);
  v[ai] = a;
  v[bi] = b;
  v[ci] = c;
  v[di] = d;
}

/** Takes one block of 128 bytes at `at` into the state; `taken` is the number of bytes including this block's own. */
function compress(h: BigUint64Array, view: DataView, at: number, taken: number, last: boolean): void {
  const words = new BigUint64Array(16);
  for (let word = 0; word < 16; word++) words[word] = view.getBigUint64(at + word * 8, true);
  const v = new BigUint64Array(16);
  v.set(h);
  v.set(START, 8);
  v[12] = (v[12] ?? 0n) ^ BigInt(taken);
  if (last) v[14] = u64(~(v[14] ?? 0n));
  for (let round = 0; round < ROUNDS; round++) {
    const order = ORDER[round % ORDER.length];
    if (order === undefined) continue;
    for (const [index, [a, b, c, d]] of MIXES.entries()) {
      mix(v, a, b, c, d, words[order[index * 2] ?? 0] ?? 0n, words[order[index * 2 + 1] ?? 0] ?? 0n);
    }
  }
  for (let index = 0; index < 8; index++) h[index] = (h[index] ?? 0n) ^ (v[index] ?? 0n) ^ (v[index + 8] ?? 0n);
}

/** The digest, 32 bytes, of fewer than 2^53 bytes. */
export function blake2b256(bytes: Uint8Array): Buffer {
  const h = BigUint64Array.from(START);
  h[0] = (h[0] ?? 0n) ^ BigInt(0x01010000 | DIGEST_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  // The last block is marked as such, so it is kept back even where it is full.
  for (; at + BLOCK_BYTES < bytes.length; at += BLOCK_BYTES) compress(h, view, at, at + BLOCK_BYTES, false);
  const tail = new Uint8Array(BLOCK_BYTES);
  tail.set(bytes.subarray(at));
  compress(h, new DataView(tail.buffer), 0, bytes.length, true);
  const digest = Buffer.alloc(DIGEST_BYTES);
  for (let word = 0; word < DIGEST_BYTES / 8; word++) digest.writeBigUInt64LE(h[word] ?? 0n, word * 8);
  return digest;
}
