/** XFS images in memory, to be changed by hand: checksums made right again, and trees of any shape built. */
import { readFile } from 'node:fs/promises';
import { crc32c } from '../filesystems/crc32c.ts';
import { createSparseFile, makeFileSystem } from './test-volume.ts';
import { createWorkspace } from './workspace.ts';

const MiB = 1024 * 1024;

/** Writes bytes at an offset of the image. */
export type Write = (at: number, bytes: Uint8Array) => void;

/** Where the checksum lies in each sector of an allocation group's headers. */
const HEADER_CHECKSUMS = [224, 216, 312, 32];
const TREE_CHECKSUM = 52;

/** How a tree is to be built. */
export interface TreeShape {
  /** Free runs of a block each, with a used block before each. */
  runs: number;
  /** Entries of every block but the last of a level. */
  entries: number;
}

/** A tree that was built: its blocks by level, leaves first, counted from the start of the group. */
export type TreeLevels = number[][];

/** An image and its geometry as it was at the start, whatever is done to the superblock later. */
export class XfsImage {
  readonly bytes: Buffer;
  readonly blockBytes: number;
  readonly sectorBytes: number;
  readonly groupBlocks: number;
  readonly groupCount: number;
  readonly checksummed: boolean;
  /** Where the log lies, bytes; 0 = on another device. */
  readonly logOffset: number;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.blockBytes = bytes.readUInt32BE(4);
    this.sectorBytes = bytes.readUInt16BE(102);
    this.groupBlocks = bytes.readUInt32BE(84);
    this.groupCount = bytes.readUInt32BE(88);
    this.checksummed = (bytes.readUInt16BE(100) & 0xf) === 5;
    const shift = bytes.readUInt8(124);
    const start = Number(bytes.readBigUInt64BE(48));
    const group = Math.floor(start / 2 ** shift);
    this.logOffset = start === 0 ? 0 : this.offsetOf(group, start - group * 2 ** shift);
  }

  /** Where a block of a group lies, bytes. */
  offsetOf(group: number, block: number): number {
    return (group * this.groupBlocks + block) * this.blockBytes;
  }

  /** Where the AGF (sector 1), AGI (2) or AGFL (3) of a group lies, bytes. */
  headerAt(group: number, sector: 1 | 2 | 3): number {
    return this.offsetOf(group, 0) + sector * this.sectorBytes;
  }

  /** Sets a 32-bit field and the checksum of the structure that it lies in. */
  set(at: number, value: number): void {
    this.bytes.writeUInt32BE(value >>> 0, at);
    this.sign(at);
  }

  /** Makes the checksum of the structure around `at` right again: superblock, headers or tree block. */
  sign(at: number, write: Write = (offset, bytes) => this.bytes.set(bytes, offset)): void {
    if (!this.checksummed) return;
    const groupBytes = this.groupBlocks * this.blockBytes;
    const inGroup = at % groupBytes;
    const sector = Math.floor(inGroup / this.sectorBytes);
    const header = HEADER_CHECKSUMS[sector];
    const length = header === undefined ? this.blockBytes : this.sectorBytes;
    const start = at - (inGroup % length);
    const checksumAt = header ?? TREE_CHECKSUM;
    const isTree = this.bytes.toString('latin1', start, start + 3) === 'AB3';
    if (header === undefined && !isTree) return;
    let sum = crc32c(0xffffffff, this.bytes.subarray(start, start + checksumAt));
    sum = crc32c(sum, new Uint8Array(4));
    sum = crc32c(sum, this.bytes.subarray(start + checksumAt + 4, start + length));
    const stored = Buffer.alloc(4);
    stored.writeUInt32LE(~sum >>> 0);
    write(start + checksumAt, stored);
  }

  /** Makes the superblock's count of free blocks the sum of what the groups say. */
  recount(): void {
    let free = 0;
    for (let group = 0; group < this.groupCount; group++) {
      const agf = this.headerAt(group, 1);
      for (const at of [52, 48, 60]) free += this.bytes.readUInt32BE(agf + at);
    }
    this.bytes.writeBigUInt64BE(BigInt(free), 144);
    this.sign(0);
  }

  /**
   * Replaces both trees of free runs of a group, of which that by block must be one leaf, by larger ones within its
   * longest free run. Returns the blocks of the tree by block (bnobt).
   */
  growTree(group: number, { runs, entries }: TreeShape): TreeLevels {
    const agf = this.headerAt(group, 1);
    let next = this.#longestRun(group, this.bytes.readUInt32BE(agf + 16));
    const take = () => next++;
    const layOut = (): TreeLevels => {
      const levels: TreeLevels = [Array.from({ length: Math.ceil(runs / entries) }, take)];
      for (let below = levels[0] ?? []; below.length > 1; below = levels.at(-1) ?? []) {
        levels.push(Array.from({ length: Math.ceil(below.length / entries) }, take));
      }
      return levels;
    };
    // All runs are of one length, so that both trees have the same order.
    const trees = [layOut(), layOut()];
    const firstRun = next + 1;
    for (const [index, levels] of trees.entries()) {
      this.#writeTree(group, index === 0 ? 'B' : 'C', levels, entries, runs, firstRun);
      this.set(agf + 16 + 4 * index, levels.at(-1)?.[0] ?? 0);
      this.set(agf + 28 + 4 * index, levels.length);
    }
    this.set(agf + 52, runs);
    this.set(agf + 56, 1);
    this.set(agf + 60, trees.flat(2).length - trees.length);
    this.recount();
    return trees[0] ?? [];
  }

  #writeTree(group: number, letter: string, levels: TreeLevels, entries: number, runs: number, firstRun: number): void {
    for (const [level, blocks] of levels.entries()) {
      for (const [index, block] of blocks.entries()) {
        const at = this.#block(group, letter, block, level, blocks[index - 1], blocks[index + 1]);
        const below = levels[level - 1]?.length ?? runs;
        const count = Math.min(entries, below - index * entries);
        this.bytes.writeUInt16BE(count, at + 6);
        for (let entry = 0; entry < count; entry++) {
          const child = index * entries + entry;
          const key = at + this.treeHeaderBytes + entry * 8;
          this.bytes.writeUInt32BE(firstRun + 2 * child * entries ** level, key);
          this.bytes.writeUInt32BE(1, key + 4);
          if (level > 0) this.bytes.writeUInt32BE(levels[level - 1]?.[child] ?? 0, this.pointerAt(at, entry));
        }
        this.sign(at);
      }
    }
  }

  get treeHeaderBytes(): number {
    return this.checksummed ? 56 : 16;
  }

  /** Where pointer `entry` of a tree block at `at` lies, bytes. */
  pointerAt(at: number, entry: number): number {
    const most = Math.floor((this.blockBytes - this.treeHeaderBytes) / 12);
    return at + this.treeHeaderBytes + most * 8 + entry * 4;
  }

  #longestRun(group: number, leaf: number): number {
    const at = this.offsetOf(group, leaf);
    let [start, longest] = [0, 0];
    for (let record = 0; record < this.bytes.readUInt16BE(at + 6); record++) {
      const from = at + this.treeHeaderBytes + record * 8;
      const length = this.bytes.readUInt32BE(from + 4);
      if (length > longest) [start, longest] = [this.bytes.readUInt32BE(from), length];
    }
    return start;
  }

  /** An empty tree block; returns where it lies. */
  #block(group: number, letter: string, block: number, level: number, left?: number, right?: number): number {
    const at = this.offsetOf(group, block);
    const bytes = this.bytes.subarray(at, at + this.blockBytes).fill(0);
    bytes.write(`${this.checksummed ? 'AB3' : 'ABT'}${letter}`, 0, 'latin1');
    bytes.writeUInt16BE(level, 4);
    bytes.writeUInt32BE(left ?? 0xffffffff, 8);
    bytes.writeUInt32BE(right ?? 0xffffffff, 12);
    if (this.checksummed) {
      bytes.writeBigUInt64BE(BigInt(at / 512), 16);
      bytes.set(this.bytes.subarray(32, 48), 32);
      bytes.writeUInt32BE(group, 48);
    }
    return at;
  }
}

/** The bytes of a fresh file system; mkfs.xfs would make none this small otherwise. */
export async function freshXfs(mebibytes: number, ...options: string[]): Promise<Buffer> {
  await using workspace = await createWorkspace();
  const path = workspace.path('image');
  await createSparseFile(path, mebibytes * MiB);
  await makeFileSystem(path, ['xfs', '--unsupported', ...options]);
  return await readFile(path);
}

const made = new Map<string, Promise<Buffer>>();

/** A fresh file system of two groups on 34 MiB, its own copy each time. */
export async function xfsImageOf(...options: string[]): Promise<XfsImage> {
  const key = options.join(' ');
  const image = made.get(key) ?? freshXfs(34, ...options);
  made.set(key, image);
  return new XfsImage(Buffer.from(await image));
}

/** Makes the last record of a fresh log one of changes. */
export function dirtyLog(image: XfsImage): XfsImage {
  image.bytes.writeUInt32BE(17, image.logOffset + 40);
  return image;
}
