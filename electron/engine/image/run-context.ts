/** What a run needs from whoever started it: a task, a test, later a scheduler. */
import type { ByteRange, Phase, SnapshotFill, WarningKind } from '#contract';
import type { BlockSource } from '../base/block-map.ts';

/** Raw counters of a run, all in bytes; rates and ETA are made of them elsewhere. */
export interface RunProgress {
  bytesDone: number;
  bytesTotal: number;
  readBytes: number;
  storedBytes: number;
  current?: ByteRange;
}

export interface RunContext {
  readonly signal: AbortSignal;
  phase(phase: Phase): void;
  progress(progress: RunProgress): void;
  /** How full the space of the snapshot is; `undefined`: there is none any more. */
  snapshot(fill: SnapshotFill | undefined): void;
  /** The volume's blocks can be looked at from now on. */
  blocks(source: BlockSource): void;
  /** One English sentence that the result must show, and what it is about. */
  warn(text: string, kind?: WarningKind): void;
}

/** The same context, with warnings kept for the result too. */
export function keepWarnings(context: RunContext, warnings: string[]): RunContext {
  return {
    signal: context.signal,
    phase: (phase) => context.phase(phase),
    progress: (progress) => context.progress(progress),
    snapshot: (fill) => context.snapshot(fill),
    blocks: (source) => context.blocks(source),
    warn: (text, kind) => {
      warnings.push(text);
      context.warn(text, kind);
    },
  };
}
