/**
 * The one table of options. The command line, the options file, help and (later) the preferences editor all read it;
 * an option is added by adding one row. Names, values, units and defaults follow the field's backup-archive clients
 * (domain reference, section 1) where those have the option.
 */
import { imageTypeSchema, modeSchema, snapshotProviderSchema } from '#contract';
import { choice, command, flag, idleWait, integer, name, type OptionDefinition, path, size } from './option-kinds.ts';

/** Largest `imagegapsize`, in kilobytes. */
export const MAXIMUM_GAP_KB = 4_294_967_295;
/** Default `imagegapsize`, in bytes. */
export const DEFAULT_GAP_BYTES = 32 * 1024;
/** Default zstd level (docs/decisions/005-compression-level.md). */
export const DEFAULT_COMPRESSION_LEVEL = 1;
/** The management class of a volume that nothing else was said about. */
export const DEFAULT_MANAGEMENT_CLASS = 'STANDARD';

const COMMAND_ONLY = ['command'] as const;

export const OPTIONS = {
  repository: path(
    {
      display: 'REPository',
      places: ['command', 'environment', 'file'],
      variable: 'STILLFRAME_REPOSITORY',
      help: 'Repository to use; default: the personal one in the data directory.',
    },
    { urls: true },
  ),
  passwordfile: path({
    display: 'PASSWORDFile',
    places: ['command', 'environment', 'file'],
    variable: 'STILLFRAME_PASSWORD_FILE',
    help: 'File that holds the passphrase of the repository.',
  }),
  newpasswordfile: path({
    display: 'NEWPasswordfile',
    places: COMMAND_ONLY,
    help: 'File that holds the passphrase of the key to add.',
  }),
  mode: choice(
    {
      display: 'MODe',
      places: COMMAND_ONLY,
      help: 'selective reads everything; incremental stores what changed since the last image.',
    },
    modeSchema.options,
    'selective',
  ),
  imagetype: choice(
    {
      display: 'IMAGETYpe',
      help: 'static: unmounted or read-only; snapshot; dynamic: as it is, may be inconsistent. Default: best possible.',
    },
    imageTypeSchema.options,
  ),
  dynamicimage: flag({ display: 'DYNAMICimage', help: 'Same as imagetype=dynamic.' }, false),
  snapshotproviderimage: choice(
    { display: 'SNAPSHOTPROVIDERImage', help: 'How a snapshot is taken; NONE takes none. Default: best possible.' },
    snapshotProviderSchema.options,
  ),
  snapshotfailover: flag(
    {
      display: 'SNAPSHOTFAilover',
      help: 'Make a static image where no snapshot can be had; no: the run fails.',
    },
    true,
  ),
  snapshotcachesize: integer(
    {
      display: 'SNAPSHOTCACHESize',
      help: 'Space for the snapshot, in percent of the volume. Default: as much as the writes of the moment ask for.',
    },
    { minimum: 1, maximum: 100 },
  ),
  snapshotcachelocation: path({
    display: 'SNAPSHOTCACHELocation',
    help: 'Device or directory that gives the space for the snapshot. Default: where the volume is.',
  }),
  snapshotfsidlewait: idleWait(
    {
      display: 'SNAPSHOTFSIDLEWait',
      help: 'Time without writes before the snapshot: at the first try, and at the last; 0 takes it at once.',
    },
    { firstMs: 0, lastMs: 0 },
  ),
  snapshotfsidleretries: integer(
    { display: 'SNAPSHOTFSIDLERetries', help: 'How many times snapshotfsidlewait is tried again.' },
    { minimum: 0, maximum: 9999 },
    50,
  ),
  snapshotfsidleaction: choice(
    {
      display: 'SNAPSHOTFSIDLEAction',
      help: 'When the volume is never idle: fail, or continue and take the snapshot all the same.',
    },
    ['fail', 'continue'],
    'fail',
  ),
  presnapshotcmd: command({
    display: 'PRESNapshotcmd',
    help: 'Shell command to run before the snapshot; when it fails, no image is made.',
  }),
  postsnapshotcmd: command({
    display: 'POSTSNapshotcmd',
    help: 'Shell command to run once the snapshot is taken; when it fails, there is a warning.',
  }),
  snapshotcmdtimelimit: integer(
    { display: 'SNAPSHOTCMDTimelimit', help: 'Seconds that each of the two commands may take.' },
    { minimum: 1, maximum: 86_400 },
    300,
  ),
  freezetimelimit: integer(
    { display: 'FREEZETimelimit', help: 'Seconds after which a frozen volume can be written to again, in any case.' },
    { minimum: 1, maximum: 3600 },
    600,
  ),
  changetracking: flag(
    {
      display: 'CHANGETRACKing',
      help: 'Incremental runs read only what changed, where the snapshot provider can tell.',
    },
    true,
  ),
  changetrackingaudit: integer(
    { display: 'CHANGETRACKINGAudit', help: 'Percent of the unchanged blocks that is read and compared all the same.' },
    { minimum: 0, maximum: 100 },
    1,
  ),
  changetrackingfull: integer(
    { display: 'CHANGETRACKINGFull', help: 'Every how many runs everything is read.' },
    { minimum: 1, maximum: 1000 },
    10,
  ),
  imagegapsize: size(
    {
      display: 'IMAGEGapsize',
      help: 'Unused runs up to this size are read along with the used ones; 0 reads every block.',
    },
    { minimumKb: 0, maximumKb: MAXIMUM_GAP_KB },
    DEFAULT_GAP_BYTES,
  ),
  managementclass: name(
    { display: 'MANAGEMENTClass', aliases: ['MGmtclass'], help: 'Management class to bind the image to.' },
    DEFAULT_MANAGEMENT_CLASS,
  ),
  compressionlevel: integer(
    { display: 'COMPRESSIONLevel', help: 'zstd level of stored blocks: higher is smaller and slower.' },
    { minimum: 1, maximum: 19 },
    DEFAULT_COMPRESSION_LEVEL,
  ),
  allowraw: flag(
    {
      display: 'ALLOWRaw',
      places: COMMAND_ONLY,
      help: 'Read every block of a volume whose file system is damaged.',
    },
    false,
  ),
  imagetofile: flag(
    { display: 'IMAGETOfile', places: COMMAND_ONLY, help: 'DESTINATION is a plain file to write the image into.' },
    false,
  ),
  freespace: choice(
    {
      display: 'FREESpace',
      help: 'Blocks that the image does not use: skip leaves them as they are, zero clears, discard gives them back.',
    },
    ['skip', 'zero', 'discard'],
    'skip',
  ),
  verifyimage: flag({ display: 'VERIFYImage', help: 'Read everything back from the target and compare it.' }, true),
  allowsmaller: flag(
    {
      display: 'ALLOWSmaller',
      places: COMMAND_ONLY,
      help: 'Restore to a smaller target when every used block fits.',
    },
    false,
  ),
  noprompt: flag(
    { display: 'NOPrompt', places: COMMAND_ONLY, help: 'Overwrite the target without asking for its name.' },
    false,
  ),
  detail: flag({ display: 'DETail', places: COMMAND_ONLY, help: 'Show everything that is known.' }, false),
  inactive: flag({ display: 'INActive', places: COMMAND_ONLY, help: 'Show older images too.' }, false),
  readdata: flag(
    { display: 'READData', places: COMMAND_ONLY, help: 'Read, decrypt and verify every stored block.' },
    false,
  ),
  port: integer(
    { display: 'PORt', places: COMMAND_ONLY, help: 'Port on 127.0.0.1; 0 takes a free one.' },
    { minimum: 0, maximum: 65_535 },
    0,
  ),
  exitwithparent: flag(
    { display: 'EXITWithparent', places: COMMAND_ONLY, help: 'End when standard input is closed.' },
    false,
  ),
  json: flag({ display: 'JSON', places: COMMAND_ONLY, help: 'Write JSON to standard output, for programs.' }, false),
  quiet: flag({ display: 'QUiet', help: 'Show results and problems only.' }, false),
  debug: flag(
    { display: 'DEBug', places: COMMAND_ONLY, help: 'Write the log to standard error, as JSON lines.' },
    false,
  ),
} as const satisfies Record<string, OptionDefinition<never> | OptionDefinition<unknown>>;

