/** What the rows of the tree are given. */
import type { Volume } from '#contract';
import type { RovingRows } from '../../components/use-roving-rows.ts';

/** What is known of a volume besides its own facts. */
export interface VolumeNotes {
  /** Time of its newest image. */
  lastImage: string | undefined;
  /** Why it is too large for the repository; empty where it is not. */
  tooLarge: string;
  /** By a rule of the preferences. */
  excluded: boolean;
}

/** What people can do in the tree. */
export interface TreeActions {
  onChoose(names: readonly string[], on: boolean): void;
  onInspect(name: string): void;
  onAddFile(): void;
  onRemoveFile(path: string): void;
}

export interface RowProps extends TreeActions {
  /** All of them: a strip may show volumes of other rows. */
  volumes: readonly Volume[];
  selected: readonly string[];
  /** The row whose details are shown. */
  inspected: string | null;
  notesOf(volume: Volume): VolumeNotes;
  now: number;
  roving: RovingRows;
}
