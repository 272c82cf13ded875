/** One run of the command line, from arguments to return code. */

import { homedir } from 'node:os';
import { join } from 'node:path';
import type { WireError } from '#contract';
import { toWireError } from '#engine/base/errors.ts';
import { givenPassphrase } from '#engine/policy/given-passphrase.ts';
import { readOptionsFile } from '#engine/policy/options-file.ts';
import { resolveOptions } from '#engine/policy/resolve-options.ts';
import type { Logger, Ports } from '#engine/ports.ts';
import { createNodePorts, jsonLogger, silentLogger } from '../node-ports.ts';
import { Cancellation, type SignalSource } from './cancellation.ts';
import type { CommandContext } from './command-context.ts';
import type { CommandRow } from './command-row.ts';
import { commandName } from './command-table.ts';
import { errorReport } from './error-report.ts';
import { highest, type ReturnCode, returnCodeOf } from './exit-codes.ts';
import { type ParsedCommand, parseCommandLine, wantsJson } from './grammar.ts';
import { helpText } from './help-text.ts';
import { Output, type OutputStream } from './output.ts';
import { RepositoryAccess } from './repository-access.ts';
import { runOnSchedule } from './run-on-schedule.ts';
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
    output.message(...errorReport(wire));
    output.json(errorDocument(parsed, wire, returnCode));
  }
  await output.flush();
  return highest(returnCode, output.worst);
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
  const file = await readOptionsFile(ports.directories.config);
  const paths = { workingDirectory, homeDirectory: environment.HOME ?? homedir() };
  const options = resolveOptions({ command: parsed.options, environment, file, paths });
  output.restyle({ json: options.values.json, quiet: options.values.quiet });
  for (const warning of file?.warnings ?? []) output.warning(warning);

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
  return await runOnSchedule(context, parsed.command.long, () => command.run(context));
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

/** The JSON of a command that failed: the last line of a long one, the only document of others. */
function errorDocument(parsed: ParsedCommand | undefined, error: WireError, returnCode: ReturnCode): object {
  const row: CommandRow | undefined = parsed?.kind === 'run' ? parsed.command : undefined;
  if (!row) return { returnCode, error };
  return { ...(row.long ? { type: 'result' } : {}), command: commandName(row), returnCode, error };
}
