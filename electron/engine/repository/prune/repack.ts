/**
 * Writes needed blobs of wasteful packs into new ones. Sealed blobs are taken over as they are, but opened on the way:
 * a damaged blob must not get into a pack whose name vouches for it, and the pack that has it must not go.
 */
import type { GrowingBlobIndex } from '../blob-index.ts';
import { openBlob } from '../blob-store.ts';
import { damaged, isDamaged } from '../damage.ts';
import { encodeHex } from '../hex.ts';
import type { IndexedPack } from '../index-files.ts';
import type { Session } from '../session.ts';
import { breathe } from './breathe.ts';
import { CopiedPacks } from './copy-packs.ts';
import { REPACK } from './decide.ts';
import type { DetailedPlan } from './plan.ts';
import { type BlobRange, rangesOf, readRanges } from './read-blobs.ts';
import { refusalOf } from './refusal.ts';

/** Largest blob that is opened, bytes: a bound against nonsense in an index. */
const BLOB_LIMIT_BYTES = 1 << 30;
/** Time after which other work gets its turn, milliseconds. */
const TURN_MS = 50;

/**
 * Copies everything that the plan wants copied. `onWritten` is told each new pack once it is durable, `onCopied` the
 * stored bytes so far. `REPOSITORY_DAMAGED` where no copy of a blob can be read; what is under way is finished first.
 */
export async function repack(
  session: Session,
  plan: DetailedPlan,
  signal: AbortSignal,
  onWritten: (pack: IndexedPack, fileBytes: number) => Promise<void>,
  onCopied: (storedBytes: number) => void,
): Promise<void> {
  const packs = new CopiedPacks(session, plan.index, onWritten);
  try {
    let turnFrom = performance.now();
    let copied = 0;
    for await (const { range, bytes } of readRanges(session, movingRanges(plan), signal)) {
      for (const entry of range.entries) {
        const { kind, storedBytes, offsetBytes } = plan.index.entryAt(entry);
        const at = offsetBytes - range.offsetBytes;
        const sealed = bytes.subarray(at, at + storedBytes);
        const copy = await intactCopy(session, plan.index, { entry, sealed });
        await packs.add(copy.entry, kind, copy.sealed);
        copied += storedBytes;
        if (performance.now() - turnFrom > TURN_MS) {
          await breathe(signal);
          turnFrom = performance.now();
        }
      }
      onCopied(copied);
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

interface SealedCopy {
  entry: number;
  sealed: Uint8Array;
}

/** The copy itself, or another one of the same blob where it is damaged. */
async function intactCopy(session: Session, index: GrowingBlobIndex, copy: SealedCopy): Promise<SealedCopy> {
  const { backend, key } = session;
  const { kind } = index.entryAt(copy.entry);
  const id = encodeHex(index.idAt(copy.entry), 0);
  const reference = { repository: backend.location, kind: kind === 'tree' ? 'tree' : 'blob', id } as const;
  const open = ({ entry, sealed }: SealedCopy): void => {
    const location = index.entryAt(entry);
    if (location.plainBytes > BLOB_LIMIT_BYTES)
      throw damaged(reference, `The blob is larger than ${BLOB_LIMIT_BYTES} bytes.`);
    openBlob(key, sealed, location, id, reference);
  };
  try {
    open(copy);
    return copy;
  } catch (error) {
    if (!isDamaged(error)) throw error;
    for (const other of index.findAll(id, kind)) {
      if (other.entry === copy.entry || other.storedBytes > BLOB_LIMIT_BYTES) continue;
      try {
        const sealed = Buffer.allocUnsafe(other.storedBytes);
        await backend.load('data', other.packId, other.offsetBytes, sealed);
        open({ entry: other.entry, sealed });
        return { entry: other.entry, sealed };
      } catch (failure) {
        if (!isDamaged(failure)) throw failure;
      }
    }
    throw refusalOf(error);
  }
}
