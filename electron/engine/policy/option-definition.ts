/** What a row of the options table consists of. */
import type { OptionPlace, OptionType, PreferenceTab } from '#contract';
import type { Abbreviable } from './abbreviations.ts';

/** Where relative paths start and what `~` stands for. */
export interface PathContext {
  workingDirectory: string;
  homeDirectory: string;
}

/** A text that does not fit; turned into `OPTION_INVALID` with the option's name by the caller. */
export class ValueRejected extends Error {
  override readonly name = 'ValueRejected';
}

/** One row of the options table. */
export interface OptionDefinition<T> extends Abbreviable {
  readonly kind: OptionType;
  /** What holds when nobody set it. */
  readonly fallback: T;
  readonly places: readonly OptionPlace[];
  /** The environment variable, where `places` has `environment`. */
  readonly variable?: string;
  /** Tab of the Preferences editor; absent: the editor does not show it. */
  readonly tab?: PreferenceTab;
  /** Only who edits the options file itself may set it: not a window, not a browser. Commands always are. */
  readonly locked?: boolean;
  /** Unit of the value (`%`, `s`, `days`, `KB`); empty where it has none. */
  readonly unit: string;
  /** Limits of numbers and sizes; of sizes in bytes. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** What an `enum` can be. */
  readonly values: readonly string[];
  /** What may be given, for help and for errors. */
  readonly allowed: string;
  /** One line. */
  readonly help: string;
  /** Throws `ValueRejected`, whose message is one English sentence. */
  parse(text: string, context: PathContext): T;
  /** The value as it could be typed; empty where there is none. */
  format(value: T): string;
}

/** What the author of a row writes; the kind adds the rest. */
export type Row<T> = Pick<OptionDefinition<T>, 'display' | 'help'> &
  Partial<Pick<OptionDefinition<T>, 'aliases' | 'places' | 'variable' | 'tab' | 'unit' | 'locked'>>;

/** Only for the command at hand. */
export const COMMAND_ONLY: readonly OptionPlace[] = ['command'];
/** Standing preferences that no single command is told. */
export const FILE_ONLY: readonly OptionPlace[] = ['file'];
export const COMMAND_AND_FILE: readonly OptionPlace[] = ['command', 'file'];
/** Shapes a backup, so that it can differ by volume. */
export const BACKUP_RUN: readonly OptionPlace[] = ['command', 'file', 'rule'];
