/**
 * Finds a name in a directory's index, a B+ tree ordered by upper-cased names.
 * Source: the notes in ntfs-3g's layout.h (INDEX_ROOT, INDEX_BLOCK, INDEX_ENTRY, FILE_NAME_ATTR).
 */
import { fileSystemDamaged } from '../damage.ts';
import { ATTRIBUTE, utf16 } from './attributes.ts';
import type { Geometry } from './boot-sector.ts';
import type { DataStream } from './data-stream.ts';
import type { FileRecord } from './file-record.ts';
import { damagedRecord, type Mft } from './mft.ts';
import { isPowerOfTwo, unsigned64 } from './numbers.ts';
import { undoUpdateSequence } from './update-sequence.ts';

/** A file that a directory names. */
export interface FileReference {
  record: number;
  sequence: number;
}

const INDEX_NAME = '$I30';
/** Collation by file name. */
const BY_FILE_NAME = 1;
const ROOT_HEADER = 16;
const BLOCK_HEADER = 24;
const HEADER_BYTES = 16;
const ENTRY_BYTES = 16;
const HAS_CHILD = 1;
const IS_LAST = 2;
const NAME_LENGTH_AT = ENTRY_BYTES + 0x40;
const NAME_AT = ENTRY_BYTES + 0x42;
const SMALLEST_BLOCK_BYTES = 512;
const LARGEST_BLOCK_BYTES = 65536;

/** Where the wanted name stands in the order, seen from an entry; `unsure`: on either side of it. */
type Order = 'before' | 'equal' | 'after' | 'unsure';

/** Letters beyond ASCII whose upper case is an ASCII letter (ı, ſ), for those who think so. */
const UPPER_CASE_MAY_BE_ASCII = new Set(['\u0131', '\u017f']);

/**
 * `wanted` is upper-case ASCII, so `$UpCase`, the volume's own table, is not needed: every other letter's upper case
 * comes after ASCII, and the two that may not be are searched on both sides.
 */
function orderOf(wanted: string, name: string): Order {
  const length = Math.min(wanted.length, name.length);
  for (let index = 0; index < length; index++) {
    const letter = name.charAt(index);
    if (UPPER_CASE_MAY_BE_ASCII.has(letter)) return 'unsure';
    const upper = letter >= 'a' && letter <= 'z' ? letter.toUpperCase() : letter;
    if (wanted.charAt(index) !== upper) return wanted.charAt(index) < upper ? 'before' : 'after';
  }
  if (wanted.length === name.length) return 'equal';
  return wanted.length < name.length ? 'before' : 'after';
}

/** One node's answer. */
interface NodeFinds {
  found: FileReference[];
  /** Children in which the name may stand, by the field of their number. */
  children: number[];
}

/** Searches the entries of a node, whose header stands at `at`. Returns what is wrong instead, as a clause. */
function searchNode(node: Buffer, at: number, wanted: string): NodeFinds | string {
  if (at + HEADER_BYTES > node.length) return 'a node is too short';
  const end = at + node.readUInt32LE(at + 4);
  if (end > node.length) return 'a node is longer than its place';
  const finds: NodeFinds = { found: [], children: [] };
  for (let start = at + node.readUInt32LE(at); ; ) {
    if (start + ENTRY_BYTES > end) return 'a node has no last entry';
    const length = node.readUInt16LE(start + 8);
    const flags = node.readUInt16LE(start + 12);
    const childBytes = (flags & HAS_CHILD) === 0 ? 0 : 8;
    if (length < ENTRY_BYTES + childBytes || length % 8 !== 0 || start + length > end) {
      return 'an entry has an impossible length';
    }
    const entry = node.subarray(start, start + length);
    let order: Order = 'before';
    if ((flags & IS_LAST) === 0) {
      const key = entry.subarray(0, length - childBytes);
      const name = key.length < NAME_AT ? undefined : utf16(key, NAME_AT, key.readUInt8(NAME_LENGTH_AT));
      if (name === undefined) return 'an entry has an impossible name';
      order = orderOf(wanted, name);
      if (order === 'equal') finds.found.push({ record: entry.readUIntLE(0, 6), sequence: entry.readUInt16LE(6) });
    }
    if (childBytes !== 0 && order !== 'after') finds.children.push(unsigned64(entry, length - childBytes));
    if ((flags & IS_LAST) !== 0 || order === 'before') return finds;
    start += length;
  }
}

