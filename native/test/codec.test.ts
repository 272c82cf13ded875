import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MASTER_KEY_BYTES, native, SEAL_OVERHEAD_BYTES } from '../index.ts';

const key = randomBytes(MASTER_KEY_BYTES);

test('the ciphertext is AES-256-CTR as node:crypto computes it', () => {
  const plain = randomBytes(100_001);
  const sealed = native().seal(key, plain);
  expect(sealed).toHaveLength(plain.length + SEAL_OVERHEAD_BYTES);
  const cipher = createCipheriv('aes-256-ctr', key.subarray(0, 32), sealed.subarray(0, 16));
  expect(cipher.update(plain).equals(sealed.subarray(16, -16))).toBe(true);
});

test('the MAC is Poly1305-AES: third vector of the paper', () => {
  const vectorKey = Buffer.concat([
    randomBytes(32),
    Buffer.from('6acb5f61a7176dd320c5c1eb2edcdc74', 'hex'),
    Buffer.from('48443d0bb0d21109c89a100b5ce2c208', 'hex'),
  ]);
  const iv = Buffer.from('ae212a55399729595dea458bc621ff0e', 'hex');
  const ciphertext = Buffer.from('663cea190ffb83d89593f3f476b6bc24d7e679107ea26adb8caf6652d0656136', 'hex');
  const mac = Buffer.from('0ee1c16bb73f0f4fd19881753c01cdbe', 'hex');
  const cipher = createCipheriv('aes-256-ctr', vectorKey.subarray(0, 32), iv);
  const plain = native().open(vectorKey, Buffer.concat([iv, ciphertext, mac]));
  expect(plain.equals(cipher.update(ciphertext))).toBe(true);
});

test('whatever is sealed opens again, and a flipped bit is noticed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (plain, position) => {
      const sealed = native().seal(key, plain);
      expect(native().open(key, sealed)).toEqual(Buffer.from(plain));
      const at = position % sealed.length;
      sealed[at] = (sealed[at] as number) ^ 1;
      expect(() => native().open(key, sealed)).toThrow(expect.objectContaining({ code: 'MAC_MISMATCH' }));
    }),
  );
  expect(() => native().open(key, new Uint8Array(31))).toThrow(expect.objectContaining({ code: 'MAC_MISMATCH' }));
});

test('zstd frames are those of any other zstd', () => {
  const plain = Buffer.from('stillframe '.repeat(10_000));
  const frame = native().compress(plain, 3);
  expect(zstdDecompressSync(frame).equals(plain)).toBe(true);
  expect(native().decompress(zstdCompressSync(plain), plain.length).equals(plain)).toBe(true);
  expect(native().decompress(native().compress(new Uint8Array(0), 3), 0)).toHaveLength(0);
  for (const [bytes, max] of [
    [frame, plain.length - 1],
    [frame.subarray(0, -1), plain.length],
    [plain, plain.length],
  ] as const) {
    expect(() => native().decompress(bytes, max)).toThrow(expect.objectContaining({ code: 'ZSTD_DAMAGED' }));
  }
});

test('sha256 and merkleRoot', () => {
  const bytes = randomBytes(70_000);
  expect(native().sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  const hash = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const ids = Array.from({ length: 5 }, () => randomBytes(32));
  const [a, b, c, d, e] = ids.map((id) => hash(Buffer.of(0), id)) as [Buffer, Buffer, Buffer, Buffer, Buffer];
  const node = (left: Buffer, right: Buffer) => hash(Buffer.of(1), left, right);
  expect(native().merkleRoot(Buffer.concat(ids))).toBe(node(node(node(a, b), node(c, d)), e).toString('hex'));
  expect(native().merkleRoot(new Uint8Array(0))).toBe(hash().toString('hex'));
});

test('describes its build', () => {
  expect(native().describe()).toMatchObject({ zstd: expect.stringMatching(/^1\./), openssl: expect.any(String) });
});

test.each([
  ['key', () => native().seal(new Uint8Array(32), new Uint8Array(1))],
  ['plain', () => native().seal(key, 'text' as unknown as Uint8Array)],
  ['sealed', () => native().open(key, new Uint16Array(40) as unknown as Uint8Array)],
  ['level', () => native().compress(new Uint8Array(1), 0)],
  ['maxBytes', () => native().decompress(new Uint8Array(1), -1)],
  ['bytes', () => native().sha256(undefined as unknown as Uint8Array)],
  ['ids', () => native().merkleRoot(new Uint8Array(33))],
  ['path', () => native().openDevice('')],
  ['path', () => native().openDevice('a\0b')],
  ['options.write', () => native().openDevice('/dev/null', { write: 'yes' } as unknown as { write: boolean })],
])('refuses a bad %s with a TypeError that names it', (name, call) => {
  expect(call).toThrow(expect.objectContaining({ name: 'TypeError', message: expect.stringContaining(name) }));
});

/** Sealed blobs one behind the other, every second one compressed. */
function storedBlobs(plains: readonly Buffer[]) {
  const sealed = plains.map((plain, i) => native().seal(key, i % 2 === 0 ? plain : native().compress(plain, 3)));
  const offsets = new Uint32Array(sealed.length);
  for (let i = 1; i < sealed.length; i++) offsets[i] = (offsets[i - 1] ?? 0) + (sealed[i - 1]?.length ?? 0);
  const blobs = {
    count: plains.length,
    ids: Buffer.concat(plains.map((plain) => createHash('sha256').update(plain).digest())),
    offsets,
    lengths: Uint32Array.from(sealed, ({ length }) => length),
    uncompressedLengths: Uint32Array.from(plains, ({ length }, i) => (i % 2 === 0 ? 0 : length)),
  };
  return { buffer: Buffer.concat(sealed), blobs };
}

test('damaged blobs are told from whole ones', async () => {
  const { buffer, blobs } = storedBlobs(Array.from({ length: 9 }, (_, i) => randomBytes(i * 1000)));
  const damaged = async () => [...(await native().damagedBlobs(key, buffer, blobs))];
  expect(await damaged()).toEqual([]);
  buffer[(blobs.offsets[3] ?? 0) + 20] = (buffer[(blobs.offsets[3] ?? 0) + 20] ?? 0) ^ 1;
  blobs.ids[5 * 32] = (blobs.ids[5 * 32] ?? 0) ^ 1;
  blobs.uncompressedLengths[7] = 6999;
  blobs.lengths[8] = 31;
  expect(await damaged()).toEqual([3, 5, 7, 8]);
  blobs.uncompressedLengths[7] = 0xffff_ffff;
  expect(await damaged()).toEqual([3, 5, 7, 8]);
  expect([...(await native().damagedBlobs(randomBytes(MASTER_KEY_BYTES), buffer, blobs))]).toHaveLength(9);
  blobs.lengths[8] = buffer.length;
  expect(() => native().damagedBlobs(key, buffer, blobs)).toThrow(TypeError);
  expect(() => native().damagedBlobs(key, buffer, { ...blobs, count: 10 })).toThrow(TypeError);
});
