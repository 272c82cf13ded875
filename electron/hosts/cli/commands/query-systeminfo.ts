/** `query systeminfo [-filename=FILE]`: what somebody who is to help needs to know. Holds no secret. */
import { open } from 'node:fs/promises';
import type { OptionSource, RepositoryStatus } from '#contract';
import { EngineError, toEngineError } from '#engine/base/errors.ts';
import { formatOption, isLocked, OPTION_ROWS, type OptionName } from '#engine/policy/options.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { machineFacts } from '../system-info/machine.ts';
import { findTools } from '../system-info/tools.ts';
import { onlyThatItIsSet, withoutCredentials } from '../system-info/without-secrets.ts';
import { type SystemInfo, systemInfoLines, withoutCommands } from '../text/systeminfo-text.ts';

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

/** Replaces a file that is there, as the original does; a link is followed. Throws `OPTION_INVALID`. */
async function write(path: string, text: string): Promise<void> {
  try {
    await using file = await open(path, 'w', 0o600);
    await file.writeFile(text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const reason = `The file cannot be written (${code}).`;
    throw new EngineError('OPTION_INVALID', { option: 'filename', value: path, reason }, { cause: error });
  }
}
