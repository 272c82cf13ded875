/** The options file as it is now, for services that heed an option: nothing that was read earlier is trusted. */
import { realpath } from 'node:fs/promises';
import type { Volume } from '#contract';
import { EngineError } from '../base/errors.ts';
import { OPTIONS, type OptionName, type OptionValues } from '../policy/options.ts';
import { type OptionsFile, readOptionsFile } from '../policy/options-file.ts';
import { isLiteral } from '../policy/pattern.ts';
import { type OptionInputs, resolveOption } from '../policy/resolve-options.ts';
import type { Ports } from '../ports.ts';

type WithDirectories = Pick<Ports, 'directories'>;

/** What options are resolved from, apart from a command line and the volume. Throws `OPTION_INVALID` if unreadable. */
export async function fileInputs({ directories }: WithDirectories): Promise<Omit<OptionInputs, 'command'>> {
  const { config } = directories;
  const paths = { homeDirectory: process.env.HOME ?? '/', workingDirectory: config };
  return { environment: {}, file: await readOptionsFile(config), paths };
}

/** One option that no volume and no command has a say in. Throws `OPTION_INVALID`. */
export async function optionInForce<N extends OptionName>(name: N, ports: WithDirectories): Promise<OptionValues[N]> {
  return resolveOption(name, { ...(await fileInputs(ports)), command: new Map() }).value;
}

/** As `optionInForce`, for what must go on whatever the options file looks like: then the default holds. */
export async function optionOrDefault<N extends OptionName>(
  name: N,
  ports: Pick<Ports, 'directories' | 'logger'>,
): Promise<OptionValues[N]> {
  try {
    return await optionInForce(name, ports);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    ports.logger.warn('an option cannot be used; its default holds', { code: error.code, ...error.details });
    return OPTIONS[name].fallback as OptionValues[N];
  }
}

/**
 * Names under which rules may mean a volume: its own, its mount points, and those names in the rules that are links to
 * it (`/dev/disk/by-label/home`, `/dev/vg0/home`).
 */
export async function namesOf(
  { name, mounts }: Volume,
  rules: readonly { readonly pattern: string }[],
): Promise<string[]> {
  const names = new Set([name, ...mounts.map(({ mountPoint }) => mountPoint)]);
  const own = await realpath(name).catch(() => name);
  names.add(own);
  for (const { pattern } of rules) {
    if (names.has(pattern) || !pattern.startsWith('/') || !isLiteral(pattern)) continue;
    const target = await realpath(pattern).catch(() => undefined);
    if (target === own) names.add(pattern);
  }
  return [...names];
}

/** As `namesOf`, for the rules of a file. */
export async function namesIn(volume: Volume, file: OptionsFile | undefined): Promise<string[]> {
  return namesOf(volume, file?.rules ?? []);
}
