/**
 * Carrying a plan out, so that whatever kills it, everything that a snapshot needs is in a pack and in the index:
 * new packs are durable before an index names them, the new index is durable before an old file goes, and no index names
 * a pack when it goes.
 */
import { throwIfCancelled } from '../../base/errors.ts';
import type { IndexedPack } from '../index-files.ts';
import { PACK_TARGET_BYTES } from '../pack-writer.ts';
import type { Session } from '../session.ts';
import type { Id, PruneOptions, PruneReport, RepositoryLock } from '../types.ts';
import { BREATH, breathe } from './breathe.ts';
import { KEEP } from './decide.ts';
import { IndexRewriter } from './index-rewriter.ts';
import { contentOf } from './pack-of-entries.ts';
import { type DetailedPlan, makePlan } from './plan.ts';
import { repack } from './repack.ts';

/** What may be set; the defaults are right outside of tests. */
export interface PruneTuning {
  /** A new pack is written once it holds this many bytes; default: `PACK_TARGET_BYTES`. */
  packBytes: number;
  /** New packs are put into an index file when there are this many, so that a killed run need not write them again. */
  savedPacks: number;
}

export const PRUNE_TUNING: PruneTuning = { packBytes: PACK_TARGET_BYTES, savedPacks: 64 };

/** Files that are removed before the lock is looked at again. */
const REMOVED_AT_ONCE = 200;

/** See `Repository.prune`; `lock` is the exclusive one, `ownLocks` the ids of all locks of this process. */
export async function prune(
  session: Session,
  lock: RepositoryLock,
  ownLocks: ReadonlySet<Id>,
  options: PruneOptions,
  tuning: PruneTuning = PRUNE_TUNING,
): Promise<PruneReport> {
  const signal = options.signal ? AbortSignal.any([options.signal, lock.lost]) : lock.lost;
  const plan = await makePlan(session, { ...options, signal }, ownLocks);
  return new PruneRun(session, lock, plan, { ...options, signal }, tuning).run();
}

class PruneRun {
  readonly #session: Session;
  readonly #lock: RepositoryLock;
  readonly #plan: DetailedPlan;
  readonly #options: PruneOptions;
  readonly #signal: AbortSignal;
  readonly #tuning: PruneTuning;
  /** New packs that no index file names yet. */
  #unsaved: IndexedPack[] = [];
  #newBytes = 0;
  #deletedBytes = 0;

  constructor(
    session: Session,
    lock: RepositoryLock,
    plan: DetailedPlan,
    options: PruneOptions & { signal: AbortSignal },
    tuning: PruneTuning,
  ) {
    this.#tuning = tuning;
    this.#session = session;
    this.#lock = lock;
    this.#plan = plan;
    this.#options = options;
    this.#signal = options.signal;
  }

  async run(): Promise<PruneReport> {
    const { summary, table, actions, warnings } = this.#plan;
    await this.#repack();
    if (actions.some((action) => action !== KEEP)) await this.#replaceIndex();
    // Packs that no index lists go last, too: until here one of them may hold the only whole copy of a blob.
    await this.#removePacks([
      ...table.unlisted.map(({ name, sizeBytes }) => ({ id: name, sizeBytes })),
      ...this.#packsToRemove(),
    ]);
    const freedBytes = this.#deletedBytes - this.#newBytes;
    return {
      removedPacks: summary.removePacks,
      repackedPacks: summary.repackPacks,
      repackedBytes: summary.repackBytes,
      freedBytes: Math.max(0, freedBytes),
      remainingUnusedBytes: summary.remainingUnusedBytes,
      totalBytes: summary.totalBytes - freedBytes,
      warnings,
    };
  }

  async #repack(): Promise<void> {
    const { repackBytes } = this.#plan.summary;
    if (repackBytes === 0) return;
    const { onProgress } = this.#options;
    onProgress?.('repack', 0, repackBytes);
    try {
      await repack(
        this.#session,
        this.#plan,
        this.#tuning.packBytes,
        this.#signal,
        (pack, fileBytes) => this.#packWritten(pack, fileBytes),
        (bytes) => onProgress?.('repack', bytes, repackBytes),
      );
    } catch (error) {
      await this.#dropUnsaved();
      throw error;
    }
  }

  async #packWritten(pack: IndexedPack, fileBytes: number): Promise<void> {
    this.#unsaved.push(pack);
    this.#newBytes += fileBytes;
    if (this.#unsaved.length < this.#tuning.savedPacks) return;
    const packs = this.#unsaved;
    this.#unsaved = [];
    const rewriter = new IndexRewriter(this.#session);
    for (const one of packs) await rewriter.add(one);
    await rewriter.flush();
  }

  /** Packs that were written for nothing. What cannot be removed now goes with the next prune. */
  async #dropUnsaved(): Promise<void> {
    const ids = this.#unsaved.map(({ packId }) => packId);
    try {
      await this.#lock.assertHeld();
      await this.#session.backend.removeAll('data', ids);
    } catch (error) {
      this.#session.ports.logger.warn('Packs of a prune that failed are left behind', { error: String(error) });
    }
  }

  /** Writes index files of everything that stays, then removes the old ones. */
  async #replaceIndex(): Promise<void> {
    const { index, indexFiles, actions } = this.#plan;
    const { backend } = this.#session;
    const rewriter = new IndexRewriter(this.#session);
    const { entries, starts } = index.entriesByPack();
    this.#options.onProgress?.('index', 0, 0);
    let turn = 0;
    for (const pack of this.#unsaved) await rewriter.add(pack);
    for (const [number, packId] of index.packIds.entries()) {
      if (actions[number] !== KEEP) continue;
      const listed = entries.subarray(starts[number], starts[number + 1]);
      await rewriter.add({ packId, content: contentOf(index, listed) });
      turn += listed.length;
      if (turn < BREATH) continue;
      turn = 0;
      await breathe(this.#signal);
    }
    await rewriter.flush();
    throwIfCancelled(this.#signal);
    await this.#lock.assertHeld();
    await backend.removeAll('index', [...indexFiles], this.#signal);
  }

  #packsToRemove(): RemovedPack[] {
    const { index, table, actions } = this.#plan;
    const packs: RemovedPack[] = [];
    for (const [number, id] of index.packIds.entries()) {
      if (actions[number] === KEEP || table.faults.get(number) === 'missing') continue;
      packs.push({ id, sizeBytes: table.sizes[number] ?? 0 });
    }
    return packs;
  }

  async #removePacks(packs: readonly RemovedPack[]): Promise<void> {
    const { onProgress } = this.#options;
    const sizes = new Map(packs.map(({ id, sizeBytes }) => [id, sizeBytes]));
    const total = packs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    let done = 0;
    for (let at = 0; at < packs.length; at += REMOVED_AT_ONCE) {
      throwIfCancelled(this.#signal);
      await this.#lock.assertHeld();
      const names = packs.slice(at, at + REMOVED_AT_ONCE).map(({ id }) => id);
      await this.#session.backend.removeAll('data', names, this.#signal, (name) => {
        done += sizes.get(name) ?? 0;
        this.#deletedBytes += sizes.get(name) ?? 0;
        onProgress?.('delete', done, total);
      });
    }
  }
}

interface RemovedPack {
  id: Id;
  sizeBytes: number;
}
