/** What a prune would do, found out without changing anything. */
import type { PrunePlan } from '#contract';
import { throwIfCancelled, toEngineError } from '../../base/errors.ts';
import type { GrowingBlobIndex } from '../blob-index.ts';
import { type LoadedIndex, loadIndex } from '../index-files.ts';
import { listLocks } from '../locks.ts';
import { headerBytes, headerEntryBytes } from '../pack-header.ts';
import { PACK_TARGET_BYTES } from '../pack-writer.ts';
import type { Session } from '../session.ts';
import { listSnapshots } from '../snapshots.ts';
import type { Id, PrunePlanOptions } from '../types.ts';
import { BitSet } from './bits.ts';
import { BREATH, breathe } from './breathe.ts';
import { type ChosenCopies, chooseCopies } from './choose-copies.ts';
import { decidePacks, KEEP, REMOVE, REPACK } from './decide.ts';
import { type PackTable, tabulatePacks } from './pack-table.ts';
import { refusalOf } from './refusal.ts';
import { findUsedBlobs, type NamedSnapshot } from './used-blobs.ts';

/** Free bytes of the medium that repacking leaves alone: index files need some, and so may others. */
const SPARE_BYTES = 64 << 20;

/** A plan with everything that carrying it out takes. */
export interface DetailedPlan {
  summary: PrunePlan;
  index: GrowingBlobIndex;
  /** Ids of the index files that the index was read from. */
  indexFiles: ReadonlySet<Id>;
  table: PackTable;
  /** `KEEP`, `REMOVE` or `REPACK` by pack number. */
  actions: Uint8Array;
  /** Entries that are to be copied into new packs. */
  copies: BitSet;
  /** English sentences. */
  warnings: string[];
}

/**
 * Reads the trees of every snapshot and decides. `REPOSITORY_DAMAGED` where anything that a snapshot needs, or a snapshot
 * itself, is damaged or missing; `CANCELLED`. `ownLocks`: ids of the locks of this process. While anybody else holds one,
 * packs that no index lists are theirs, and will be in their index.
 */
export async function makePlan(
  session: Session,
  options: PrunePlanOptions,
  ownLocks: ReadonlySet<Id>,
): Promise<DetailedPlan> {
  const { signal } = options;
  throwIfCancelled(signal);
  // Snapshots first: what a run adds meanwhile is then in the index that is read afterwards.
  const snapshots = await readableSnapshots(session, new Set(options.without), signal);
  const { index, files }: LoadedIndex = await loadIndex(session, signal);
  const treeBytes = await storedTreeBytes(index, signal);
  let readBytes = 0;
  const usage = await findUsedBlobs(session, index, snapshots, signal, (bytes) => {
    readBytes += bytes;
    options.onProgress?.('plan', readBytes, treeBytes);
  });
  const table = await tabulatePacks(session, index, signal);
  const isShared = (await listLocks(session)).some(({ id }) => !ownLocks.has(id));
  if (isShared) table.unlisted = [];
  const copies = await chooseCopies(session, index, usage, table, signal);
  const warnings: string[] = [];
  const limits = { ...options, maxRepackBytes: await affordableBytes(session, options.maxRepackBytes) };
  const actions = decidePacks(table, limits);
  if (limits.maxRepackBytes !== options.maxRepackBytes && isFewer(table, actions, options)) {
    warnings.push(
      'The repository has too little free space to write everything anew that is worth it. Prune again when this is done.',
    );
  }
  const moving = await copiesOf(index, copies, actions, signal);
  options.onProgress?.('plan', treeBytes, treeBytes);
  return {
    summary: summarize(index, table, actions, moving),
    index,
    indexFiles: files,
    table,
    actions,
    copies: moving,
    warnings,
  };
}

/** Every snapshot, or why one cannot be read: what it needs would be unknown. */
async function readableSnapshots(
  session: Session,
  without: ReadonlySet<Id>,
  signal: AbortSignal | undefined,
): Promise<NamedSnapshot[]> {
  let failure: Error | undefined;
  const onDamaged = (_id: Id, error: Error): void => {
    failure ??= error;
  };
  const snapshots = await listSnapshots(session, onDamaged, signal);
  if (failure !== undefined) throw refusalOf(toEngineError(failure));
  return snapshots.filter(({ id }) => !without.has(id));
}

