/** From the superblock to all chunks: its own array of system chunks first, then the chunk tree that lies in those. */
import { fileSystemDamaged } from '../damage.ts';
import { mapIsAGuess } from '../whole-volume.ts';
import {
  type Chunk,
  ChunkMap,
  type Finding,
  furtherDevice,
  GROUP_TYPE,
  parseChunk,
  SUPERBLOCK_ITSELF,
} from './chunks.ts';
import { FIRST_SUPERBLOCK_OFFSET, type Superblock } from './superblock.ts';
import { leavesOf, TREE, type TreeContext } from './tree.ts';
import type { TreeBlock } from './tree-block.ts';
import { u64 } from './u64.ts';

const DEV_ITEMS_OBJECTID = 1;
const FIRST_CHUNK_TREE_OBJECTID = 256;
const DEV_ITEM_KEY = 216;
const CHUNK_ITEM_KEY = 228;
const KEY_BYTES = 17;
/** A chunk item without its stripes. */
const CHUNK_BYTES = 48;
const STRIPE_BYTES = 32;

const IN_SUPERBLOCK: Finding = { structure: 'array of system chunks', offsetBytes: FIRST_SUPERBLOCK_OFFSET };

/** Puts a chunk behind those before it; they come in ascending order. */
function append(chunks: Chunk[], chunk: Chunk, found: Finding): void {
  const last = chunks.at(-1);
  if (last !== undefined && chunk.start < last.start + last.length) {
    const reason = `The chunk at logical address ${chunk.start} overlaps the one before it.`;
    throw fileSystemDamaged(found.structure, found.offsetBytes, reason);
  }
  chunks.push(chunk);
}

/** The system chunks that the superblock names. */
function systemChunks(superblock: Superblock): ChunkMap {
  const { sysChunkArray: bytes } = superblock;
  const damaged = (reason: string): Error =>
    fileSystemDamaged(IN_SUPERBLOCK.structure, IN_SUPERBLOCK.offsetBytes, `The array of system chunks ${reason}.`);
  const chunks: Chunk[] = [];
  for (let at = 0; at < bytes.length; ) {
    const body = at + KEY_BYTES;
    if (body + CHUNK_BYTES > bytes.length) throw damaged('ends within a chunk');
    if (bytes.readUInt8(at + 8) !== CHUNK_ITEM_KEY) throw damaged('holds something that is no chunk');
    const end = body + CHUNK_BYTES + bytes.readUInt16LE(body + 44) * STRIPE_BYTES;
    if (end > bytes.length) throw damaged('ends within a chunk');
    const chunk = parseChunk(superblock, u64(bytes, at + 9), bytes.subarray(body, end), IN_SUPERBLOCK);
    if ((chunk.type & GROUP_TYPE.system) === 0) throw damaged('holds a chunk of another kind');
    chunks.push(chunk);
    at = end;
  }
  chunks.sort((left, right) => left.start - right.start);
  const ordered: Chunk[] = [];
  for (const chunk of chunks) append(ordered, chunk, IN_SUPERBLOCK);
  return new ChunkMap(ordered);
}

/** Checks the tree's own record of this device. */
function checkDevice(superblock: Superblock, devid: number, item: Buffer, found: Finding): void {
  const { device } = superblock;
  if (devid !== device.devid) throw furtherDevice(devid);
  const same = item.length >= 98 && u64(item, 0) === devid && item.subarray(66, 82).equals(device.uuid);
  if (same) return;
  const reason = `The record of device ${devid} does not fit the superblock.`;
  throw fileSystemDamaged(found.structure, found.offsetBytes, reason);
}

/** Takes the chunks of one leaf; returns how many records of devices it has. */
function takeLeaf(superblock: Superblock, leaf: TreeBlock, chunks: Chunk[]): number {
  const found: Finding = { structure: 'block of the chunk tree', offsetBytes: leaf.offsetBytes };
  let devices = 0;
  for (let index = 0; index < leaf.count; index++) {
    const objectid = leaf.objectid(index);
    const type = leaf.type(index);
    if (objectid === DEV_ITEMS_OBJECTID && type === DEV_ITEM_KEY) {
      checkDevice(superblock, leaf.offset(index), leaf.item(index), found);
      devices += 1;
    } else if (objectid === FIRST_CHUNK_TREE_OBJECTID && type === CHUNK_ITEM_KEY) {
      append(chunks, parseChunk(superblock, leaf.offset(index), leaf.item(index), found), found);
    } else {
      throw mapIsAGuess(`The chunk tree holds items of type ${type}, which is not known here.`);
    }
  }
  return devices;
}

/** The superblock and the tree tell of the same system chunks, or the tree was read by a wrong one. */
function checkAgainst(system: ChunkMap, all: ChunkMap): void {
  for (const { start, length, copies } of system.chunks) {
    const same = all.chunks[all.indexOf(start, length)];
    if (same?.start === start && same.length === length && String(same.copies) === String(copies)) continue;
    const reason = `The system chunk at logical address ${start} is another one in the chunk tree.`;
    throw fileSystemDamaged(IN_SUPERBLOCK.structure, IN_SUPERBLOCK.offsetBytes, reason);
  }
}

/**
 * All chunks. Throws `FILESYSTEM_DAMAGED`; `FILESYSTEM_UNSUPPORTED` where there are more devices, or where chunks are
 * laid out in a way that is not known here.
 */
export async function readChunks(context: TreeContext): Promise<ChunkMap> {
  const { superblock } = context;
  const system = systemChunks(superblock);
  const chunks: Chunk[] = [];
  const tree = { name: 'chunk tree', root: superblock.chunkRoot, owner: TREE.chunk };
  let devices = 0;
  for await (const leaf of leavesOf(context, system, tree, SUPERBLOCK_ITSELF)) {
    devices += takeLeaf(superblock, leaf, chunks);
  }
  if (devices !== 1) {
    const reason = `The chunk tree has ${devices} records of this device instead of one.`;
    throw fileSystemDamaged('chunk tree', FIRST_SUPERBLOCK_OFFSET, reason);
  }
  const all = new ChunkMap(chunks);
  checkAgainst(system, all);
  return all;
}
