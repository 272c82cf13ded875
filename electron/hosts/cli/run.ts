/** One run of the command line, from arguments to return code. */

import { homedir } from 'node:os';
import { join } from 'node:path';
import { toWireError } from '#engine/base/errors.ts';
import { errorLogSettings } from '#engine/policy/error-log-settings.ts';
import { givenPassphrase } from '#engine/policy/given-passphrase.ts';
import { readOptionsFile } from '#engine/policy/options-file.ts';
import { resolveOptions } from '#engine/policy/resolve-options.ts';
import type { Logger, Ports } from '#engine/ports.ts';
import { createNodePorts, jsonLogger, silentLogger } from '../node-ports.ts';
import { Cancellation, type SignalSource } from './cancellation.ts';
import type { CommandContext } from './command-context.ts';
import { commandName } from './command-table.ts';
import { highest, type ReturnCode, returnCodeOf } from './exit-codes.ts';
import { isLogged } from './follow-task.ts';
import { type ParsedCommand, parseCommandLine, wantsJson } from './grammar.ts';
import { helpText } from './help-text.ts';
import { errorDocument, outcomeLine } from './outcome.ts';
import { Output, type OutputStream } from './output.ts';
import { RepositoryAccess } from './repository-access.ts';
import { type InputStream, Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** What a run needs from its process. */
export interface CommandLineHost {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly signals: SignalSource;
}

type RunnableCommand = Extract<ParsedCommand, { kind: 'run' }>;

/** Runs one command. Every error is reported here; nothing is thrown. Resolves once everything was written. */
export async function runCommandLine(host: CommandLineHost): Promise<ReturnCode> {
  const json = wantsJson(host.argv);
  const output = new Output(host.stdout, host.stderr, { json, quiet: false });
  const cancellation = new Cancellation(host.signals, (text) => output.message(text));
  let parsed: ParsedCommand | undefined;
  let returnCode: ReturnCode;
  try {
    parsed = parseCommandLine(host.argv);
    returnCode = await execute(parsed, host, output, cancellation);
  } catch (error) {
    const wire = toWireError(error);
    if (parsed?.kind === 'run' && parsed.options.has('debug')) logStack(host, error);
    returnCode = returnCodeOf({ kind: 'error', code: wire.code });
    output.error(wire, isLogged(error));
    output.json(errorDocument(parsed?.kind === 'run' ? parsed.command : undefined, wire, returnCode));
  }
  returnCode = highest(returnCode, output.worst);
  if (parsed?.kind === 'run' && parsed.command.long) output.info(outcomeLine(parsed.command, returnCode));
  await output.flush();
  return returnCode;
}

async function execute(
  parsed: ParsedCommand,
  host: CommandLineHost,
  output: Output,
  cancellation: Cancellation,
): Promise<ReturnCode> {
  switch (parsed.kind) {
    case 'version':
      output.json({ version: VERSION });
      output.result(`stillframe ${VERSION}`);
      return 0;
    case 'help':
      output.restyle({ json: false, quiet: false });
      output.result(...helpText(parsed.commands));
      return 0;
    case 'message':
      output.restyle({ json: false, quiet: false });
      output.result(...parsed.lines);
      return 0;
    case 'run':
      return runCommand(parsed, host, output, cancellation);
  }
}

async function runCommand(
  parsed: RunnableCommand,
  host: CommandLineHost,
  output: Output,
  cancellation: Cancellation,
): Promise<ReturnCode> {
  const { environment, workingDirectory } = host;
  const ports = portsFor(host, output, parsed.options.has('debug'));
  output.logTo(ports.errorLog);
  const file = await readOptionsFile(ports.directories.config);
  const paths = { workingDirectory, homeDirectory: environment.HOME ?? homedir() };
  const options = resolveOptions({ command: parsed.options, environment, file, paths });
  output.restyle({ json: options.values.json, quiet: options.values.quiet });
  ports.errorLog?.configure(errorLogSettings(options.values));
  for (const warning of file?.warnings ?? []) output.warning(warning, 'optionsFile');

  const [{ createEngine, defaultRepositoryLocation }, command, passphrase] = await Promise.all([
    import('#engine/create-engine.ts'),
    parsed.command.load(),
    givenPassphrase({ value: options.values.passwordfile, source: options.sources.passwordfile }, environment),
  ]);
  const location = options.values.repository ?? defaultRepositoryLocation(ports);
  await using engine = await createEngine(ports, { repositoryLocation: location, passphrase });
  const terminal = new Terminal(host.stdin, host.stderr);
  const personal = options.sources.repository.from === 'default';
  const wish = { location, personal, passphrase, keyDirectory: join(ports.directories.config, 'keys') };
  const context: CommandContext = {
    name: commandName(parsed.command),
    operands: parsed.operands,
    options,
    output,
    terminal,
    cancellation,
    ports,
    engine,
    repository: new RepositoryAccess(engine, wish, { output, terminal, cancellation }),
  };
  // Awaited here, so that the engine is disposed after the command and not while it runs.
  return await command.run(context);
}

function portsFor({ environment, stderr }: CommandLineHost, output: Output, debug: boolean): Ports {
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

function logStack({ stderr }: CommandLineHost, error: unknown): void {
  const stack = error instanceof Error ? error.stack : String(error);
  jsonLogger((line) => stderr.write(line)).error('the command failed', { stack });
}
