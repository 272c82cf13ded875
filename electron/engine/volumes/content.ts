/** What is on a device or in a file, as far as a list of volumes needs it: a file system, a partition table. */
import type { FileSystemFacts, ListedPartition, PartitionTable } from '#contract';
import { EngineError } from '../base/errors.ts';
import { probeFileSystem } from '../filesystems/registry.ts';
import { openFileSource } from '../filesystems/source.ts';
import type { ByteSource } from '../filesystems/types.ts';
import { readPartitionTable } from './partitions/partition-table.ts';

export interface Content {
  facts?: FileSystemFacts | undefined;
  table?: PartitionTable | undefined;
}

/** Partitions without a device that are looked into; a table may list thousands. */
const MOST_LOOKED_INTO = 64;

/** A list shows what it can; backing the volume up says what is wrong with it. `undefined` for anything but `CANCELLED`. */
async function unlessCancelled<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'CANCELLED') throw error;
    return undefined;
  }
}

/** Whether nothing is known to be on the device; a damaged file system is something. */
async function probe(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<{ facts?: FileSystemFacts; bare: boolean }> {
  try {
    const facts = (await probeFileSystem(source, signal, { cheap: true }))?.facts;
    return facts === undefined ? { bare: true } : { facts, bare: false };
  } catch (error) {
    if (error instanceof EngineError && error.code === 'CANCELLED') throw error;
    return { bare: false };
  }
}

/** How to look for a partition table. */
export interface TableSearch {
  /** Bytes of the device's logical sectors. */
  sectorBytes: number;
  /** Others know a file system there that we do not. */
  known: boolean;
}

/**
 * Probes the file system of `path` and, where it may hold a partition table, reads that. Nothing but `CANCELLED` is
 * thrown.
 */
export async function readContent(
  path: string,
  sizeBytes: number,
  search: TableSearch | undefined,
  signal?: AbortSignal,
): Promise<Content> {
  const content = await unlessCancelled(async () => {
    await using source = await openFileSource(path, sizeBytes);
    const { facts, bare } = await probe(source, signal);
    if (search === undefined) return { facts };
    const options = { sectorBytes: search.sectorBytes, bare: bare && !search.known };
    const table = await unlessCancelled(() => readPartitionTable(source, options, signal));
    return { facts, table };
  });
  return content ?? {};
}

/** A part of a source as a source of its own. */
function partOf(source: ByteSource, startBytes: number, sizeBytes: number): ByteSource {
  return {
    sizeBytes,
    read(offsetBytes, lengthBytes, signal) {
      if (offsetBytes < 0 || lengthBytes < 0 || offsetBytes + lengthBytes > sizeBytes) {
        return Promise.reject(new RangeError(`${lengthBytes} bytes at ${offsetBytes} are outside the partition`));
      }
      return source.read(startBytes + offsetBytes, lengthBytes, signal);
    },
  };
}

/** The entries with the file systems of those that have no device, read from the disk itself. `CANCELLED`. */
export async function lookIntoPartitions(
  path: string,
  table: PartitionTable,
  signal?: AbortSignal,
): Promise<ListedPartition[]> {
  const unknown = table.entries.filter(({ device, role }) => device === undefined && role !== 'extended');
  if (unknown.length === 0) return table.entries;
  const looked = new Map<number, Pick<ListedPartition, 'fsType' | 'label'>>();
  await unlessCancelled(async () => {
    await using source = await openFileSource(path, table.diskSizeBytes);
    for (const { number, startBytes, sizeBytes } of unknown.slice(0, MOST_LOOKED_INTO)) {
      if (startBytes + sizeBytes > source.sizeBytes) continue;
      const { facts } = await probe(partOf(source, startBytes, sizeBytes), signal);
      if (facts !== undefined) looked.set(number, { fsType: facts.type, label: facts.label });
    }
  });
  return table.entries.map((entry) => ({ ...entry, ...looked.get(entry.number) }));
}
