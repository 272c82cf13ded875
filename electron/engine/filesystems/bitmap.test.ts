import { describe, expect, it } from 'vitest';
import { seeded, seededBelow } from '../testing/seeded.ts';
import { bitmapWords, forEachRun } from './bitmap.ts';
import { crc32c } from './crc32c.ts';
import { crc16 } from './ext/crc16.ts';

function runsOf(bytes: Buffer, bits: number): { runs: number[][]; set: number } {
  const runs: number[][] = [];
  const set = forEachRun(bitmapWords(bytes), bits, (first, count) => runs.push([first, count]));
  return { runs, set };
}

describe('runs of set bits', () => {
  it('agrees with looking at every bit, at any alignment', () => {
    const random = seeded(3);
    for (let round = 0; round < 300; round++) {
      const offset = seededBelow(random, 4);
      const bytes = Buffer.alloc(64 + 4).subarray(offset, offset + 64);
      const density = random();
      const bits = 1 + seededBelow(random, 512);
      const expected: number[][] = [];
      for (let bit = 0; bit < 512; bit++) {
        if (random() < density) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
      }
      for (let bit = 0; bit < bits; bit++) {
        if ((((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 0) continue;
        const last = expected.at(-1);
        if (last && (last[0] ?? 0) + (last[1] ?? 0) === bit) last[1] = (last[1] ?? 0) + 1;
        else expected.push([bit, 1]);
      }
      const found = runsOf(bytes, bits);
      expect(found.runs).toEqual(expected);
      expect(found.set).toBe(expected.reduce((sum, run) => sum + (run[1] ?? 0), 0));
    }
  });

  it('knows full and empty bitmaps', () => {
    expect(runsOf(Buffer.alloc(4096), 32768)).toEqual({ runs: [], set: 0 });
    expect(runsOf(Buffer.alloc(4096, 0xff), 32768)).toEqual({ runs: [[0, 32768]], set: 32768 });
  });
});

describe('checksums', () => {
  it('match the published check values', () => {
    const digits = Buffer.from('123456789');
    expect((crc32c(0xffffffff, digits) ^ 0xffffffff) >>> 0).toBe(0xe3069283);
    expect(crc16(0, digits)).toBe(0xbb3d);
  });
});
