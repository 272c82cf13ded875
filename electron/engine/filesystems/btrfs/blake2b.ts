/**
 * BLAKE2b without key and with a digest of 32 bytes: what btrfs calls `blake2`. node:crypto offers 64 bytes only, and
 * the length goes into the hash. Source: RFC 7693. Words of 64 bits are pairs of 32 bits, low half first, because a
 * volume may have gigabytes of tree blocks and big integers take forty times as long.
 */

const DIGEST_BYTES = 32;
const BLOCK_BYTES = 128;
const ROUNDS = 12;
const TWO_32 = 2 ** 32;

/** RFC 7693, section 2.6: the fractional parts of the square roots of the first eight primes. */
const START = Uint32Array.of(
  ...[0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a],
  ...[0xade682d1, 0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19],
);

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
];

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
];

/** Every mixing of every round as six places of low halves: a, b, c and d in the state, x and y in the block. */
const SCHEDULE = Uint8Array.from(
  Array.from({ length: ROUNDS }, (_, round) => ORDER[round % ORDER.length] ?? []).flatMap((order) =>
    MIXES.flatMap((places, index) =>
      [...places, order[index * 2] ?? 0, order[index * 2 + 1] ?? 0].map((word) => word * 2),
    ),
  ),
);

/** State and block of the hash that is being made; hashing never waits, so one of each is enough. */
const state = new Uint32Array(32);
const block = new Uint32Array(32);

/** `state[to] += state[from] + word`, 64 bits. */
function addWord(to: number, from: number, low: number, high: number): void {
  const sum = (state[to] ?? 0) + (state[from] ?? 0) + low;
  state[to + 1] = (state[to + 1] ?? 0) + (state[from + 1] ?? 0) + high + Math.floor(sum / TWO_32);
  state[to] = sum;
}

/** The mixing function G of RFC 7693, section 3.1. */
function mix(a: number, b: number, c: number, d: number, x: number, y: number): void {
  addWord(a, b, block[x] ?? 0, block[x + 1] ?? 0);
  let low = (state[d] ?? 0) ^ (state[a] ?? 0);
  let high = (state[d + 1] ?? 0) ^ (state[a + 1] ?? 0);
  state[d] = high;
  state[d + 1] = low;
  addWord(c, d, 0, 0);
  low = (state[b] ?? 0) ^ (state[c] ?? 0);
  high = (state[b + 1] ?? 0) ^ (state[c + 1] ?? 0);
  state[b] = (low >>> 24) | (high << 8);
  state[b + 1] = (high >>> 24) | (low << 8);
  addWord(a, b, block[y] ?? 0, block[y + 1] ?? 0);
  low = (state[d] ?? 0) ^ (state[a] ?? 0);
  high = (state[d + 1] ?? 0) ^ (state[a + 1] ?? 0);
  state[d] = (low >>> 16) | (high << 16);
  state[d + 1] = (high >>> 16) | (low << 16);
  addWord(c, d, 0, 0);
  low = (state[b] ?? 0) ^ (state[c] ?? 0);
  high = (state[b + 1] ?? 0) ^ (state[c + 1] ?? 0);
  state[b] = (low << 1) | (high >>> 31);
  state[b + 1] = (high << 1) | (low >>> 31);
}

/** Takes one block of 128 bytes at `at` into `h`; `taken` is the number of bytes including this block's own. */
function compress(h: Uint32Array, view: DataView, at: number, taken: number, last: boolean): void {
  for (let word = 0; word < 32; word++) block[word] = view.getUint32(at + word * 4, true);
  state.set(h);
  state.set(START, 16);
  state[24] = (state[24] ?? 0) ^ (taken % TWO_32);
  state[25] = (state[25] ?? 0) ^ Math.floor(taken / TWO_32);
  if (last) {
    state[28] = ~(state[28] ?? 0);
    state[29] = ~(state[29] ?? 0);
  }
  for (let step = 0; step < SCHEDULE.length; step += 6) {
    const place = (index: number): number => SCHEDULE[step + index] ?? 0;
    mix(place(0), place(1), place(2), place(3), place(4), place(5));
  }
  for (let word = 0; word < 16; word++) h[word] = (h[word] ?? 0) ^ (state[word] ?? 0) ^ (state[word + 16] ?? 0);
}

/** The digest, 32 bytes, of fewer than 2^53 bytes. */
export function blake2b256(bytes: Uint8Array): Buffer {
  const h = Uint32Array.from(START);
  h[0] = (h[0] ?? 0) ^ (0x01010000 | DIGEST_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  // The last block is marked as such, so it is kept back even where it is full.
  for (; at + BLOCK_BYTES < bytes.length; at += BLOCK_BYTES) compress(h, view, at, at + BLOCK_BYTES, false);
  const tail = new Uint8Array(BLOCK_BYTES);
  tail.set(bytes.subarray(at));
  compress(h, new DataView(tail.buffer), 0, bytes.length, true);
  const digest = Buffer.alloc(DIGEST_BYTES);
  for (let word = 0; word < DIGEST_BYTES / 4; word++) digest.writeUInt32LE(h[word] ?? 0, word * 4);
  return digest;
}
