/**
 * The used extents of a FAT file system: everything before the clusters, every cluster that any FAT marks as in use,
 * and the rest behind the last cluster.
 */
import type { Extents } from '../../base/extents.ts';
import { fileSystemDamaged } from '../damage.ts';
import { GapMerger } from '../gap-merger.ts';
import type { ByteSource, MapOptions } from '../types.ts';
import { ENTRY_RULES, entryOffset, liveTables, stretches, tableName } from './allocation-table.ts';
import type { BootSector } from './boot-sector.ts';
import { ChainTargets } from './chain-targets.ts';
import { classify, USED } from './cluster-kinds.ts';
import { knownStarts, StartsInUse } from './starts-in-use.ts';

/** The map with what people should know about it. */
export interface UsedClusters {
  extents: Extents;
  /** English sentences. */
  warnings: string[];
}

/** Adds the runs of used clusters to the map. */
function addRuns(merger: GapMerger, boot: BootSector, firstCluster: number, kinds: Uint8Array): void {
  const { dataOffset, clusterBytes } = boot;
  for (let index = 0; index < kinds.length; ) {
    if (kinds[index] !== USED) {
      index += 1;
      continue;
    }
    const start = index;
    while (kinds[index] === USED) index += 1;
    merger.add(dataOffset + (firstCluster + start - 2) * clusterBytes, (index - start) * clusterBytes);
  }
}

/**
 * Used extents, sorted and merged; the file system must lie inside the source and every FAT must hold all clusters.
 * Throws `FILESYSTEM_DAMAGED` where an entry points nowhere or to a free or bad cluster, FATs cannot be read, or the
 * root directory knows of clusters that are not in use; `FILESYSTEM_UNSUPPORTED` where folders are out of place. With `estimate` the FATs are
 * believed as they are, because they may be changing under us.
 *
 * Every FAT counts, those that the volume declares inactive too: Windows goes by the declaration, Linux always by the
 * first FAT. Inactive ones may be old, so nothing is demanded of their entries.
 */
export async function usedClusters(
  source: ByteSource,
  boot: BootSector,
  signal: AbortSignal | undefined,
  options: MapOptions = {},
): Promise<UsedClusters> {
  const { estimate = false, gapBytes = 0 } = options;
  const { dataOffset, clusterBytes, clusterCount, lastCluster, totalBytes } = boot;
  const rules = ENTRY_RULES[boot.entryBits];
  const live = new Set(liveTables(boot));
  const others = Array.from({ length: boot.tableCount }, (_, table) => table).filter((table) => !live.has(table));
  const starts = new StartsInUse(estimate ? [] : await knownStarts(source, boot, signal));
  const merger = new GapMerger(gapBytes);
  merger.add(0, dataOffset);
  const targets = new ChainTargets(boot);
  let differAt: number | undefined;

  for await (const { firstCluster, tables } of stretches(source, boot, [...live, ...others], signal)) {
    // The first two entries hold the media byte and the state, and stand for no cluster.
    const from = firstCluster === 0 ? 2 : 0;
    const kinds = new Uint8Array(tables[0]?.entries.length ?? 0);
    for (const { table, entries } of tables) {
      const wrong = classify(entries, from, kinds, rules, lastCluster);
      if (wrong < 0 || estimate || !live.has(table)) continue;
      const cluster = firstCluster + wrong;
      const value = (entries[wrong] ?? 0) & rules.mask;
      const reason = `The ${tableName(table)} leads from cluster ${cluster} to ${value}, which is no cluster.`;
      throw fileSystemDamaged(tableName(table), entryOffset(boot, table, cluster), reason);
    }
    if (tables.filter(({ table }) => live.has(table)).length > 1) differAt ??= firstCluster;
    for (const { table, entries } of tables) if (live.has(table)) targets.addEntries(entries, from);
    targets.addKinds(firstCluster, kinds);
    addRuns(merger, boot, firstCluster, kinds);
    starts.check(firstCluster, kinds);
  }
  starts.finish();
  if (!estimate) targets.finish();
  const tail = dataOffset + clusterCount * clusterBytes;
  merger.add(tail, totalBytes - tail);

  const warnings: string[] = [];
  if (differAt !== undefined) {
    warnings.push('The copies of the FAT differ (run fsck.fat): a cluster that is in use by any of them is read.');
  }
  if (targets.badCount > 0) {
    warnings.push(`${targets.badCount * clusterBytes} bytes are marked as bad clusters and are not read.`);
  }
  return { extents: merger.build(), warnings };
}
