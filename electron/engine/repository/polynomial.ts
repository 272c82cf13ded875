/**
 * The chunker polynomial in the config: irreducible over GF(2), of degree 53. A `bigint` holds the coefficients, bit i
 * for x^i. We cut on a fixed grid and never use it, but restic cuts files of the same repository with it.
 */
import type { Random } from '../ports.ts';

/** Degree that restic expects; prime, which keeps the test short. */
export const POLYNOMIAL_DEGREE = 53;
const TOP = 1n << BigInt(POLYNOMIAL_DEGREE);

/** Degree of a polynomial; -1 for zero. */
function degree(f: bigint): number {
  return f === 0n ? -1 : f.toString(2).length - 1;
}

/** Remainder of `a` by `f`, which is not zero. */
function remainder(a: bigint, f: bigint): bigint {
  const divisor = degree(f);
  let rest = a;
  for (let high = degree(rest); high >= divisor; high = degree(rest)) rest ^= f << BigInt(high - divisor);
  return rest;
}

/** Square: over GF(2) the coefficients move to the even places, nothing mixes. */
function square(a: bigint): bigint {
  let spread = 0n;
  for (let bit = 0n, rest = a; rest !== 0n; bit += 2n, rest >>= 1n) spread |= (rest & 1n) << bit;
  return spread;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [high, low] = [a, b];
  while (low !== 0n) [high, low] = [low, remainder(high, low)];
  return high;
}

/**
 * Rabin's test (M. O. Rabin, "Probabilistic algorithms in finite fields", 1980): f of prime degree p is irreducible
 * if and only if x^(2^p) = x modulo f and f has no common divisor with x^2 - x.
 */
export function isIrreducible(f: bigint): boolean {
  if (degree(f) !== POLYNOMIAL_DEGREE) return false;
  const x = 2n;
  if (greatestCommonDivisor(f, square(x) ^ x) !== 1n) return false;
  let power = x;
  for (let i = 0; i < POLYNOMIAL_DEGREE; i++) power = remainder(square(power), f);
  return power === x;
}

/** A uniformly random irreducible polynomial of degree 53. About one candidate in 27 is one. */
export function randomPolynomial(random: Random): bigint {
  for (;;) {
    const bits = BigInt(`0x${Buffer.from(random.bytes(8)).toString('hex')}`);
    const candidate = (bits & (TOP - 1n)) | TOP | 1n;
    if (isIrreducible(candidate)) return candidate;
  }
}
