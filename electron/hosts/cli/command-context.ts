/** What a command gets to work with. */
import type { Engine } from '#engine/engine.ts';
import type { ResolvedOptions } from '#engine/policy/resolve-options.ts';
import type { Ports } from '#engine/ports.ts';
import type { Cancellation } from './cancellation.ts';
import type { Output } from './output.ts';
import type { RepositoryAccess } from './repository-access.ts';
import type { Terminal } from './terminal.ts';

export interface CommandContext {
  /** The full name of the command, `backup image`. */
  readonly name: string;
  readonly operands: readonly string[];
  readonly options: ResolvedOptions;
  readonly output: Output;
  readonly terminal: Terminal;
  readonly cancellation: Cancellation;
  readonly ports: Ports;
  /** The engine; the repository is not open yet. Disposed by the caller of the command. */
  readonly engine: Engine;
  readonly repository: RepositoryAccess;
}
