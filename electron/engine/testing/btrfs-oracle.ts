/**
 * What btrfs-progs says is in use on a btrfs file system of one device: the outside judge of our own parser. The trees
 * are dumped as text, and extents are laid over chunks here in the plainest way.
 */
import { expect, type TestContext } from 'vitest';
import type { Extents } from '../base/extents.ts';
import { probeFileSystem } from '../filesystems/registry.ts';
import { openFileSource } from '../filesystems/source.ts';
import { type BlockMap, differences, toBlockMap } from './block-map.ts';
import { runProgram } from './run-program.ts';

const MiB = 1024 * 1024;
const SUPERBLOCK_OFFSETS = [64 * 1024, 64 * MiB, 256 * 1024 * MiB];
const SUPERBLOCK_BYTES = 4096;

/** What `btrfs inspect-internal dump-super` prints, by field; features as a list of lower-case words. */
export interface DumpedSuper {
  field(name: string): string;
  number(name: string): number;
  features: string[];
}

export async function dumpSuper(path: string): Promise<DumpedSuper> {
  const text = await runProgram('btrfs', ['inspect-internal', 'dump-super', path]);
  const field = (name: string): string =>
    new RegExp(`^${name.replace('.', '\\.')}[ \\t]+(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  const words = (name: string): string[] => {
    const after = text.slice(text.indexOf(`\n${name}`) + 1);
    const list = /^.*\n\s*\(([^)]*)\)/.exec(after)?.[1] ?? '';
    return field(name) === '0x0' ? [] : list.split('|').map((word) => word.trim().toLowerCase());
  };
  const features = [...words('compat_ro_flags'), ...words('incompat_flags')];
  return { field, number: (name) => Number(field(name)), features };
}

interface DumpedChunk {
  start: number;
  length: number;
  stripes: number[];
}

async function dumpTree(path: string, tree: string): Promise<string> {
  return await runProgram('btrfs', ['inspect-internal', 'dump-tree', '-t', tree, path]);
}

async function dumpChunks(path: string): Promise<DumpedChunk[]> {
  const chunks: DumpedChunk[] = [];
  for (const line of (await dumpTree(path, 'chunk')).split('\n')) {
    const key = /key \(FIRST_CHUNK_TREE CHUNK_ITEM (\d+)\)/.exec(line);
    if (key) chunks.push({ start: Number(key[1]), length: 0, stripes: [] });
    const chunk = chunks.at(-1);
    if (chunk === undefined) continue;
    chunk.length ||= Number(/^\s+length (\d+)/.exec(line)?.[1] ?? 0);
    const stripe = /^\s+stripe \d+ devid \d+ offset (\d+)/.exec(line);
    if (stripe) chunk.stripes.push(Number(stripe[1]));
  }
  return chunks;
}

/**
 * One byte a sector: extents of the extent tree on every stripe, the copies of the superblock, the first mebibyte. Only
 * for profiles that are copies of each other or have one stripe. Nothing of the log.
 */
export async function dumpTreeMap(path: string): Promise<BlockMap> {
  const { number } = await dumpSuper(path);
  const sector = number('sectorsize');
  const total = number('dev_item.total_bytes');
  const map = new Uint8Array(total / sector);
  const mark = (offset: number, length: number): void => {
    map.fill(1, Math.floor(offset / sector), Math.ceil((offset + length) / sector));
  };
  mark(0, MiB);
  for (const offset of SUPERBLOCK_OFFSETS) if (offset + SUPERBLOCK_BYTES <= total) mark(offset, SUPERBLOCK_BYTES);
  const chunks = await dumpChunks(path);
  const keys = (await dumpTree(path, 'extent')).matchAll(/key \((\d+) (EXTENT_ITEM|METADATA_ITEM) (\d+)\)/g);
  for (const [, bytenr, type, offset] of keys) {
    const start = Number(bytenr);
    const length = type === 'EXTENT_ITEM' ? Number(offset) : number('nodesize');
    const chunk = chunks.find((one) => start >= one.start && start < one.start + one.length);
    if (chunk === undefined) throw new Error(`extent ${start} is in no chunk`);
    for (const stripe of chunk.stripes) mark(stripe + start - chunk.start, length);
  }
  return map;
}

/** The map of an image whose file system holds still; fails where the facts are not those of btrfs-progs. */
export async function mapOfImage(image: string): Promise<{ extents: Extents; sector: number; sectors: number }> {
  await using source = await openFileSource(image);
  const probe = await probeFileSystem(source);
  if (probe === undefined) throw new Error('not recognised');
  const { facts } = probe;
  const dumped = await dumpSuper(image);
  expect(facts).toMatchObject({
    type: 'btrfs',
    uuid: dumped.field('fsid'),
    label: dumped.field('label'),
    features: dumped.features,
    blockSizeBytes: dumped.number('sectorsize'),
    totalBytes: dumped.number('dev_item.total_bytes'),
    usedBytes: dumped.number('bytes_used'),
  });
  const extents = await probe.usedExtents();
  expect(probe.warnings).toEqual([]);
  return { extents, sector: facts.blockSizeBytes, sectors: facts.totalBytes / facts.blockSizeBytes };
}

/** Fails unless the map of an image is exactly what btrfs-progs says; returns it. */
export async function compareToDump(image: string): Promise<Extents> {
  const { extents, sector, sectors } = await mapOfImage(image);
  expect(differences(toBlockMap(extents, sector, sectors), await dumpTreeMap(image))).toEqual([]);
  return extents;
}

/** Reports the test as skipped where the installed mkfs.btrfs cannot make a feature. */
export async function requireMkfs(context: TestContext, feature: string): Promise<void> {
  // The list goes to standard error.
  const listed = await runProgram('sh', ['-c', 'mkfs.btrfs -O list-all 2>&1']);
  if (!listed.includes(feature)) context.skip(`SKIPPED: this mkfs.btrfs does not know ${feature}`);
}
