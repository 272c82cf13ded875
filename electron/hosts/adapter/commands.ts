/** What the adapter's host offers: commands with their operands and options, and a way to run them. */
import type { WireError } from '#contract';

/** One operand of a command, or several of a kind. */
export interface AdapterOperand {
  /** As help shows it, `VOLUME`; several where it can be one of several things. */
  readonly names: readonly string[];
  /** As many as one likes, blanks between them. */
  readonly repeated: boolean;
}

export interface AdapterOption {
  readonly name: string;
  /** Other full names that mean the same. */
  readonly aliases: readonly string[];
  /** `yes` or `no`; an empty element means yes. */
  readonly flag: boolean;
  /** Why a request may not give it, as a sentence; absent: it may. */
  readonly refused?: string;
}

/** A command; its operation is named by its words with hyphens between them, `backup-image`. */
export interface AdapterCommand {
  /** Full words in lower case. */
  readonly words: readonly string[];
  readonly operands: readonly AdapterOperand[];
  readonly options: readonly AdapterOption[];
}

/** How a command line ended. */
export interface CommandRun {
  readonly lines: readonly string[];
  /** 0, 4, 8 or 12. */
  readonly exitCode: number;
  readonly milliseconds: number;
}

export interface AdapterHost {
  readonly commands: readonly AdapterCommand[];
  /** Names of options of the originals that `check` refuses, or leaves out, with a reason of its own. */
  readonly otherOptions: readonly string[];
  /** Throws where a command line is not understood, or where a value is none that its option can have. */
  check(argv: readonly string[]): void;
  /**
   * Runs a command line to its end, or until it released everything after `signal` aborted. `notes` are said before
   * what the command says.
   */
  run(argv: readonly string[], given: { signal: AbortSignal; notes: readonly string[] }): Promise<CommandRun>;
  /** An error as lines for people. */
  report(error: WireError): readonly string[];
}

/** The operation that a command is. */
export function operationName({ words }: AdapterCommand): string {
  return words.join('-');
}
