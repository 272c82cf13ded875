/** What is in force for one backup: the request over the rule of the volume over the options file over the defaults. */
import type { BackupRequest, Policy, Volume } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { BackupSettings } from '../image/settings.ts';
import { STANDARD_POLICY } from '../policy/classes/standard.ts';
import { formatOption, OPTION_NAMES, type OptionName } from '../policy/options.ts';
import {
  effectiveCompressionLevel,
  effectiveImageType,
  type ResolvedOptions,
  resolveOptions,
} from '../policy/resolve-options.ts';
import { RUN_OPTIONS } from '../policy/run-options.ts';
import type { Ports } from '../ports.ts';
import { boundClass } from './bound-class.ts';
import { fileInputs, namesIn } from './options-in-force.ts';
import { assertTrustedCommands } from './trusted-commands.ts';

/** Settings of a run, and why there may be none. */
export interface RunSettings extends BackupSettings {
  /** `OPTION_INVALID`: a rule excludes the volume from image backup. */
  excluded: EngineError | undefined;
  /** `MANAGEMENT_CLASS_UNKNOWN`, `MANAGEMENT_CLASS_UNUSABLE`: no image can be bound to the class. */
  unbindable: EngineError | undefined;
}

/** Shown in a manifest. Commands may hold secrets and stay out of it. */
const IN_MANIFEST = [
  'mode',
  'imagetype',
  'snapshotproviderimage',
  'imagegapsize',
  'compressionlevel',
  'managementclass',
  ...RUN_OPTIONS.filter((name) => !name.endsWith('cmd') && name !== 'dynamicimage' && name !== 'compressalways'),
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
  // Said for this run, too, and so above what a rule says of the same thing by its other name.
  if (request.imageType !== undefined) texts.set('imagetype', request.imageType);
  if (request.compressionLevel !== undefined) texts.set('compressionlevel', String(request.compressionLevel));
  return texts;
}

/**
 * `volume`: the one that the request names. `policy`: of the repository; the standard one where none is open. Throws
 * `OPTION_INVALID`.
 */
export async function backupSettings(
  request: BackupRequest,
  volume: Volume,
  ports: Pick<Ports, 'directories'>,
  policy: Policy = STANDARD_POLICY,
): Promise<RunSettings> {
  const inputs = await fileInputs(ports);
  const { file } = inputs;
  const names = await namesIn(volume, file);
  const options = resolveOptions({ ...inputs, command: requested(request), volume: names });
  await assertTrustedCommands(options, file);
  const { values, sources } = options;
  const { firstMs, lastMs } = values.snapshotfsidlewait;
  const named = sources.managementclass.from === 'default' ? undefined : values.managementclass;
  const { unbindable, group, name } = boundClass(policy.set, request.managementClass ?? named);
  const absolute = group.mode === 'absolute';
  const settings = {
    mode: request.mode ?? values.mode,
    imageType: effectiveImageType(options),
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
    // Nothing is to be kept for a next run that will read everything, too.
    tracking:
      values.changetracking && !absolute
        ? { auditPercent: values.changetrackingaudit, fullEvery: values.changetrackingfull }
        : undefined,
    gapBytes: request.imageGapBytes ?? values.imagegapsize,
    compressionLevel: effectiveCompressionLevel(options),
    threads: values.resourceutilization,
    managementClass: name,
    serialization: group.serialization,
    changingRetries: group.changingRetries,
    absolute,
    policyVersion: policy.version,
    allowRaw: request.allowRaw ?? false,
  };
  return {
    ...settings,
    inForce: inForce(settings, options),
    excluded: exclusion(volume, options, file?.path),
    unbindable,
  };
}

/** The request's own fields over the resolved options. */
function inForce(settings: Omit<BackupSettings, 'inForce'>, { values }: ResolvedOptions): Record<string, string> {
  const own: Partial<Record<OptionName, string>> = {
    mode: settings.mode,
    imagetype: settings.imageType ?? '',
    snapshotproviderimage: settings.snapshotProviderImage ?? '',
    imagegapsize: formatOption('imagegapsize', settings.gapBytes),
    compression: settings.compressionLevel > 0 ? 'yes' : 'no',
    compressionlevel: settings.compressionLevel > 0 ? String(settings.compressionLevel) : '',
    managementclass: settings.managementClass,
  };
  const all = IN_MANIFEST.map((name) => [name, own[name] ?? formatOption(name, values[name])] as const);
  return Object.fromEntries(all.filter(([, text]) => text !== ''));
}

function exclusion(volume: Volume, { rule }: ResolvedOptions, path = ''): EngineError | undefined {
  if (rule?.kind !== 'exclude.image') return undefined;
  return new EngineError('OPTION_INVALID', {
    option: rule.kind,
    value: rule.pattern,
    volume: volume.name,
    file: path,
    line: rule.line,
    reason: `${volume.name} is excluded from image backup by line ${rule.line} of ${path}.`,
    remedy: `Remove “exclude.image ${rule.pattern}”, or put an include.image rule below it.`,
  });
}
