/**
 * Writes needed blobs of wasteful packs into new ones. Sealed blobs are taken over as they are, after they were opened
 * for a look; where one is damaged, another copy of it is taken.
 */
import type { GrowingBlobIndex } from '../blob-index.ts';
import { damaged, isDamaged } from '../damage.ts';
import { encodeHex } from '../hex.ts';
import type { IndexedPack } from '../index-files.ts';
import { openBlob } from '../read-copy.ts';
import type { Session } from '../session.ts';
import { breathe } from './breathe.ts';
import { CopiedPacks } from './copy-packs.ts';
import { REPACK } from './decide.ts';
import type { DetailedPlan } from './plan.ts';
import { type BlobRange, rangesOf, readRanges } from './read-blobs.ts';
import { refusalOf } from './refusal.ts';

/** Largest blob that is opened, bytes: a bound against nonsense in an index. */
const BLOB_LIMIT_BYTES = 1 << 30;

/**
 * Copies everything that the plan wants copied into packs of about `packBytes`. `onWritten` is told each new pack once it is durable, `onCopied` the
 * stored bytes so far. `REPOSITORY_DAMAGED` where no copy of a blob can be read; what is under way is finished first.
 */
export async function repack(
  session: Session,
  plan: DetailedPlan,
  packBytes: number,
  signal: AbortSignal,
  onWritten: (pack: IndexedPack, fileBytes: number) => Promise<void>,
  onCopied: (storedBytes: number) => void,
): Promise<void> {
  const { index } = plan;
  const packs = new CopiedPacks(session, index, packBytes, onWritten);
  try {
    let copied = 0;
    for await (const { range, bytes, damaged: bad } of readRanges(session, index, movingRanges(plan), signal)) {
      for (const [row, entry] of range.entries.entries()) {
        const { kind, storedBytes, offsetBytes } = index.entryAt(entry);
        const at = offsetBytes - range.offsetBytes;
        if (bad.has(row)) {
          const other = await otherCopy(session, index, entry);
          await packs.add(other.entry, kind, other.sealed);
        } else {
          await packs.add(entry, kind, bytes.subarray(at, at + storedBytes));
        }
        copied += storedBytes;
      }
      onCopied(copied);
      await breathe(signal);
    }
    await packs.finish();
  } finally {
    await packs.settle();
  }
}

/** The stretches to read, pack by pack. */
function* movingRanges({ index, actions, copies }: DetailedPlan): Generator<BlobRange> {
  const { entries, starts } = index.entriesByPack();
  for (let pack = 0; pack < actions.length; pack++) {
    if (actions[pack] !== REPACK) continue;
    const moving = Array.from(entries.subarray(starts[pack], starts[pack + 1])).filter((entry) => copies.has(entry));
    moving.sort((a, b) => index.entryAt(a).offsetBytes - index.entryAt(b).offsetBytes);
    yield* rangesOf(index, moving);
  }
}

/** A whole copy of a blob of which the copy at `entry` is damaged; `REPOSITORY_DAMAGED` where there is none. */
async function otherCopy(
  { backend, key }: Session,
  index: GrowingBlobIndex,
  entry: number,
): Promise<{ entry: number; sealed: Uint8Array }> {
  const { kind } = index.entryAt(entry);
  const id = encodeHex(index.idAt(entry), 0);
  const reference = { repository: backend.location, kind: kind === 'tree' ? 'tree' : 'blob', id } as const;
  let failure = damaged(reference, 'The blob is damaged.');
  // The damaged one is tried again: it may have been the memory, and its error says best what is wrong.
  for (const copy of index.findAll(id, kind)) {
    try {
      if (Math.max(copy.storedBytes, copy.plainBytes) > BLOB_LIMIT_BYTES) {
        throw damaged(reference, `The blob is larger than ${BLOB_LIMIT_BYTES} bytes.`);
      }
      const sealed = Buffer.allocUnsafe(copy.storedBytes);
      await backend.load('data', copy.packId, copy.offsetBytes, sealed);
      openBlob(key, sealed, copy, id, reference);
      return { entry: copy.entry, sealed };
    } catch (error) {
      if (!isDamaged(error)) throw error;
      failure = error;
    }
  }
  throw refusalOf(failure);
}
