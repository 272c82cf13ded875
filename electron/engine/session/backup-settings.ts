/** What is in force for one backup: the request over the options file over the defaults. */
import type { BackupRequest } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { BackupSettings } from '../image/settings.ts';
import { formatOption, OPTION_NAMES, type OptionName } from '../policy/options.ts';
import { readOptionsFile } from '../policy/options-file.ts';
import { effectiveImageType, type ResolvedOptions, resolveOptions } from '../policy/resolve-options.ts';
import { RUN_OPTIONS } from '../policy/run-options.ts';
import type { Ports } from '../ports.ts';
import { assertTrustedCommands } from './trusted-commands.ts';

/** Shown in a manifest. Commands may hold secrets and stay out of it. */
const IN_MANIFEST = [
  'mode',
  'imagetype',
  'snapshotproviderimage',
  'imagegapsize',
  'compressionlevel',
  'managementclass',
  ...RUN_OPTIONS.filter((name) => !name.endsWith('cmd')),
] as const satisfies readonly OptionName[];

/** Texts of the request by option name. Throws `OPTION_INVALID` for an option that no run has. */
function requested(request: BackupRequest): Map<OptionName, string> {
  const texts = new Map<OptionName, string>();
  for (const [typed, text] of Object.entries(request.options ?? {})) {
    const name = RUN_OPTIONS.find((candidate) => candidate === typed.toLowerCase());
    if (name === undefined) {
      const reason = OPTION_NAMES.some((known) => known === typed.toLowerCase())
        ? 'It cannot be given this way.'
        : 'There is no such option.';
      throw new EngineError('OPTION_INVALID', { option: typed, value: text, reason });
    }
    texts.set(name, text);
  }
  return texts;
}

/** Throws `OPTION_INVALID`. */
export async function backupSettings(
  request: BackupRequest,
  ports: Pick<Ports, 'directories'>,
): Promise<BackupSettings> {
  const { config } = ports.directories;
  const paths = { homeDirectory: process.env.HOME ?? '/', workingDirectory: config };
  const file = await readOptionsFile(config);
  const options = resolveOptions({ command: requested(request), environment: {}, file, paths });
  await assertTrustedCommands(options, file);
  const { values } = options;
  const { firstMs, lastMs } = values.snapshotfsidlewait;
  const settings = {
    mode: request.mode ?? values.mode,
    imageType: request.imageType ?? effectiveImageType(options),
    snapshotProviderImage: request.snapshotProviderImage ?? values.snapshotproviderimage,
    failover: values.snapshotfailover,
    snapshot: {
      cache: { percent: values.snapshotcachesize, location: values.snapshotcachelocation },
      idle: { firstMs, lastMs, retries: values.snapshotfsidleretries, action: values.snapshotfsidleaction },
      preCommand: values.presnapshotcmd,
      postCommand: values.postsnapshotcmd,
      commandTimeLimitMs: values.snapshotcmdtimelimit * 1000,
      freezeTimeLimitMs: values.freezetimelimit * 1000,
    },
    tracking: values.changetracking
      ? { auditPercent: values.changetrackingaudit, fullEvery: values.changetrackingfull }
      : undefined,
    gapBytes: request.imageGapBytes ?? values.imagegapsize,
    compressionLevel: request.compressionLevel ?? values.compressionlevel,
    managementClass: request.managementClass ?? values.managementclass,
    allowRaw: request.allowRaw ?? false,
  };
  return { ...settings, inForce: inForce(settings, options) };
}

/** The request's own fields over the resolved options. */
function inForce(settings: Omit<BackupSettings, 'inForce'>, { values }: ResolvedOptions): Record<string, string> {
  const own: Partial<Record<OptionName, string>> = {
    mode: settings.mode,
    imagetype: settings.imageType ?? '',
    snapshotproviderimage: settings.snapshotProviderImage ?? '',
    imagegapsize: formatOption('imagegapsize', settings.gapBytes),
    compressionlevel: String(settings.compressionLevel),
    managementclass: settings.managementClass,
  };
  const all = IN_MANIFEST.map((name) => [name, own[name] ?? formatOption(name, values[name])] as const);
  return Object.fromEntries(all.filter(([, text]) => text !== ''));
}
