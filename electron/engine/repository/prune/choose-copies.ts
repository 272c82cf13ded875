/**
 * Which copy of a needed blob is kept. There are several after concurrent backups, and after a prune that was killed
 * when it had written new packs: then the new ones are to be chosen, so that the old ones go.
 */
import type { GrowingBlobIndex } from '../blob-index.ts';
import { encodeHex } from '../hex.ts';
import type { Session } from '../session.ts';
import { BitSet } from './bits.ts';
import { BREATH, breathe } from './breathe.ts';
import type { PackTable } from './pack-table.ts';
import { refusal } from './refusal.ts';
import type { UsedBlobs } from './used-blobs.ts';

/** Entry numbers of the index. */
export interface ChosenCopies {
  /** One copy of every needed blob. */
  chosen: BitSet;
  /** Every copy of blobs that are needed and have more than one. */
  duplicate: BitSet;
  /** Entry of each blob that `entryOf` tells: the same for all of its copies. */
  blobOf: Uint32Array;
}

/**
 * Chooses, and counts used and unused blobs into `table`. `REPOSITORY_DAMAGED` for a needed blob of which every copy is
 * in a pack that is gone or not as long as it should be.
 */
export async function chooseCopies(
  session: Session,
  index: GrowingBlobIndex,
  { used, unreadable }: UsedBlobs,
  table: PackTable,
  signal: AbortSignal | undefined,
): Promise<ChosenCopies> {
  const count = index.blobCount;
  const blobOf = new Uint32Array(count);
  const copies = new Uint8Array(count);
  const packOf = (entry: number): number => index.entryAt(entry).packNumber;
  const isGood = (entry: number): boolean => !unreadable.has(entry) && !table.faults.has(packOf(entry));
  const each = async (visit: (entry: number) => void): Promise<void> => {
    for (let entry = 0; entry < count; entry++) {
      if (entry % BREATH === 0) await breathe(signal);
      visit(entry);
    }
  };

  await each((entry) => {
    const blob = index.entryOf(index.idAt(entry), 0, index.entryAt(entry).kind);
    blobOf[entry] = blob;
    if (used.has(blob) && isGood(entry)) copies[blob] = Math.min(2, (copies[blob] ?? 0) + 1);
  });
  await each((entry) => {
    if (used.has(entry) && copies[entry] === 0) throw lost(session, index, table, entry);
  });

  const chosen = new BitSet(count);
  const duplicate = new BitSet(count);
  const settled = new BitSet(count);
  /** Blobs of a pack that may yet be chosen here. */
  const undecided = new Uint32Array(table.sizes.length);
  const choose = (entry: number): void => {
    chosen.add(entry);
    settled.add(blobOf[entry] ?? 0);
    const { packNumber, storedBytes } = index.entryAt(entry);
    table.usedBlobs[packNumber] = (table.usedBlobs[packNumber] ?? 0) + 1;
    table.usedBytes[packNumber] = (table.usedBytes[packNumber] ?? 0) + storedBytes;
  };
  await each((entry) => {
    const blob = blobOf[entry] ?? 0;
    const { packNumber, storedBytes } = index.entryAt(entry);
    // What is chosen is taken off again at the end.
    table.unusedBlobs[packNumber] = (table.unusedBlobs[packNumber] ?? 0) + 1;
    table.unusedBytes[packNumber] = (table.unusedBytes[packNumber] ?? 0) + storedBytes;
    if (!used.has(blob) || !isGood(entry)) return;
    if (copies[blob] === 1) choose(entry);
    else {
      duplicate.add(entry);
      undecided[packNumber] = (undecided[packNumber] ?? 0) + 1;
    }
  });
  // Packs that stay in any case, and packs of nothing but second copies, which a killed prune wrote.
  await each((entry) => {
    if (!duplicate.has(entry) || settled.has(blobOf[entry] ?? 0)) return;
    const pack = packOf(entry);
    if ((table.usedBlobs[pack] ?? 0) > 0 || undecided[pack] === table.unusedBlobs[pack]) choose(entry);
  });
  await each((entry) => {
    if (duplicate.has(entry) && !settled.has(blobOf[entry] ?? 0)) choose(entry);
  });
  for (let pack = 0; pack < table.sizes.length; pack++) {
    table.unusedBlobs[pack] = (table.unusedBlobs[pack] ?? 0) - (table.usedBlobs[pack] ?? 0);
    table.unusedBytes[pack] = (table.unusedBytes[pack] ?? 0) - (table.usedBytes[pack] ?? 0);
  }
  return { chosen, duplicate, blobOf };
}

function lost(session: Session, index: GrowingBlobIndex, table: PackTable, entry: number) {
  const { kind, packId, packNumber } = index.entryAt(entry);
  const id = encodeHex(index.idAt(entry), 0);
  const { location } = session.backend;
  const reference = { repository: location, kind: kind === 'tree' ? 'tree' : 'blob', id } as const;
  switch (table.faults.get(packNumber)) {
    case 'missing':
      return refusal(reference, `A snapshot needs it, and its pack ${packId} is missing.`);
    case 'size':
      return refusal(reference, `A snapshot needs it, and its pack ${packId} is not as long as the index says.`);
    default:
      return refusal(reference, `A snapshot needs it, and pack ${packId} is damaged.`);
  }
}
