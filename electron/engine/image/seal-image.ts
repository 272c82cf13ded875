/**
 * Reads and stores what an image needs: everything in use, or only what changed since another image. Change tracking
 * is a hint: a sample of what it calls unchanged is read all the same, and one block that differs voids it.
 */
import type { Reading } from '#contract';
import { byteWords } from '../base/byte-words.ts';
import { type Extents, extentBytes } from '../base/extents.ts';
import type { SealerSummary } from '../native.ts';
import type { Random } from '../ports.ts';
import {
  type BaseImage,
  type BlockMask,
  copyBlocks,
  countDifferent,
  extentsIn,
  sampleBlocks,
  unchangedBlocks,
} from './block-selection.ts';
import { LiveBlocks } from './live-blocks.ts';
import type { RunContext } from './run-context.ts';
import { type SealVolumeOptions, sealVolume } from './seal-volume.ts';

/** Fewer audited blocks would say little about a small image. */
const MINIMUM_AUDIT_BLOCKS = 16;

/** What change tracking says, for `sealImage`. */
export interface Tracked {
  base: BaseImage;
  /** Ranges that may have changed since the base image. */
  changed: Extents;
  /** Percent of the unchanged blocks that is read all the same; 0 = none, 100 = all. */
  auditPercent: number;
  random: Random;
}

export interface SealImageOptions extends Omit<SealVolumeOptions, 'blocks'> {
  /** Absent: everything in `extents` is read. */
  tracked?: Tracked | undefined;
}

/** What was stored, and how much of it was read. */
export interface SealedImage {
  sealed: SealerSummary;
  unchangedBytes: number;
  audit: Pick<Reading, 'auditedBlocks' | 'auditMismatches'>;
}

/** As `sealVolume`. A tracking that proves wrong is told about (`warn`) and everything is read. */
export async function sealImage(options: SealImageOptions, context: RunContext): Promise<SealedImage> {
  const { tracked, ...volume } = options;
  const blocks = new LiveBlocks({ ...volume, used: volume.extents });
  const plain = { ...volume, blocks };
  if (tracked === undefined) {
    context.blocks(blocks);
    const sealed = await sealVolume(plain, context);
    return { sealed, unchangedBytes: 0, audit: { auditedBlocks: 0, auditMismatches: 0 } };
  }
  const { gridBytes, extents, sizeBytes } = plain;
  const index = await plain.repository.index(context.signal);
  const unchanged = unchangedBlocks({ ...tracked, used: extents, gridBytes, sizeBytes, index });
  const { auditPercent, random } = tracked;
  const audited = sampleBlocks(unchanged, auditPercent, MINIMUM_AUDIT_BLOCKS, (limit) => random.below(limit));
  const skipped = without(unchanged, audited);
  blocks.markTracked(skipped, audited);
  context.blocks(blocks);
  const first = await sealVolume({ ...plain, extents: extentsIn(extents, skipped, 0, gridBytes) }, context);
  const auditMismatches = countDifferent(audited, first.content, tracked.base.content);
  const audit = { auditedBlocks: count(audited), auditMismatches };
  const rest = extentsIn(extents, skipped, 1, gridBytes);
  if (auditMismatches === 0) {
    copyBlocks(skipped, tracked.base.content, first.content);
    const unchangedBytes = extentBytes(rest);
    const { progress } = first;
    // Blocks that were left out look free to the sealer.
    const freeBytes = progress.freeBytes - unchangedBytes;
    return { sealed: { ...first, progress: { ...progress, freeBytes } }, unchangedBytes, audit };
  }
  const found = `${auditMismatches} of ${audit.auditedBlocks} blocks that it called unchanged had changed`;
  const remedy = rest.length === 0 ? '' : `; the remaining ${byteWords(extentBytes(rest))} are read`;
  context.warn(
    `Change tracking was wrong: ${found}. It is not used for this image${remedy}. Images made since everything was last read may be wrong in such blocks.`,
    'audit',
  );
  if (rest.length === 0) return { sealed: first, unchangedBytes: 0, audit };
  blocks.voidTracking();
  const second = await sealVolume({ ...plain, extents: rest }, context);
  copyBlocks(skipped, second.content, first.content);
  return { sealed: both(first, second, sizeBytes), unchangedBytes: 0, audit };
}

function count(mask: BlockMask): number {
  return mask.reduce((sum, value) => sum + value, 0);
}

function without(mask: BlockMask, taken: BlockMask): BlockMask {
  return mask.map((value, block) => (taken[block] === 1 ? 0 : value));
}

/** Two sessions over different parts of the same volume as one. */
function both(first: SealerSummary, second: SealerSummary, sizeBytes: number): SealerSummary {
  const a = first.progress;
  const b = second.progress;
  const sum = {
    readBytes: a.readBytes + b.readBytes,
    changedBytes: a.changedBytes + b.changedBytes,
    storedBytes: a.storedBytes + b.storedBytes,
    deduplicatedBytes: a.deduplicatedBytes + b.deduplicatedBytes,
    zeroBytes: a.zeroBytes + b.zeroBytes,
    unreadableBytes: a.unreadableBytes + b.unreadableBytes,
  };
  const freeBytes = sizeBytes - sum.changedBytes - sum.deduplicatedBytes - sum.zeroBytes;
  const unreadable = sorted(first.unreadable, second.unreadable);
  const progress = { ...sum, freeBytes, doneBytes: sizeBytes, currentOffset: b.currentOffset };
  return { content: first.content, unreadable, progress };
}

function sorted(a: Float64Array, b: Float64Array): Float64Array {
  const pairs: [number, number][] = [];
  for (const list of [a, b]) for (let i = 0; i < list.length; i += 2) pairs.push([list[i] ?? 0, list[i + 1] ?? 0]);
  return Float64Array.from(pairs.sort((x, y) => x[0] - y[0]).flat());
}
