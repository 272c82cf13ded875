/** What a row of the table of commands consists of. */
import type { OptionName } from '#engine/policy/options.ts';
import type { CommandContext } from './command-context.ts';
import type { ReturnCode } from './exit-codes.ts';

/** What a command's file exports. */
export interface CommandModule {
  run(context: CommandContext): Promise<ReturnCode>;
}

export interface CommandRow {
  /** The words, with their guaranteed abbreviation in capitals. */
  readonly words: readonly string[];
  /** What follows the words, as help shows it. */
  readonly operands: string;
  readonly operandCount: { readonly minimum: number; readonly maximum: number };
  /** Besides the options that every command takes. */
  readonly options: readonly OptionName[];
  /** One line. */
  readonly help: string;
  /** Further paragraphs for `help COMMAND`. */
  readonly notes?: readonly string[];
  /** JSON lines with progress, then a result, instead of one document. */
  readonly long: boolean;
  load(): Promise<CommandModule>;
}

/** No operands. */
export const NONE = { minimum: 0, maximum: 0 } as const;
/** As many operands as one likes. */
export const ANY = Number.POSITIVE_INFINITY;
