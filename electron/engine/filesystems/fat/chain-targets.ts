/**
 * Where the chains of a FAT lead, held against what is in use. A chain that leads to a free cluster has lost its end,
 * as where a sector of the FAT was zeroed: whatever the files had there is not in the map. One that leads to a bad
 * cluster makes that the last of its file for Linux, so leaving it out could leave out somebody's data.
 */
import { fileSystemDamaged } from '../damage.ts';
import { ENTRY_RULES, type Entries, entryOffset, tableName } from './allocation-table.ts';
import type { BootSector } from './boot-sector.ts';
import { BAD, USED } from './cluster-kinds.ts';

/** Collects while the pieces of the FATs go by; a bit each for every cluster, two times. */
export class ChainTargets {
  readonly #boot: BootSector;
  readonly #reached: Uint32Array;
  readonly #used: Uint32Array;
  /** Clusters marked as bad. */
  badCount = 0;

  constructor(boot: BootSector) {
    const words = Math.floor(boot.lastCluster / 32) + 1;
    this.#boot = boot;
    this.#reached = new Uint32Array(words);
    this.#used = new Uint32Array(words);
  }

  /** Notes where the entries from `from` on lead. */
  addEntries(entries: Entries, from: number): void {
    const { lastCluster, entryBits } = this.#boot;
    const { mask } = ENTRY_RULES[entryBits];
    const reached = this.#reached;
    for (let index = from; index < entries.length; index++) {
      const value = (entries[index] ?? 0) & mask;
      if (value >= 2 && value <= lastCluster) reached[value >>> 5] = (reached[value >>> 5] ?? 0) | (1 << (value & 31));
    }
  }

  /** Notes what the clusters from `firstCluster` on are. */
  addKinds(firstCluster: number, kinds: Uint8Array): void {
    const used = this.#used;
    for (let index = 0; index < kinds.length; index++) {
      const cluster = firstCluster + index;
      if (kinds[index] === BAD) this.badCount += 1;
      else if (kinds[index] === USED) used[cluster >>> 5] = (used[cluster >>> 5] ?? 0) | (1 << (cluster & 31));
    }
  }

  /** Throws `FILESYSTEM_DAMAGED` where a chain leads to a cluster that is not in use. */
  finish(): void {
    for (let word = 0; word < this.#reached.length; word++) {
      const lost = (this.#reached[word] ?? 0) & ~(this.#used[word] ?? 0);
      if (lost === 0) continue;
      const cluster = word * 32 + 31 - Math.clz32(lost & -lost);
      const reason = `A chain of clusters leads to cluster ${cluster}, which is marked as free or bad.`;
      throw fileSystemDamaged(tableName(0), entryOffset(this.#boot, 0, cluster), reason);
    }
  }
}
