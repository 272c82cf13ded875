/** What the snapshots need: every tree is read once, whatever the number of snapshots that share it. */
import { throwIfCancelled } from '../../base/errors.ts';
import type { GrowingBlobIndex } from '../blob-index.ts';
import { damaged, isDamaged } from '../damage.ts';
import { encodeHex } from '../hex.ts';
import { openBlob } from '../read-copy.ts';
import type { Session } from '../session.ts';
import type { Id, Snapshot } from '../types.ts';
import { BitSet } from './bits.ts';
import { breathe } from './breathe.ts';
import { refusal, refusalOf } from './refusal.ts';
import { scanTree } from './scan-tree.ts';

/** Trees that are read at the same time, and bytes of them (one larger tree is read alone). */
const BATCH_TREES = 64;
const BATCH_BYTES = 8 << 20;
/** Largest tree that is read, bytes: a bound against nonsense in an index. */
const TREE_LIMIT_BYTES = 1 << 30;

/** A snapshot with its id. */
export interface NamedSnapshot {
  id: Id;
  snapshot: Snapshot;
}

/** Entry numbers of the index. */
export interface UsedBlobs {
  /** One entry of every needed blob: the one that `entryOf` tells. */
  used: BitSet;
  /** Copies of trees that cannot be read, while another copy can. */
  unreadable: BitSet;
}

/** Walks the trees of `snapshots`. `REPOSITORY_DAMAGED`, naming the snapshot, for what is missing or damaged. */
export async function findUsedBlobs(
  session: Session,
  index: GrowingBlobIndex,
  snapshots: readonly NamedSnapshot[],
  signal: AbortSignal | undefined,
  onTree: (storedBytes: number) => void,
): Promise<UsedBlobs> {
  const walk = new TreeWalk(session, index, snapshots);
  for (const [number, { snapshot }] of snapshots.entries()) walk.need(Buffer.from(snapshot.tree, 'hex'), number);
  while (walk.isGoing) {
    throwIfCancelled(signal);
    await walk.step(signal, onTree);
  }
  return { used: walk.used, unreadable: walk.unreadable };
}

/** A tree that waits: its entry, and a snapshot that needs it. */
interface WaitingTree {
  entry: number;
  snapshot: number;
}

class TreeWalk {
  readonly used: BitSet;
  readonly unreadable: BitSet;
  readonly #session: Session;
  readonly #index: GrowingBlobIndex;
  readonly #snapshots: readonly NamedSnapshot[];
  readonly #waiting: WaitingTree[] = [];

  constructor(session: Session, index: GrowingBlobIndex, snapshots: readonly NamedSnapshot[]) {
    this.#session = session;
    this.#index = index;
    this.#snapshots = snapshots;
    this.used = new BitSet(index.blobCount);
    this.unreadable = new BitSet(index.blobCount);
  }

  get isGoing(): boolean {
    return this.#waiting.length > 0;
  }

  /** Notes that a snapshot needs a tree; it is read unless it was before. */
  need(treeId: Uint8Array, snapshot: number): void {
    const entry = this.#index.entryOf(treeId, 0, 'tree');
    if (entry < 0) throw this.#missing('tree', treeId, snapshot);
    if (this.used.has(entry)) return;
    this.used.add(entry);
    this.#waiting.push({ entry, snapshot });
  }

  /** Reads the next trees, a bounded number of bytes, and notes what they refer to. */
  async step(signal: AbortSignal | undefined, onTree: (storedBytes: number) => void): Promise<void> {
    const batch: WaitingTree[] = [];
    let bytes = 0;
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      bytes += this.#index.entryAt(next.entry).plainBytes;
      batch.push(next);
      if (batch.length === BATCH_TREES || bytes >= BATCH_BYTES) break;
    }
    const reads = batch.map((tree) => this.#read(tree));
    await Promise.allSettled(reads);
    for (const [i, tree] of batch.entries()) {
      const json = await reads[i];
      if (json !== undefined) await this.#scan(tree, json, signal);
      onTree(this.#index.entryAt(tree.entry).storedBytes);
    }
    await breathe(signal);
  }

  async #scan(tree: WaitingTree, json: Buffer, signal: AbortSignal | undefined): Promise<void> {
    const { snapshot } = tree;
    const visitor = {
      blob: (id: Uint8Array) => this.#needBlob(id, snapshot),
      subtree: (id: Uint8Array) => this.need(id, snapshot),
    };
    try {
      await scanTree(json, this.#reference(tree), visitor, signal);
    } catch (error) {
      if (isDamaged(error) && error.details.snapshot === undefined) throw refusalOf(error, this.#idOf(snapshot));
      throw error;
    }
  }

  #needBlob(id: Uint8Array, snapshot: number): void {
    const entry = this.#index.entryOf(id, 0, 'data');
    if (entry < 0) throw this.#missing('blob', id, snapshot);
    this.used.add(entry);
  }

  /** The tree's JSON; its copies are tried in turn. */
  async #read(tree: WaitingTree): Promise<Buffer> {
    const { backend, key } = this.#session;
    const reference = this.#reference(tree);
    let failure: unknown;
    for (const copy of this.#index.findAll(reference.id, 'tree')) {
      try {
        if (copy.plainBytes > TREE_LIMIT_BYTES || copy.storedBytes > TREE_LIMIT_BYTES) {
          throw damaged(reference, `The tree is larger than ${TREE_LIMIT_BYTES} bytes.`);
        }
        const sealed = Buffer.allocUnsafe(copy.storedBytes);
        await backend.load('data', copy.packId, copy.offsetBytes, sealed);
        return openBlob(key, sealed, copy, reference.id, reference);
      } catch (error) {
        if (!isDamaged(error)) throw error;
        failure ??= refusalOf(error, this.#idOf(tree.snapshot));
        this.unreadable.add(copy.entry);
      }
    }
    throw failure;
  }

  #reference({ entry }: WaitingTree) {
    const id = encodeHex(this.#index.idAt(entry), 0);
    return { repository: this.#session.backend.location, kind: 'tree', id } as const;
  }

  #missing(kind: 'tree' | 'blob', id: Uint8Array, snapshot: number) {
    const reference = { repository: this.#session.backend.location, kind, id: encodeHex(id, 0) };
    const reason = kind === 'tree' ? 'No index lists the tree.' : 'No index lists the blob.';
    return refusal(reference, reason, this.#idOf(snapshot));
  }

  #idOf(snapshot: number): Id | undefined {
    return this.#snapshots[snapshot]?.id;
  }
}
