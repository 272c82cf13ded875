/** `query systeminfo [-filename=FILE]`: what somebody who is to help needs to know. Holds no secret. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { OptionSource, RepositoryStatus } from '#contract';
import { EngineError, errnoOf, toEngineError } from '#engine/base/errors.ts';
import { formatOption, isLocked, OPTION_ROWS, type OptionName } from '#engine/policy/options.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { machineFacts } from '../system-info/machine.ts';
import { findTools } from '../system-info/tools.ts';
import { onlyThatItIsSet, withoutCredentials } from '../system-info/without-secrets.ts';
import { SYSTEM_INFO_TITLE, type SystemInfo, systemInfoLines, withoutCommands } from '../text/systeminfo-text.ts';

/** Only whether these are set. */
const VARIABLES = ['STILLFRAME_REPOSITORY', 'STILLFRAME_PASSWORD_FILE', 'STILLFRAME_PASSWORD'];
const SECRET_VARIABLES = new Set(['STILLFRAME_PASSWORD']);

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { options, output } = context;
  const info = await gather(context);
  const { filename } = options.values;
  if (filename === undefined) {
    output.json(info);
    output.result(...systemInfoLines(info));
    return output.worst;
  }
  const text = output.style.json ? `${JSON.stringify(info, null, 2)}\n` : `${systemInfoLines(info).join('\n')}\n`;
  await write(filename, text);
  output.json({ file: filename });
  output.result(`System information was written to ${filename}.`);
  return output.worst;
}

async function gather(context: CommandContext): Promise<SystemInfo> {
  const { engine, cancellation, ports } = context;
  const [machine, tools, providers, preferences] = await cancellation.race(
    Promise.all([
      machineFacts(),
      findTools(cancellation.signal),
      engine.support.providers(),
      engine.preferences.describe(),
    ]),
  );
  const { version, nodeName, privileged, platform } = engine.describe();
  return {
    time: new Date(ports.clock.now()).toISOString(),
    client: { version, nodeName, privileged, platform },
    machine,
    tools,
    directories: ports.directories,
    environment: VARIABLES.flatMap((name) => variable(name)),
    optionsFile: preferences.exists ? preferences.path : null,
    optionsWarnings: preferences.warnings,
    options: optionsInForce(context),
    rules: preferences.rules.map(withoutCommands),
    repository: await repositoryFacts(context),
    providers,
  };
}

function variable(name: string): { name: string; value: string }[] {
  const value = process.env[name];
  if (value === undefined || value === '') return [];
  return [{ name, value: SECRET_VARIABLES.has(name) ? onlyThatItIsSet(value) : withoutCredentials(value) }];
}

function optionsInForce({ options }: CommandContext): { name: string; value: string; source: OptionSource }[] {
  const { values, sources } = options;
  const text = <N extends OptionName>(name: N): string => formatOption(name, values[name]);
  return OPTION_ROWS.filter(({ places }) => places.includes('file')).map((row) => {
    const value = text(row.name);
    // Commands may hold passwords of databases.
    const shown = isLocked(row)
      ? onlyThatItIsSet(value)
      : row.name === 'repository'
        ? withoutCredentials(value)
        : value;
    return { name: row.name, value: shown, source: sources[row.name] };
  });
}

/** A repository that cannot be opened is a fact, too. Nobody is asked for a passphrase. */
async function repositoryFacts({ engine, repository, cancellation }: CommandContext): Promise<RepositoryStatus> {
  const location = withoutCredentials(repository.location);
  try {
    return { ...(await cancellation.race(engine.repository.status())), location };
  } catch (error) {
    const known = toEngineError(error);
    if (known.code === 'CANCELLED') throw known;
    return { state: 'unreachable', location, reason: String(known.details.reason ?? known.code) };
  }
}

/** How a file begins that an earlier command wrote. */
const OUR_BEGINNINGS = [SYSTEM_INFO_TITLE, '{\n  "time":'];

/**
 * Replaces what an earlier command wrote, as the original does; a link is followed. Anything else that is there stays: a
 * name that was mistyped may be that of a volume's image or of a disk. Throws `OPTION_INVALID`.
 */
async function write(path: string, text: string): Promise<void> {
  const refuse = (reason: string, cause?: unknown) =>
    new EngineError(
      'OPTION_INVALID',
      { option: 'filename', value: path, reason, remedy: 'Name another file.' },
      { cause },
    );
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK;
    await using file = await open(path, flags, 0o600);
    const stats = await file.stat();
    if (!stats.isFile()) throw refuse('It is not a plain file.');
    if (stats.size > 0 && !(await isOurs(file))) throw refuse('It is there already, and holds something else.');
    await file.truncate();
    await file.write(text, 0);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw refuse(`The file cannot be written (${errnoOf(error) ?? 'unknown reason'}).`, error);
  }
}

async function isOurs(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
  const beginning = buffer.toString('utf8', 0, bytesRead);
  return OUR_BEGINNINGS.some((ours) => beginning.startsWith(ours));
}
