/** What a command gets to work with. */
import type { Engine } from '#engine/engine.ts';
import type { OptionName } from '#engine/policy/options.ts';
import type { ResolvedOptions } from '#engine/policy/resolve-options.ts';
import type { Ports } from '#engine/ports.ts';
import type { Cancellation } from './cancellation.ts';
import type { Output } from './output.ts';
import type { RepositoryAccess } from './repository-access.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** What every command gets, also one that needs no engine. */
export interface PlainContext {
  /** The full name of the command, `backup image`. */
  readonly name: string;
  readonly operands: readonly string[];
  readonly options: ResolvedOptions;
  /** The options as they were typed. */
  readonly typed: ReadonlyMap<OptionName, string>;
  readonly output: Output;
  readonly terminal: Terminal;
  readonly cancellation: Cancellation;
  readonly ports: Ports;
  /** Runs further command lines. */
  readonly session: Session;
}

export interface CommandContext extends PlainContext {
  /** The engine. Disposed by the session; the repository may be open already, and `repository` knows. */
  readonly engine: Engine;
  readonly repository: RepositoryAccess;
}