/** The blocks of an index outside its root. */
class IndexBlocks {
  readonly #stream: DataStream;
  readonly #blockBytes: number;
  readonly #unitBytes: number;
  readonly #visited = new Set<number>();

  constructor(stream: DataStream, blockBytes: number, clusterBytes: number) {
    this.#stream = stream;
    this.#blockBytes = blockBytes;
    // Blocks smaller than a cluster are numbered in units of 512 bytes.
    this.#unitBytes = clusterBytes <= blockBytes ? clusterBytes : SMALLEST_BLOCK_BYTES;
  }

  /** Searches block `vcn`, which no other node may have named. */
  async search(vcn: number, wanted: string, signal: AbortSignal | undefined): Promise<NodeFinds> {
    const { structure } = this.#stream;
    const at = vcn * this.#unitBytes;
    const damaged = (what: string) =>
      fileSystemDamaged(structure, this.#stream.placeOf(at), `The ${structure} is damaged: ${what}.`);
    const inside = Math.min(this.#stream.dataBytes, this.#stream.initializedBytes);
    if (at % this.#blockBytes !== 0 || !(at + this.#blockBytes <= inside)) throw damaged('a node lies outside it');
    if (this.#visited.has(vcn)) throw damaged('a node is named twice');
    this.#visited.add(vcn);
    const block = await this.#stream.read(at, this.#blockBytes, signal);
    if (block.toString('latin1', 0, 4) !== 'INDX') throw damaged('a node does not begin with INDX');
    const torn = undoUpdateSequence(block);
    if (torn !== undefined) throw damaged(`of a node, ${torn}`);
    if (unsigned64(block, 16) !== vcn) throw damaged('a node is another one');
    const finds = searchNode(block, BLOCK_HEADER, wanted);
    if (typeof finds === 'string') throw damaged(finds);
    return finds;
  }
}

/**
 * Files that `directory` names so, in upper or lower case; `wanted` is upper-case ASCII. Every block is read at most
 * once. Throws `FILESYSTEM_DAMAGED` where the index cannot be believed.
 */
export async function findInDirectory(
  mft: Mft,
  geometry: Geometry,
  directory: FileRecord,
  wanted: string,
  signal: AbortSignal | undefined,
): Promise<FileReference[]> {
  const root = await mft.value(directory, ATTRIBUTE.indexRoot, INDEX_NAME, signal);
  if (root === undefined || root.length < ROOT_HEADER + HEADER_BYTES) {
    throw damagedRecord(directory, 'it has no index');
  }
  const blockBytes = root.readUInt32LE(8);
  if (
    root.readUInt32LE(4) !== BY_FILE_NAME ||
    !isPowerOfTwo(blockBytes) ||
    blockBytes < SMALLEST_BLOCK_BYTES ||
    blockBytes > LARGEST_BLOCK_BYTES
  ) {
    throw damagedRecord(directory, 'its index is of an unknown kind');
  }
  const finds = searchNode(root, ROOT_HEADER, wanted);
  if (typeof finds === 'string') throw damagedRecord(directory, finds);
  const found = [...finds.found];
  const pending = [...finds.children];
  if (pending.length === 0) return found;

  const structure = `index of the ${directory.structure}`;
  const stream = await mft.stream(directory, ATTRIBUTE.indexAllocation, INDEX_NAME, { structure }, signal);
  if (stream === undefined) throw damagedRecord(directory, 'its index has no nodes');
  const blocks = new IndexBlocks(stream, blockBytes, geometry.clusterBytes);
  for (let vcn = pending.pop(); vcn !== undefined; vcn = pending.pop()) {
    const below = await blocks.search(vcn, wanted, signal);
    found.push(...below.found);
    pending.push(...below.children);
  }
  return found;
}
