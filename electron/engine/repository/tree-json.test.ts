import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goQuote, goString, goTime, goUnquote } from './go-json.ts';
import { decodeTree, encodeTree } from './tree-json.ts';
import type { TreeNode } from './types.ts';

const reference = { repository: '/r', kind: 'tree', id: 'ab' } as const;
const ID = 'cd'.repeat(32);

const names = fc.string({ unit: 'binary', minLength: 1 }).filter((name) => !/^\.{1,2}$|[/\0]/.test(name));
const nodes: fc.Arbitrary<TreeNode[]> = fc.uniqueArray(
  fc.record(
    {
      name: names,
      type: fc.constant('file'),
      mode: fc.integer({ min: 1, max: 0o777 }),
      mtime: fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date('2999-01-01') })
        .map((d) => goTime(d.toISOString())),
      uid: fc.nat(),
      user: fc.string({ minLength: 1, unit: 'binary' }),
      size: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      content: fc.uint8Array({ maxLength: 320 }).map((bytes) => bytes.subarray(0, bytes.length - (bytes.length % 32))),
    },
    { requiredKeys: ['name', 'type', 'content'] },
  ),
  { selector: ({ name }) => name, maxLength: 20 },
);

describe('trees', () => {
  test('come back as they were written, sorted by the bytes of the names', () => {
    fc.assert(
      fc.property(nodes, (tree) => {
        const read = decodeTree(encodeTree(tree), reference);
        const sorted = tree.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
        expect(read).toMatchObject(sorted.map(({ content, ...node }) => node));
        for (const [i, node] of sorted.entries())
          expect(Buffer.from(read[i]?.content ?? [])).toEqual(Buffer.from(node.content ?? []));
      }),
    );
  });

  test('are the bytes that restic writes', () => {
    const tree: TreeNode[] = [
      { name: 'b<"\\', type: 'dir', mode: 0o755, mtime: '2026-11-21T01:02:03.120Z', uid: 1, user: 'a&b', subtree: ID },
      { name: 'a\n', type: 'file', size: 5, content: Buffer.from(ID, 'hex') },
      { name: 'c', type: 'file', content: new Uint8Array() },
    ];
    const zero = '"0001-01-01T00:00:00Z"';
    expect(encodeTree(tree).toString()).toBe(
      `{"nodes":[{"name":"a\\\\n","type":"file","mtime":${zero},"atime":${zero},"ctime":${zero},"uid":0,"gid":0,"size":5,"content":["${ID}"]},` +
        `{"name":"b\\u003c\\\\\\"\\\\\\\\","type":"dir","mode":2147484141,"mtime":"2026-11-21T01:02:03.12Z","atime":${zero},"ctime":${zero},"uid":1,"gid":0,"user":"a\\u0026b","content":null,"subtree":"${ID}"},` +
        `{"name":"c","type":"file","mtime":${zero},"atime":${zero},"ctime":${zero},"uid":0,"gid":0,"content":[]}]}\n`,
    );
  });

  test.each(['', '.', '..', 'a/b', 'a\0'])('cannot hold the name %j', (name) => {
    expect(() => encodeTree([{ name, type: 'file' }])).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });

  test('cannot hold a name twice', () => {
    const node = { name: 'x', type: 'file' };
    expect(() => encodeTree([node, { name: 'w', type: 'file' }, node])).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });

  test('are read with white space, unknown fields and any order of fields', () => {
    const json = `{ "later": [1, {"content": ["x"]}], "nodes": [ { "content" : [ "${ID}" , "${ID}" ],
      "extended_attributes":[{"name":"content","value":"eA=="}], "type": "file", "name": "n", "inode": 18446744073709551615 } ] }`;
    const [node] = decodeTree(Buffer.from(json), reference);
    expect(node).toMatchObject({ name: 'n', type: 'file' });
    expect(Buffer.from(node?.content ?? []).toString('hex')).toBe(ID + ID);
    expect(decodeTree(Buffer.from('{"nodes":null}'), reference)).toEqual([]);
  });

  test.each([
    '',
    '{}x',
    '[]',
    '{"nodes":[{}]}',
    '{"nodes":[{"name":"a"}]}',
    `{"nodes":[{"name":"a","type":"file","content":["${ID}",]}]}`,
    `{"nodes":[{"name":"a","type":"file","content":["${ID.slice(1)}"]}]}`,
    `{"nodes":[{"name":"a","type":"file","content":["${ID.toUpperCase()}"]}]}`,
    `{"nodes":[{"name":"a","type":"file","content":["${ID}"`,
    `{"nodes":[{"name":"a","type":"file","content":[],"content":[]}]}`,
    '{"nodes":[{"name":"a","type":"dir","subtree":"../x"}]}',
    '{"nodes":[{"name":"\\\\q","type":"dir"}]}',
    '{"nodes":[{"name":"a","type":"file","size":-1}]}',
    `{"x":${'['.repeat(200)}${']'.repeat(200)}}`,
  ])('that are not well-formed are damage: %s', (json) => {
    const damage = {
      code: 'REPOSITORY_DAMAGED',
      details: expect.objectContaining({ kind: 'tree', id: 'ab', repository: '/r' }),
    };
    expect(() => decodeTree(Buffer.from(json), reference)).toThrow(expect.objectContaining(damage));
  });

  test('of a 100 GiB image are written and read quickly', () => {
    const content = randomBytes(200_000 * 32);
    const started = performance.now();
    const tree = encodeTree([{ name: 'volume.img', type: 'file', size: 1, content }]);
    const [node] = decodeTree(tree, reference);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(Buffer.from(node?.content ?? []).equals(content)).toBe(true);
  });
});

describe("Go's texts", () => {
  test('quoting is undone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(goUnquote(goQuote(text))).toBe(text);
      }),
    );
  });

  test.each([
    ['\x7f', '\\x7f'],
    ['\u200b', '\\u200b'],
    ['\u{10ffff}', '\\U0010ffff'],
    ['ä', 'ä'],
    ['\u00a0', '\\u00a0'],
  ])('%j is quoted as %s', (text, quoted) => expect(goQuote(text)).toBe(quoted));

  test('bytes that are not UTF-8 are replaced', () => {
    expect(goUnquote('a\\xffb')).toBe('a\ufffdb');
    expect(goUnquote('\\xc3\\xa4\\344')).toBe('ä\ufffd');
    expect(goUnquote('\\ud800')).toBeUndefined();
  });

  test('strings and times', () => {
    expect(goString('<a>\u2028')).toBe('"\\u003ca\\u003e\\u2028"');
    expect(goTime('2026-01-01T00:00:00.000Z')).toBe('2026-01-01T00:00:00Z');
    expect(goTime('2026-01-01T00:00:00.100+02:00')).toBe('2026-01-01T00:00:00.1+02:00');
    expect(goTime('2026-01-01T00:00:10Z')).toBe('2026-01-01T00:00:10Z');
  });
});
