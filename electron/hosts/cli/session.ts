/** Runs command lines one after the other, with one engine and one open repository for all of them. */
import { homedir } from 'node:os';
import type { WireError } from '#contract';
import { EngineError, toWireError } from '#engine/base/errors.ts';
import { errorLogSettings } from '#engine/policy/error-log-settings.ts';
import type { OptionName } from '#engine/policy/options.ts';
import { readOptionsFile } from '#engine/policy/options-file.ts';
import { resolveOptions } from '#engine/policy/resolve-options.ts';
import type { Ports } from '#engine/ports.ts';
import { jsonLogger } from '../node-ports.ts';
import type { Cancellation } from './cancellation.ts';
import type { CommandContext, PlainContext } from './command-context.ts';
import { commandName } from './command-table.ts';
import { highest, type ReturnCode, returnCodeOf } from './exit-codes.ts';
import { isLogged } from './follow-task.ts';
import { type ParsedCommand, parseCommandLine } from './grammar.ts';
import { helpText } from './help-text.ts';
import { wantsJson } from './option-words.ts';
import { errorDocument, outcomeLine } from './outcome.ts';
import type { Output } from './output.ts';
import type { ProgramName } from './phrases.ts';
import { RepositoryAccess } from './repository-access.ts';
import type { CommandLineHost } from './run.ts';
import { runOnSchedule } from './run-on-schedule.ts';
import { SessionEngine } from './session-engine.ts';
import { sessionPorts } from './session-ports.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

type RunnableCommand = Extract<ParsedCommand, { kind: 'run' }>;
type TypedOptions = ReadonlyMap<OptionName, string>;

/** Macros in macros, and sessions in them. */
const DEEPEST = 10;
/** Volumes that completion offers are looked for anew after this many milliseconds. */
const VOLUMES_KEPT_MS = 30_000;

export interface SessionParts {
  readonly output: Output;
  readonly terminal: Terminal;
  readonly cancellation: Cancellation;
}

export class Session implements AsyncDisposable {
  readonly #host: CommandLineHost;
  #parts: SessionParts;
  readonly #told = new Set<string>();
  readonly #engine: SessionEngine;
  #inherited: TypedOptions = new Map();
  #depth = 0;
  #ended = false;
  #volumes: { names: readonly string[]; at: number } | undefined;

  constructor(host: CommandLineHost, parts: SessionParts) {
    this.#host = host;
    this.#parts = parts;
    this.#engine = new SessionEngine(host.environment);
  }

  get program(): ProgramName {
    return this.#host.program ?? 'stillframe';
  }

  /** Somebody said that it is over; nothing more is to be run. */
  get ended(): boolean {
    return this.#ended || this.#parts.cancellation.ending.aborted;
  }

  end(): void {
    this.#ended = true;
  }

  /** Runs the words of one command line. Every error is reported here; nothing is thrown. */
  async run(words: readonly string[]): Promise<ReturnCode> {
    const { output } = this.#parts;
    const inherited = this.#inherited.get('json');
    const json = wantsJson(words) || (inherited !== undefined && wantsJson([`-json=${inherited}`]));
    output.restart({ json, quiet: false });
    let parsed: ParsedCommand | undefined;
    let returnCode: ReturnCode;
    try {
      parsed = parseCommandLine(words, this.program);
      returnCode = await this.#execute(parsed);
    } catch (error) {
      if (parsed?.kind === 'run' && parsed.options.has('debug')) this.#logStack(error);
      if (!output.isLogged) await this.#logAsSetUp();
      returnCode = this.report(error, parsed);
      await this.#answerTo(toWireError(error), parsed);
    }
    returnCode = highest(returnCode, output.worst);
    if (parsed?.kind === 'run' && parsed.command.long) output.info(outcomeLine(parsed.command, returnCode));
    return returnCode;
  }

  /** Says what went wrong, with or in a command, and gives its return code. */
  report(error: unknown, parsed?: ParsedCommand): ReturnCode {
    const { output } = this.#parts;
    const wire = toWireError(error);
    const returnCode = returnCodeOf({ kind: 'error', code: wire.code });
    output.error(wire, isLogged(error));
    output.json(errorDocument(parsed?.kind === 'run' ? parsed.command : undefined, wire, returnCode));
    if (/^(REPOSITORY|PASSPHRASE)_/.test(wire.code)) this.#engine.reopen();
    return returnCode;
  }

  /**
   * What `work` runs inherits the options, and is one level deeper. Throws `COMMAND_INVALID` where that is too deep:
   * a macro that runs itself would never end.
   */
  async within<T>(options: TypedOptions, work: () => Promise<T>): Promise<T> {
    if (this.#depth >= DEEPEST) {
      const reason = `Macros are nested more than ${DEEPEST} deep.`;
      throw new EngineError('COMMAND_INVALID', { reason, remedy: 'Look for a macro that runs itself.' });
    }
    const outer = this.#inherited;
    this.#inherited = new Map([...outer, ...options]);
    this.#depth++;
    try {
      return await work();
    } finally {
      this.#depth--;
      this.#inherited = outer;
    }
  }

