/** The ports of a session's engine. */
import type { Logger, Ports } from '#engine/ports.ts';
import { createNodePorts, jsonLogger, silentLogger } from '../node-ports.ts';
import type { Output } from './output.ts';
import type { CommandLineHost } from './run.ts';

/** What the engine has to say goes to `output` as notes, or with `debug` to standard error as JSON lines. */
export function sessionPorts(
  { environment, stderr }: Pick<CommandLineHost, 'environment' | 'stderr'>,
  output: Output,
  debug: boolean,
): Ports {
  return createNodePorts({
    capabilities: { canPickFolder: false, canPickFile: false, canNotify: false, canElevate: false },
    environment,
    logger: debug ? jsonLogger((line) => stderr.write(line)) : noteLogger(output),
  });
}

/** What the engine noticed on the way (a mount repaired, a damaged snapshot left out) concerns the person too. */
function noteLogger(output: Output): Logger {
  const note = (message: string, { reason }: Record<string, unknown> = {}) =>
    output.message(`Note: ${message}${typeof reason === 'string' ? `: ${reason}` : ''}`);
  return { ...silentLogger, warn: note, error: note };
}
