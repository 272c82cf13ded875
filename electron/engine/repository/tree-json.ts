/**
 * Tree blobs (doc/design.rst, "Trees and Data"). The content of a volume's image is up to two million ids, some 140 MB
 * of JSON: it is written into one buffer and read without a string an id.
 */
import { EngineError } from '../base/errors.ts';
import { ID_BYTES } from '../native.ts';
import { damaged, type FileReference } from './damage.ts';
import { isId } from './file-layout.ts';
import { GO_ZERO_TIME, goQuote, goString, goTime, goUnquote } from './go-json.ts';
import { JsonScanner } from './json-scanner.ts';
import type { TreeNode } from './types.ts';

/** Bytes of one id in JSON, with quotes and the comma. */
const ID_JSON_BYTES = 2 * ID_BYTES + 3;
/** Go's os.ModeDir. */
const MODE_DIR = 0x8000_0000;
const HEX_DIGITS = Buffer.from('0123456789abcdef');
const TREE_KEYS = ['nodes'];
const NODE_KEYS = [
  ...['name', 'type', 'mode', 'mtime', 'atime', 'ctime', 'uid', 'gid', 'user', 'group', 'inode', 'device_id'],
  ...['size', 'links', 'content', 'subtree'],
];

/** A node's JSON around its content ids. */
interface EncodedNode {
  before: Buffer;
  content: Uint8Array;
  after: Buffer;
}

/** A tree blob: nodes sorted by the bytes of their names. `INTERNAL` for a name that restic would refuse. */
export function encodeTree(nodes: readonly TreeNode[]): Buffer {
  const named = nodes.map((node) => ({ node, key: Buffer.from(node.name) }));
  named.sort((a, b) => Buffer.compare(a.key, b.key));
  for (const [i, { node, key }] of named.entries()) {
    const isBad = node.name === '' || node.name === '.' || node.name === '..' || /[/\0]/.test(node.name);
    if (isBad || named[i + 1]?.key.equals(key)) {
      throw new EngineError('INTERNAL', {
        reason: `A tree cannot hold the name ${JSON.stringify(node.name)} (again).`,
      });
    }
  }
  const encoded = named.map(({ node }) => encodeNode(node));
  const tree = Buffer.allocUnsafeSlow(
    encoded.reduce((sum, node) => sum + encodedBytes(node) + 1, '{"nodes":[]}\n'.length),
  );
  let at = tree.write('{"nodes":[');
  for (const [i, node] of encoded.entries()) {
    if (i > 0) at += tree.write(',', at);
    at = writeNode(tree, at, node);
  }
  // restic's encoder ends every document with a newline.
  at += tree.write(']}\n', at);
  return tree.subarray(0, at);
}

function encodedBytes({ before, content, after }: EncodedNode): number {
  return before.length + (content.length / ID_BYTES) * ID_JSON_BYTES + after.length;
}

function encodeNode(node: TreeNode): EncodedNode {
  const { name, type, user, group, inode, size, links, content, subtree } = node;
  if (content !== undefined && content.length % ID_BYTES !== 0) {
    throw new EngineError('INTERNAL', { reason: 'The content of a file is not a whole number of ids.' });
  }
  const mode = type === 'dir' ? ((node.mode ?? 0) | MODE_DIR) >>> 0 : (node.mode ?? 0);
  const time = (value: string | undefined): string => goString(goTime(value ?? GO_ZERO_TIME));
  const number = (key: string, value: number | undefined): string => (value ? `,"${key}":${value}` : '');
  const text = (key: string, value: string | undefined): string => (value ? `,"${key}":${goString(value)}` : '');
  const hasContent = content !== undefined || type === 'file';
  const before =
    `{"name":${goString(goQuote(name))},"type":${goString(type)}${number('mode', mode)}` +
    `,"mtime":${time(node.mtime)},"atime":${time(node.atime)},"ctime":${time(node.ctime)}` +
    `,"uid":${node.uid ?? 0},"gid":${node.gid ?? 0}${text('user', user)}${text('group', group)}` +
    `${number('inode', inode)}${number('size', size)}${number('links', links)},"content":${hasContent ? '[' : 'null'}`;
  const after = `${hasContent ? ']' : ''}${text('subtree', subtree)}}`;
  return { before: Buffer.from(before), content: content ?? new Uint8Array(), after: Buffer.from(after) };
}

