import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeHeader,
  encodeHeader,
  HEADER_LENGTH_BYTES,
  headerBytes,
  newPackContent,
  type PackContent,
  readHeaderLength,
} from './pack-header.ts';

const reference = { repository: '/r', kind: 'pack', id: 'ab' } as const;

const contents = fc
  .array(
    fc.record({
      id: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      length: fc.integer({ min: 32, max: 1 << 24 }),
      plain: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 0xffff_ffff })),
      tree: fc.constantFrom(0, 1),
    }),
    { maxLength: 100 },
  )
  .map((blobs): PackContent => {
    const content = newPackContent(blobs.length);
    let offset = 0;
    for (const [i, { id, length, plain, tree }] of blobs.entries()) {
      content.ids.set(id, i * 32);
      content.offsets[i] = offset;
      content.lengths[i] = length;
      content.uncompressedLengths[i] = plain;
      content.trees[i] = tree;
      offset += length;
    }
    return content;
  });

function blobBytes({ lengths }: PackContent): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

describe('pack headers', () => {
  test('come back as they were written', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const header = encodeHeader(content);
        const compressed = content.uncompressedLengths.filter((length) => length > 0).length;
        expect(header.length + 32 + HEADER_LENGTH_BYTES).toBe(headerBytes(content.count - compressed, compressed));
        expect(decodeHeader(header, blobBytes(content), reference)).toEqual(content);
      }),
    );
  });

  test('are refused when cut short or when they do not fill the pack', () => {
    fc.assert(
      fc.property(contents, fc.nat(), (content, cut) => {
        const header = encodeHeader(content);
        fc.pre(content.count > 0);
        const damage = expect.objectContaining({
          code: 'REPOSITORY_DAMAGED',
          details: expect.objectContaining({ kind: 'pack' }),
        });
        expect(() => decodeHeader(header.subarray(0, cut % header.length), blobBytes(content), reference)).toThrow(
          damage,
        );
        expect(() => decodeHeader(header, blobBytes(content) + 1, reference)).toThrow(damage);
      }),
    );
  });

  test('have a length in range', () => {
    const last = Buffer.alloc(4);
    for (const length of [0, 31, 68, 1001, 0xffff_ffff]) {
      last.writeUInt32LE(length);
      expect(() => readHeaderLength(last, 1004, reference)).toThrow(
        expect.objectContaining({ code: 'REPOSITORY_DAMAGED' }),
      );
    }
    last.writeUInt32LE(1000);
    expect(readHeaderLength(last, 1004, reference)).toBe(1000);
  });
});