async function storedTreeBytes(index: GrowingBlobIndex, signal: AbortSignal | undefined): Promise<number> {
  let bytes = 0;
  for (let entry = 0; entry < index.blobCount; entry++) {
    if (entry % BREATH === 0) await breathe(signal);
    const { kind, storedBytes } = index.entryAt(entry);
    if (kind === 'tree') bytes += storedBytes;
  }
  return bytes;
}

async function affordableBytes({ backend }: Session, wanted: number | undefined): Promise<number | undefined> {
  const space = await backend.space();
  if (space === undefined) return wanted;
  const affordable = Math.max(0, space.freeBytes - SPARE_BYTES);
  return wanted === undefined || wanted > affordable ? affordable : wanted;
}

function isFewer(table: PackTable, actions: Uint8Array, options: PrunePlanOptions): boolean {
  const count = (all: Uint8Array): number => all.reduce((sum, action) => sum + Number(action === REPACK), 0);
  return count(actions) < count(decidePacks(table, options));
}

/** Chosen copies in packs that go, unless another copy is in a pack that stays. */
async function copiesOf(
  index: GrowingBlobIndex,
  { chosen, duplicate, blobOf }: ChosenCopies,
  actions: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<BitSet> {
  const copies = new BitSet(index.blobCount);
  const staying = new BitSet(index.blobCount);
  for (let entry = 0; entry < index.blobCount; entry++) {
    if (entry % BREATH === 0) await breathe(signal);
    if (duplicate.has(entry) && actions[index.entryAt(entry).packNumber] === KEEP) staying.add(blobOf[entry] ?? 0);
  }
  for (let entry = 0; entry < index.blobCount; entry++) {
    if (entry % BREATH === 0) await breathe(signal);
    const isMoving = chosen.has(entry) && actions[index.entryAt(entry).packNumber] === REPACK;
    if (isMoving && !staying.has(blobOf[entry] ?? 0)) copies.add(entry);
  }
  return copies;
}

function summarize(index: GrowingBlobIndex, table: PackTable, actions: Uint8Array, copies: BitSet): PrunePlan {
  const { sizes, usedBytes, unusedBytes, unlisted } = table;
  const unlistedBytes = unlisted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const plan: PrunePlan = {
    packs: unlisted.length,
    totalBytes: unlistedBytes,
    usedBytes: 0,
    removePacks: unlisted.length,
    removeBytes: unlistedBytes,
    repackPacks: 0,
    repackBytes: 0,
    repackFreesBytes: 0,
    remainingUnusedBytes: 0,
    freedBytes: 0,
  };
  let newHeaders = 0;
  for (let entry = 0; entry < index.blobCount; entry++) {
    if (!copies.has(entry)) continue;
    const { storedBytes, compressed } = index.entryAt(entry);
    plan.repackBytes += storedBytes;
    newHeaders += headerEntryBytes(compressed);
  }
  newHeaders += Math.ceil(plan.repackBytes / PACK_TARGET_BYTES) * headerBytes(0, 0);
  let repackedSize = 0;
  for (let pack = 0; pack < actions.length; pack++) {
    const size = sizes[pack] ?? 0;
    const isThere = table.faults.get(pack) !== 'missing';
    plan.packs += Number(isThere);
    plan.totalBytes += size;
    plan.usedBytes += usedBytes[pack] ?? 0;
    if (actions[pack] === REMOVE) {
      plan.removePacks += Number(isThere);
      plan.removeBytes += size;
    } else if (actions[pack] === REPACK) {
      plan.repackPacks++;
      repackedSize += size;
    } else {
      plan.remainingUnusedBytes += unusedBytes[pack] ?? 0;
    }
  }
  plan.repackFreesBytes = Math.max(0, repackedSize - plan.repackBytes - newHeaders);
  plan.freedBytes = plan.removeBytes + plan.repackFreesBytes;
  return plan;
}