function writeNode(tree: Buffer, start: number, { before, content, after }: EncodedNode): number {
  tree.set(before, start);
  let at = start + before.length;
  for (let from = 0; from < content.length; from += ID_BYTES) {
    if (from > 0) tree[at++] = 0x2c;
    tree[at++] = 0x22;
    for (let i = from; i < from + ID_BYTES; i++) {
      const byte = content[i] ?? 0;
      tree[at++] = HEX_DIGITS[byte >> 4] ?? 0;
      tree[at++] = HEX_DIGITS[byte & 15] ?? 0;
    }
    tree[at++] = 0x22;
  }
  tree.set(after, at);
  return at + after.length;
}

/** The nodes of a tree blob. Fields that we do not know are left out. `REPOSITORY_DAMAGED` for `reference`. */
export function decodeTree(json: Uint8Array, reference: FileReference): TreeNode[] {
  const scanner = new JsonScanner(json, (reason) => damaged(reference, reason));
  const nodes: TreeNode[] = [];
  scanner.readObject(TREE_KEYS, (key) => {
    if (key === 'nodes') scanner.readArray(() => nodes.push(readNode(scanner, reference)));
    else scanner.skipValue();
  });
  scanner.expectEnd();
  return nodes;
}

function readNode(scanner: JsonScanner, reference: FileReference): TreeNode {
  scanner.peek();
  const start = scanner.position;
  let content: Uint8Array | undefined;
  let cut: [number, number] | undefined;
  scanner.readObject(NODE_KEYS, (key) => {
    if (key !== 'content') {
      scanner.skipValue();
      return;
    }
    if (cut !== undefined) throw scanner.error('a node has two contents');
    const isList = scanner.peek() === 0x5b;
    const from = scanner.position;
    if (isList) content = readContent(scanner);
    else scanner.skipValue();
    cut = [from, scanner.position];
  });
  const { bytes } = scanner;
  const [from, to] = cut ?? [scanner.position, scanner.position];
  const filler = cut === undefined ? '' : 'null';
  const text = bytes.toString('utf8', start, from) + filler + bytes.toString('utf8', to, scanner.position);
  return nodeOf(text, content, reference);
}

/** The ids of a content list. Its length is bounded by where the list ends, since ids hold no bracket. */
function readContent(scanner: JsonScanner): Uint8Array {
  const end = scanner.bytes.indexOf(0x5d, scanner.position);
  const most = Math.floor((end - scanner.position) / (ID_JSON_BYTES - 1));
  const ids = new Uint8Array(Math.max(0, most) * ID_BYTES);
  let at = 0;
  scanner.readArray(() => {
    if (at === ids.length) throw scanner.error('an id was expected');
    scanner.readId(ids, at);
    at += ID_BYTES;
  });
  return ids.subarray(0, at);
}

function nodeOf(text: string, content: Uint8Array | undefined, reference: FileReference): TreeNode {
  let raw: Record<string, unknown>;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw damaged(reference, 'A node of the tree is not valid JSON.', {}, error);
  }
  const name = typeof raw.name === 'string' ? goUnquote(raw.name) : undefined;
  if (name === undefined || name === '' || typeof raw.type !== 'string') {
    throw damaged(reference, 'A node of the tree has no name or type.');
  }
  if (raw.subtree !== undefined && raw.subtree !== null && !isId(raw.subtree)) {
    throw damaged(reference, `The subtree of ${JSON.stringify(name)} is not an id.`);
  }
  const node: TreeNode = { name, type: raw.type };
  for (const key of ['mode', 'uid', 'gid', 'inode', 'size', 'links'] as const) {
    const value = raw[key];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'number' || value < 0)
      throw damaged(reference, `The ${key} of ${JSON.stringify(name)} is no size.`);
    node[key] = value;
  }
  for (const key of ['mtime', 'atime', 'ctime', 'user', 'group'] as const) {
    const value = raw[key];
    if (typeof value === 'string') node[key] = value;
  }
  if (content !== undefined) node.content = content;
  if (isId(raw.subtree)) node.subtree = raw.subtree;
  return node;
}
