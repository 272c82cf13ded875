/** What one process of the model test is asked to do. */
import type { PolicySet } from '#contract';

/** Where everything of one model run lies. */
export interface ModelPlace {
  /** Everything below it belongs to the run. */
  folder: string;
  repository: string;
  /** Opens the repository; generated, so that stretching it costs nothing. */
  passphrase: string;
}

/** One operation. */
export type Operation =
  | { do: 'backup'; volume: string }
  | { do: 'policy'; set: PolicySet }
  | { do: 'pin'; imageId: string; pinned: boolean }
  | { do: 'delete' | 'undelete'; imageIds: string[] }
  | { do: 'deactivate'; volume: string }
  | { do: 'expire'; reclaim: boolean }
  | { do: 'prune' };

export interface Job {
  place: ModelPlace;
  /** How far the clock is ahead of the machine's, milliseconds. */
  aheadMs: number;
  operation: Operation;
}

/** The name of the computer in every snapshot of a model run. */
export const MODEL_NODE = 'model';
