/** A snapshot of a logical volume, as it is handed out. */
import { EngineError } from '../../base/errors.ts';
import type { RunRecord } from '../../volumes/run-journal.ts';
import type { SnapshotChange, TakenSnapshot } from '../provider.ts';

/** What is known of it when it was made. */
export interface LvmSnapshotFacts {
  name: string;
  readPath: string;
  frozen: boolean;
  warnings: readonly string[];
  /** Name of the volume that it is of. */
  volume: string;
  vgUuid: string;
  vgName: string;
  uuid: string;
  originUuid: string;
  sizeBytes: number;
  extentBytes: number;
  /** Of thin ones: their pool, and how many bytes of it were in use before. */
  thin?: { poolUuid: string; usedBytes: number };
  /** Physical volumes that its space may lie on; empty: any. */
  places: readonly string[];
  journal: RunRecord;
  change: SnapshotChange;
}

/** One that exists. */
export class LvmSnapshot implements TakenSnapshot {
  readonly facts: LvmSnapshotFacts;
  /** Released or kept: nothing is left to do. */
  settled = false;
  readonly #release: (snapshot: LvmSnapshot) => Promise<void>;

  constructor(facts: LvmSnapshotFacts, release: (snapshot: LvmSnapshot) => Promise<void>) {
    this.facts = facts;
    this.#release = release;
  }

  get name(): string {
    return this.facts.name;
  }

  get readPath(): string {
    return this.facts.readPath;
  }

  get frozen(): boolean {
    return this.facts.frozen;
  }

  get warnings(): readonly string[] {
    return this.facts.warnings;
  }

  /** The note in the run's record is no longer needed. */
  async settle(): Promise<void> {
    if (this.settled) return;
    this.settled = true;
    await this.facts.journal.settle(this.facts.change);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#release(this);
  }
}

/** The provider is only handed what it made. */
export function ours(snapshot: TakenSnapshot): LvmSnapshot {
  if (snapshot instanceof LvmSnapshot) return snapshot;
  throw new EngineError('INTERNAL', { reason: 'The snapshot was made by another provider.' });
}
