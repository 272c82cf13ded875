/** The hashes against their published vectors, and against longer ones computed by other programs (Python's hashlib, mkfs.btrfs in the oracle). */
import { describe, expect, it } from 'vitest';
import { blake2b256 } from './blake2b.ts';
import { checksumIsRight, checksumOf, isKnownChecksum } from './checksum.ts';
import { xxhash64 } from './xxhash64.ts';

/** Bytes that follow a simple rule, as Python made them for the digests below. */
function counting(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 7 + 3) & 0xff));
}

describe('xxhash64', () => {
  it.each([
    ['', 'ef46db3751d8e999'],
    ['a', 'd24ec4f1a98c6e5b'],
    ['as', '1c330fb2d66be179'],
    ['asd', '631c37ce72a97393'],
    ['asdf', '415872f599cea71e'],
    ['Call me Ishmael. Some years ago--never mind how long precisely-', '02a2e85470d6fd96'],
  ])('%j', (text, hash) => {
    expect(xxhash64(Buffer.from(text)).toString(16).padStart(16, '0')).toBe(hash);
  });
});

describe('blake2b with 32 bytes', () => {
  it.each([
    [0, '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8'],
    [1, 'e88bd757ad5b9bedf372d8d3f0cf6c962a469db61a265f6418e1ffed86da29ec'],
    [3, '9facd640130c81e7f318a8d5c660bc1b0f5d03861ffbd4cc1358e0e904593c28'],
    [127, 'c9ae3859964b35f04c54b36d33cf299d7290ee621005d28e51598a943560aaaa'],
    [128, 'f0501d06597880592bc49234eef100ec1ff349058d0e9d9b753504e24af86dd6'],
    [129, 'a34a4e1e03c541dfbf3099c4b6c143c022ced65c28bd7e8a10e0a098461aecf0'],
    [255, 'f2d64a40e9412a3414161ff6250075225418fd7c271c1123e162e1bca0de9f93'],
    [256, 'd93ebb9c802f5630ab22516fd82b6c21bc8bd551d531349b715f046ed11ed871'],
    [4064, '31a87aef095427b2a1ac9e53ab32e1d562fc15685e9166883ba55e6a51e0b296'],
    [16352, '79069f0ec7e89df18967a9260acc2fbfeba604932a54775298dbe1c6ab14a074'],
  ] as const)('of %i bytes', (length, digest) => {
    expect(blake2b256(counting(length)).toString('hex')).toBe(digest);
  });
});

describe('checksums of structures', () => {
  it('knows four types', () => {
    expect([0, 1, 2, 3, 4, 65535].map(isKnownChecksum)).toEqual([true, true, true, true, false, false]);
    expect(checksumIsRight(4, Buffer.alloc(4096))).toBe(false);
  });

  it.each([0, 1, 2, 3])('type %i tells a flipped bit', (type) => {
    const structure = counting(4096);
    checksumOf(type, structure).copy(structure);
    expect(checksumIsRight(type, structure)).toBe(true);
    structure[4095] = (structure[4095] ?? 0) ^ 1;
    expect(checksumIsRight(type, structure)).toBe(false);
  });
});