  /**
   * What `work` runs speaks through `parts` and is cancelled by them. With `keepEngine` the engine is somebody else's, too:
   * no other replaces it, and it keeps the repository that it has open, whatever the options file says by now. One at a
   * time.
   */
  async apart<T>(parts: SessionParts, { keepEngine }: { keepEngine: boolean }, work: () => Promise<T>): Promise<T> {
    const outer = this.#parts;
    this.#parts = parts;
    try {
      return await (keepEngine ? this.#engine.keep(work) : work());
    } finally {
      this.#parts = outer;
    }
  }

  /** Where the repository is that a command opened. */
  get openRepository(): string | undefined {
    return this.#engine.openRepository;
  }

  get depth(): number {
    return this.#depth;
  }

  /** Names and mount points of the volumes of this machine, for completion; those of a moment ago are good enough. */
  async volumeNames(): Promise<readonly string[]> {
    const now = performance.now();
    if (this.#volumes && now - this.#volumes.at < VOLUMES_KEPT_MS) return this.#volumes.names;
    const { options, ports } = await this.#settings(new Map());
    const { engine } = await this.#engine.for(options, ports);
    const volumes = await engine.listVolumes();
    const names = volumes.flatMap(({ name, mounts }) => [name, ...mounts.map(({ mountPoint }) => mountPoint)]);
    this.#volumes = { names: [...new Set(names)], at: now };
    return this.#volumes.names;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine[Symbol.asyncDispose]();
  }

  async #execute(parsed: ParsedCommand): Promise<ReturnCode> {
    const { output } = this.#parts;
    switch (parsed.kind) {
      case 'version':
        output.json({ version: VERSION });
        output.result(`stillframe ${VERSION}`);
        return 0;
      case 'help': {
        const lines = helpText(parsed.subject, this.program);
        output.restyle({ json: false, quiet: false });
        output.result(...lines);
        return 0;
      }
      case 'run':
        return this.#runCommand(parsed);
    }
  }

  async #runCommand(parsed: RunnableCommand): Promise<ReturnCode> {
    const { output, terminal, cancellation } = this.#parts;
    const { command, operands } = parsed;
    const { options, ports, typed, warnings } = await this.#settings(parsed.options);
    output.restyle({ json: options.values.json, quiet: options.values.quiet });
    output.logTo(ports.errorLog);
    ports.errorLog?.configure(errorLogSettings(options.values));
    for (const warning of warnings) this.#warnOnce(warning);
    for (const note of parsed.notes) output.message(`Note: ${note}`);
    const name = commandName(command);
    const plain: PlainContext = {
      name,
      operands,
      options,
      typed,
      output,
      terminal,
      cancellation,
      ports,
      session: this,
    };
    if (command.engine === false) return (await command.load()).run(plain);

    const [module, { engine, access, wish }] = await Promise.all([command.load(), this.#engine.for(options, ports)]);
    const repository = new RepositoryAccess(engine, wish, { output, terminal, cancellation, access });
    const context: CommandContext = { ...plain, engine, repository };
    return await runOnSchedule(context, command.long, () => module.run(context));
  }

  /** For whoever reads standard output and expects a document in any case. */
  async #answerTo(wire: WireError, parsed: ParsedCommand | undefined): Promise<void> {
    if (parsed?.kind !== 'run' || parsed.command.engine !== false) return;
    const { failed } = await parsed.command.load();
    if (failed) this.#parts.output.result(...failed(wire));
  }

  /** Options in force, with the ports that they ask for. */
  async #settings(options: TypedOptions) {
    const { environment, workingDirectory } = this.#host;
    const typed = new Map([...this.#inherited, ...options]);
    const ports = this.#portsFor(typed.has('debug'));
    const file = await readOptionsFile(ports.directories.config);
    const paths = { workingDirectory, homeDirectory: environment.HOME ?? homedir() };
    const resolved = resolveOptions({ command: typed, environment, file, paths });
    return { options: resolved, ports, typed, warnings: file?.warnings ?? [] };
  }

  /** A line that did not become a command, or whose options are refused, belongs into the error log, too. */
  async #logAsSetUp(): Promise<void> {
    const { output } = this.#parts;
    try {
      const { options, ports } = await this.#settings(new Map());
      ports.errorLog?.configure(errorLogSettings(options.values));
      output.logTo(ports.errorLog);
    } catch {
      // The options file is what is wrong.
      output.logTo(this.#portsFor(false).errorLog);
    }
  }

  #warnOnce(warning: string): void {
    if (!this.#told.has(warning)) this.#parts.output.warning(warning, 'optionsFile');
    this.#told.add(warning);
  }

  #portsFor(debug: boolean): Ports {
    return sessionPorts(this.#host, this.#parts.output, debug);
  }

  #logStack(error: unknown): void {
    const stack = error instanceof Error ? error.stack : String(error);
    jsonLogger((line) => this.#host.stderr.write(line)).error('the command failed', { stack });
  }
}
