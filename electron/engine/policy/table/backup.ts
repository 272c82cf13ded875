/** Options that shape a backup: what is read, how it is stored, what it is bound to. */
import { modeSchema } from '#contract';
import { BACKUP_RUN, COMMAND_ONLY, FILE_ONLY } from '../option-definition.ts';
import { choice, flag, integer, name, nameList, size } from '../option-kinds.ts';

/** Largest `imagegapsize`, in kilobytes. */
export const MAXIMUM_GAP_KB = 4_294_967_295;
/** Default `imagegapsize`, in bytes. */
export const DEFAULT_GAP_BYTES = 32 * 1024;
/** Default zstd level (docs/decisions/005-compression-level.md). */
export const DEFAULT_COMPRESSION_LEVEL = 1;
/** The management class of a volume that nothing else was said about. */
export const DEFAULT_MANAGEMENT_CLASS = 'STANDARD';

export const BACKUP_OPTIONS = {
  mode: choice(
    {
      display: 'MODe',
      places: BACKUP_RUN,
      tab: 'backup',
      help: 'selective reads everything in use; incremental only what changed, where that can be told.',
    },
    modeSchema.options,
    'selective',
  ),
  'domain.image': nameList({
    display: 'DOMAIN.Image',
    places: FILE_ONLY,
    tab: 'backup',
    help: 'Volumes that “backup image” takes when none is named; several lines add up.',
  }),
  managementclass: name(
    {
      display: 'MANAGEMENTClass',
      aliases: ['MGmtclass'],
      tab: 'backup',
      help: 'Management class to bind the image to; where nobody names one, the default class of the repository.',
    },
    DEFAULT_MANAGEMENT_CLASS,
  ),
  compression: flag(
    {
      display: 'COMPRESSIon',
      places: BACKUP_RUN,
      tab: 'backup',
      help: 'Compress stored blocks with zstd; no stores them encrypted only, for the least work and the most space.',
    },
    true,
  ),
  compressalways: flag(
    {
      display: 'COMPRESSAlways',
      places: BACKUP_RUN,
      tab: 'backup',
      help: 'Accepted for old scripts; changes nothing: a block that compression would enlarge is stored as it is.',
    },
    true,
  ),
  compressionlevel: integer(
    {
      display: 'COMPRESSIONLevel',
      places: BACKUP_RUN,
      tab: 'performance',
      help: 'zstd level of stored blocks: higher is smaller and slower.',
    },
    { minimum: 1, maximum: 19 },
    DEFAULT_COMPRESSION_LEVEL,
  ),
  resourceutilization: integer(
    {
      display: 'RESOURceutilization',
      places: BACKUP_RUN,
      tab: 'performance',
      help: 'Threads that compress and encrypt. Default: as many as there are processors.',
    },
    { minimum: 1, maximum: 64 },
  ),
  changetracking: flag(
    {
      display: 'CHANGETRACKing',
      places: BACKUP_RUN,
      tab: 'performance',
      help: 'Incremental runs read only what changed, where the snapshot provider can tell.',
    },
    true,
  ),
  changetrackingaudit: integer(
    {
      display: 'CHANGETRACKINGAudit',
      places: BACKUP_RUN,
      tab: 'performance',
      unit: '%',
      help: 'Percent of the unchanged blocks that is read and compared all the same.',
    },
    { minimum: 0, maximum: 100 },
    1,
  ),
  changetrackingfull: integer(
    {
      display: 'CHANGETRACKINGFull',
      places: BACKUP_RUN,
      tab: 'performance',
      unit: 'runs',
      help: 'Every how many runs everything is read.',
    },
    { minimum: 1, maximum: 1000 },
    10,
  ),
  imagegapsize: size(
    {
      display: 'IMAGEGapsize',
      places: BACKUP_RUN,
      tab: 'imageSnapshot',
      help: 'Unused runs up to this size are read along with the used ones; 0 reads every block.',
    },
    { minimumKb: 0, maximumKb: MAXIMUM_GAP_KB },
    DEFAULT_GAP_BYTES,
  ),
  allowraw: flag(
    {
      display: 'ALLOWRaw',
      places: COMMAND_ONLY,
      help: 'Read every block of a volume whose file system is damaged.',
    },
    false,
  ),
} as const;
