import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { ExtentBuilder, type Extents } from '../base/extents.ts';
import { decodeExtents, encodeExtents } from './extents-file.ts';

const PIB = 2 ** 50;

/** Sorted runs with gaps, from [gap, length] pairs. */
const extentsArbitrary: fc.Arbitrary<Extents> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 1, max: 2 ** 40 })), { maxLength: 200 })
  .map((pairs) => {
    const builder = new ExtentBuilder();
    let at = 0;
    for (const [gap, length] of pairs) {
      builder.add(at + gap, length);
      at += gap + length;
    }
    return builder.build();
  });

describe('extents.bin', () => {
  test('reads back what it wrote', () => {
    fc.assert(
      fc.property(extentsArbitrary, (extents) => {
        expect(decodeExtents(encodeExtents(extents), PIB)).toEqual(extents);
      }),
    );
  });

  test('has the bytes that docs/formats/extents.md says', () => {
    const bytes = encodeExtents(Float64Array.of(4096, 300, 8192, 1));
    expect(bytes.toString('hex')).toBe(`${Buffer.from('SFEXT\0\0\u0001').toString('hex')}028020ac02d41d01`);
  });

  test('refuses anything else with a typed error, never a crash', () => {
    fc.assert(
      fc.property(extentsArbitrary, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat(), (extents, at, value, cut) => {
        const bytes = encodeExtents(extents);
        bytes[at % bytes.length] = value;
        const damaged = bytes.subarray(0, bytes.length - (cut % bytes.length));
        try {
          const decoded = decodeExtents(damaged, PIB);
          for (let i = 0; i < decoded.length; i += 2)
            expect((decoded[i] ?? 0) + (decoded[i + 1] ?? 0)).toBeLessThanOrEqual(PIB);
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
          expect((error as EngineError).code).toBe('IMAGE_DAMAGED');
        }
      }),
    );
  });

  test('a run beyond the volume is damage', () => {
    expect(() => decodeExtents(encodeExtents(Float64Array.of(0, 4096)), 4095)).toThrow('IMAGE_DAMAGED');
  });
});
