/** What a row of the table of commands consists of. */
import type { WireError } from '#contract';
import type { OptionName } from '#engine/policy/options.ts';
import type { CommandContext, PlainContext } from './command-context.ts';
import type { ReturnCode } from './exit-codes.ts';

/** What a command's file exports. */
export interface CommandModule {
  run(context: CommandContext): Promise<ReturnCode>;
}

/** As `CommandModule`, for a command that works without the engine. */
export interface PlainCommandModule {
  run(context: PlainContext): Promise<ReturnCode>;
  /** What standard output says where the command could not even begin; absent: nothing. */
  failed?(error: WireError): readonly string[];
}

interface CommonRow {
  /** The words, with their guaranteed abbreviation in capitals. */
  readonly words: readonly string[];
  /** Other words for the one word of the command. */
  readonly aliases?: readonly string[];
  /** What follows the words, as help shows it. Completion goes by it: VOLUME, FILE, `one|other`. */
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
}

export type CommandRow = CommonRow &
  (
    | { readonly engine?: true; load(): Promise<CommandModule> }
    /** Needs no engine: none is started for it. */
    | { readonly engine: false; load(): Promise<PlainCommandModule> }
  );

/** No operands. */
export const NONE = { minimum: 0, maximum: 0 } as const;
/** As many operands as one likes. */
export const ANY = Number.POSITIVE_INFINITY;
