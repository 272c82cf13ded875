import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GrowingBlobIndex } from './blob-index.ts';
import { encodeHex } from './hex.ts';
import { encodeIndex, type IndexedPack, readIndex } from './index-files.ts';
import { newPackContent } from './pack-header.ts';

const reference = { repository: '/r', kind: 'index', id: 'ab' } as const;
const SUPERSEDED = 'ee'.repeat(32);

const packs = fc.array(
  fc.record({
    seed: fc.nat(),
    blobs: fc.array(
      fc.record({
        // Few different ids, so that blobs repeat across packs and kinds.
        id: fc.integer({ min: 0, max: 200 }),
        length: fc.integer({ min: 32, max: 1 << 20 }),
        plain: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1 << 24 })),
        tree: fc.constantFrom(0, 1),
      }),
      { maxLength: 50 },
    ),
  }),
  { maxLength: 20 },
);

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function toPack({
  seed,
  blobs,
}: {
  seed: number;
  blobs: { id: number; length: number; plain: number; tree: number }[];
}): IndexedPack {
  const content = newPackContent(blobs.length);
  let offset = 0;
  for (const [i, { id, length, plain, tree }] of blobs.entries()) {
    content.ids.set(hash(`blob ${id}`), i * 32);
    content.offsets[i] = offset;
    content.lengths[i] = length;
    content.uncompressedLengths[i] = plain;
    content.trees[i] = tree;
    offset += length;
  }
  return { packId: hash(`pack ${seed}`).toString('hex'), content };
}

describe('the blob index', () => {
  test('finds what an index file lists, exactly', () => {
    fc.assert(
      fc.property(packs, (rows) => {
        const written = rows.map(toPack);
        const index = new GrowingBlobIndex();
        expect(readIndex(encodeIndex(written), reference, index)).toEqual([]);
        const direct = new GrowingBlobIndex();
        for (const { packId, content } of written) direct.addPack(packId, content);
        expect(index.blobCount).toBe(direct.blobCount);
        for (const { packId, content } of written) {
          for (let i = 0; i < content.count; i++) {
            const kind = content.trees[i] === 1 ? 'tree' : 'data';
            const id = encodeHex(content.ids, i * 32);
            const plain = content.uncompressedLengths[i] ?? 0;
            const stored = content.lengths[i] ?? 0;
            const expected = {
              packId,
              kind,
              offsetBytes: content.offsets[i],
              storedBytes: stored,
              plainBytes: plain > 0 ? plain : stored - 32,
              compressed: plain > 0,
            };
            const isSeedReused = written.filter((other) => other.packId === packId).length > 1;
            if (!isSeedReused) expect(index.findAll(id, kind)).toContainEqual(expect.objectContaining(expected));
            expect(index.find(content.ids, i * 32, kind)).toEqual(index.findHex(id, kind));
            expect(index.has(content.ids, i * 32, kind)).toBe(true);
          }
        }
        for (let number = 300; number < 320; number++) expect(index.has(hash(`blob ${number}`), 0, 'data')).toBe(false);
      }),
    );
  });

  test('groups blobs by pack', () => {
    fc.assert(
      fc.property(packs, (rows) => {
        const index = new GrowingBlobIndex();
        for (const { packId, content } of rows.map(toPack)) index.addPack(packId, content);
        const { entries, starts } = index.entriesByPack();
        expect(starts.at(-1)).toBe(index.blobCount);
        expect(new Set(entries).size).toBe(index.blobCount);
        for (let pack = 0; pack < index.packIds.length; pack++) {
          for (const entry of entries.subarray(starts[pack], starts[pack + 1])) {
            expect(index.entryAt(entry).packNumber).toBe(pack);
          }
        }
      }),
    );
  });

  test('needs less than 64 bytes a blob, for two million of them', () => {
    const index = new GrowingBlobIndex();
    const perPack = 128;
    const content = newPackContent(perPack);
    content.lengths.fill(400_000);
    const dataPacks = 2 ** 21 / perPack;
    const first = randomBytes(32);
    for (let pack = 0; pack < dataPacks; pack++) {
      content.ids.set(randomBytes(32 * perPack));
      if (pack === 0) content.ids.set(first);
      for (let i = 0; i < perPack; i++) content.offsets[i] = i * 400_000;
      index.addPack(pack.toString(16).padStart(64, '0'), content);
    }
    expect(index.blobCount).toBe(2 ** 21);
    expect(index.memoryBytes / index.blobCount).toBeLessThan(60);
    expect(index.find(first, 0, 'data')).toMatchObject({ offsetBytes: 0, packNumber: 0 });
    expect(index.find(first, 0, 'tree')).toBeUndefined();
    expect(index.dataIds().length).toBe(2 ** 21 * 32);
  });

  test('reads fields in any order, and what is superseded', () => {
    const [pack] = [toPack({ seed: 1, blobs: [{ id: 1, length: 100, plain: 7, tree: 1 }] })];
    const id = encodeHex(pack.content.ids, 0);
    const json = `{"packs":[{"blobs":[{"uncompressed_length":7,"length":100,"x":{},"offset":0,"type":"tree","id":"${id}"}],"id":"${pack.packId}"},
      {"id":"${pack.packId}","blobs":null}],"supersedes":["${SUPERSEDED}"],"later":true}`;
    const index = new GrowingBlobIndex();
    expect(readIndex(Buffer.from(json), reference, index)).toEqual([SUPERSEDED]);
    expect(index.findHex(id, 'tree')).toMatchObject({ packId: pack.packId, plainBytes: 7, compressed: true });
    expect(index.blobCount).toBe(1);
  });

  test.each([
    '{"packs":[{}]}',
    `{"packs":[{"id":"${SUPERSEDED}","blobs":[{}]}]}`,
    `{"packs":[{"id":"${SUPERSEDED}","blobs":[{"id":"${SUPERSEDED}","type":"data","offset":-1,"length":40}]}]}`,
    `{"packs":[{"id":"${SUPERSEDED}","blobs":[{"id":"${SUPERSEDED}","type":"data","offset":0,"length":31}]}]}`,
    `{"packs":[{"id":"${SUPERSEDED}","blobs":[{"id":"${SUPERSEDED}","type":"file","offset":0,"length":40}]}]}`,
    `{"packs":[{"id":"${SUPERSEDED}","blobs":[{"id":"${SUPERSEDED}","type":"data","offset":4294967295,"length":40}]}]}`,
    `{"packs":[{"id":"${SUPERSEDED}","blobs":[{"id":"${SUPERSEDED}","type":"data","offset":0,"length":4e1}]}]}`,
    '{"packs":[]',
  ])('calls a file that is not well-formed damaged: %s', (json) => {
    const damage = {
      code: 'REPOSITORY_DAMAGED',
      details: expect.objectContaining({ kind: 'index', file: 'index/ab' }),
    };
    expect(() => readIndex(Buffer.from(json), reference, new GrowingBlobIndex())).toThrow(
      expect.objectContaining(damage),
    );
  });
});