export type OptionName = keyof typeof OPTIONS;

/** The typed value of every option. */
export type OptionValues = {
  [N in OptionName]: (typeof OPTIONS)[N] extends OptionDefinition<infer T> ? T : never;
};

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

/** An option's row as something that can be matched and described, whatever its type. */
export interface OptionRow extends Omit<OptionDefinition<unknown>, 'parse' | 'format' | 'fallback'> {
  readonly name: OptionName;
  /** What holds by default, as it could be typed. */
  readonly fallbackText: string;
}

/** Every option, in the order of the table. */
export const OPTION_ROWS: readonly OptionRow[] = OPTION_NAMES.map(rowOf);

function rowOf<N extends OptionName>(name: N): OptionRow {
  return { ...OPTIONS[name], name, fallbackText: formatOption(name, OPTIONS[name].fallback as OptionValues[N]) };
}

/** The definition of one option with its value's type. */
export function definitionOf<N extends OptionName>(name: N): OptionDefinition<OptionValues[N]> {
  return OPTIONS[name] as unknown as OptionDefinition<OptionValues[N]>;
}

/** A value as it could be typed on the command line or stand in a manifest. */
export function formatOption<N extends OptionName>(name: N, value: OptionValues[N]): string {
  return definitionOf(name).format(value);
}
