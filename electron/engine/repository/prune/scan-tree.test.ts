import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeTree, encodeTree } from '../tree-json.ts';
import { scanTree } from './scan-tree.ts';

const reference = { repository: '/r', kind: 'tree', id: 'ab'.repeat(32) } as const;

async function scan(json: string | Buffer, signal?: AbortSignal) {
  const blobs: string[] = [];
  const trees: string[] = [];
  const visitor = {
    blob: (id: Uint8Array) => void blobs.push(Buffer.from(id).toString('hex')),
    subtree: (id: Uint8Array) => void trees.push(Buffer.from(id).toString('hex')),
  };
  await scanTree(Buffer.from(json), reference, visitor, signal);
  return { blobs, trees };
}

const node = (fields: string): string => `{"nodes":[{${fields}}]}`;
const id = 'cd'.repeat(32);

test('tells what decoding tells, whatever the names', async () => {
  const content = randomBytes(32 * 3);
  const json = encodeTree([
    { name: 'a ] "quoted" [', type: 'file', content },
    { name: 'empty', type: 'file', content: new Uint8Array() },
    { name: 'folder', type: 'dir', subtree: id },
    { name: 'link', type: 'symlink' },
  ]);
  const { blobs, trees } = await scan(json);
  expect(blobs.join('')).toBe(content.toString('hex'));
  expect(trees).toEqual([id]);
  expect(decodeTree(json, reference).map(({ subtree }) => subtree)).toContain(id);
});

test('takes fields in any order, and passes over those it does not know', async () => {
  const json = `{"x":[1,{"nodes":[]}],"nodes":[{"content":["${id}"],"more":{"content":["no"]},"type":"file","name":"f"}]}`;
  expect(await scan(json)).toEqual({ blobs: [id], trees: [] });
  expect(await scan('{"nodes":null}')).toEqual({ blobs: [], trees: [] });
});

test.each([
  ['a folder without a tree', node('"name":"d","type":"dir"')],
  ['a folder whose tree is null', node('"name":"d","type":"dir","subtree":null')],
  ['a file without content', node('"name":"f","type":"file"')],
  ['a file whose content is null', node('"name":"f","type":"file","content":null')],
  ['content that is no list', node(`"name":"f","type":"file","content":"${id}"`)],
  ['a content that does not end', `{"nodes":[{"name":"f","type":"file","content":["${id}"`],
  ['an id that is too short', node(`"name":"f","type":"file","content":["${id.slice(2)}"]`)],
  ['an id that is upper case', node(`"name":"f","type":"file","content":["${id.toUpperCase()}"]`)],
  ['ids without commas', node(`"name":"f","type":"file","content":["${id}""${id}"]`)],
  ['a comma too many', node(`"name":"f","type":"file","content":["${id}",]`)],
  ['a list within', node(`"name":"f","type":"file","content":[["${id}"]]`)],
  ['a subtree that is no id', node('"name":"d","type":"dir","subtree":"x"')],
  ['something behind', '{"nodes":[]} x'],
])('refuses %s', async (_, json) => {
  await expect(scan(json)).rejects.toMatchObject({ code: 'REPOSITORY_DAMAGED', details: { kind: 'tree' } });
});

test('an image of two million blocks can be cancelled', { timeout: 30_000 }, async () => {
  const content = randomBytes(32 * 400_000);
  const json = encodeTree([{ name: 'volume.img', type: 'file', content }]);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  await expect(scan(json, controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
});
