import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isIrreducible, POLYNOMIAL_DEGREE, randomPolynomial } from './polynomial.ts';

const random = { bytes: (count: number) => randomBytes(count), below: () => 0 };

/** Carry-less product. */
function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  for (let bit = 0n, rest = a; rest !== 0n; bit++, rest >>= 1n) if (rest & 1n) product ^= b << bit;
  return product;
}

describe('irreducible polynomials over GF(2)', () => {
  test("accepts the one of restic's documentation", () => {
    expect(isIrreducible(0x25b468838dcb75n)).toBe(true);
    expect(isIrreducible(0x3da3358b4dc173n)).toBe(true);
  });

  test('refuses products of every split of the degree, and other degrees', () => {
    for (let degree = 1; degree < POLYNOMIAL_DEGREE; degree++) {
      const part = (bits: number): bigint => {
        const top = 1n << BigInt(bits);
        return (BigInt(`0x${randomBytes(8).toString('hex')}`) & (top - 1n)) | top;
      };
      expect(isIrreducible(multiply(part(degree), part(POLYNOMIAL_DEGREE - degree)))).toBe(false);
    }
    for (const other of [0n, 1n, 2n, 7n, 1n << 53n, (1n << 54n) | 1n]) expect(isIrreducible(other)).toBe(false);
  });

  test('makes different ones', () => {
    const made = new Set(Array.from({ length: 20 }, () => randomPolynomial(random)));
    expect(made.size).toBe(20);
    for (const f of made) expect(isIrreducible(f) && f >> 53n === 1n).toBe(true);
  });
});
