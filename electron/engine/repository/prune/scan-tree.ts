/**
 * What a tree refers to, without making nodes of it: a volume's image is one node with up to two million ids, and a
 * repository of restic's has trees by the hundred thousand.
 */
import { ID_BYTES } from '../../native.ts';
import { damaged, type FileReference } from '../damage.ts';
import { JsonScanner } from '../json-scanner.ts';
import { BREATH, breathe } from './breathe.ts';

const TREE_KEYS = ['nodes'];
const NODE_KEYS = ['name', 'type', 'content', 'subtree'];
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const QUOTE = 0x22;

/** Told of every reference; `id` holds the 32 bytes only during the call. */
export interface TreeVisitor {
  blob(id: Uint8Array): void;
  subtree(id: Uint8Array): void;
}

/**
 * Tells `visitor` every blob and tree that a tree refers to. Throws `REPOSITORY_DAMAGED` for `reference` where the tree
 * is malformed, a folder has no tree or a file no content; and what cancelling throws.
 */
export async function scanTree(
  json: Uint8Array,
  reference: FileReference,
  visitor: TreeVisitor,
  signal: AbortSignal | undefined,
): Promise<void> {
  const scanner = new JsonScanner(json, (reason) => damaged(reference, reason));
  const contents: number[] = [];
  scanner.readObject(TREE_KEYS, (key) => {
    if (key === 'nodes') scanner.readArray(() => readNode(scanner, reference, visitor, contents));
    else scanner.skipValue();
  });
  scanner.expectEnd();
  for (const at of contents) await readContent(scanner, at, visitor, signal);
}

const scratch = new Uint8Array(ID_BYTES);

function readNode(scanner: JsonScanner, reference: FileReference, visitor: TreeVisitor, contents: number[]): void {
  let type = '';
  let hasContent = false;
  let hasSubtree = false;
  scanner.readObject(NODE_KEYS, (key) => {
    const next = scanner.peek();
    if (key === 'type') {
      type = scanner.readString();
    } else if (key === 'content' && next === OPEN_ARRAY) {
      hasContent = true;
      contents.push(scanner.position);
      passContent(scanner);
    } else if (key === 'subtree' && next === QUOTE) {
      hasSubtree = true;
      scanner.readId(scratch, 0);
      visitor.subtree(scratch);
    } else {
      scanner.skipValue();
    }
  });
  if (type === 'dir' && !hasSubtree) throw damaged(reference, 'A folder in the tree has no tree of its own.');
  if (type === 'file' && !hasContent) throw damaged(reference, 'A file in the tree has no content.');
}

/** Ids hold no bracket, so the list ends at the next one; `readContent` looks at what is between. */
function passContent(scanner: JsonScanner): void {
  const end = scanner.bytes.indexOf(CLOSE_ARRAY, scanner.position);
  if (end < 0) throw scanner.error('a list does not end');
  scanner.position = end + 1;
}

async function readContent(
  scanner: JsonScanner,
  at: number,
  visitor: TreeVisitor,
  signal: AbortSignal | undefined,
): Promise<void> {
  scanner.position = at + 1;
  if (scanner.peek() === CLOSE_ARRAY) return;
  const id = new Uint8Array(ID_BYTES);
  for (let count = 1; ; count++) {
    scanner.readId(id, 0);
    visitor.blob(id);
    const next = scanner.peek();
    if (next === CLOSE_ARRAY) return;
    if (next !== COMMA) throw scanner.error('a comma or the end of a list was expected');
    scanner.position++;
    if (count % BREATH === 0) await breathe(signal);
  }
}
