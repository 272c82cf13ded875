/** Options about how a volume is kept still, and by which snapshot. */
import { imageTypeSchema, snapshotProviderSchema } from '#contract';
import { idleWait } from '../idle-wait.ts';
import { BACKUP_RUN } from '../option-definition.ts';
import { choice, command, flag, integer, path } from '../option-kinds.ts';

const snapshot = { places: BACKUP_RUN, tab: 'snapshot' } as const;
const imageSnapshot = { places: BACKUP_RUN, tab: 'imageSnapshot' } as const;

export const SNAPSHOT_OPTIONS = {
  imagetype: choice(
    {
      display: 'IMAGETYpe',
      ...imageSnapshot,
      help: 'static: unmounted or read-only; snapshot; dynamic: as it is, may be inconsistent. Default: best possible.',
    },
    imageTypeSchema.options,
  ),
  dynamicimage: flag({ display: 'DYNAMICimage', ...imageSnapshot, help: 'Same as imagetype=dynamic.' }, false),
  snapshotproviderimage: choice(
    {
      display: 'SNAPSHOTPROVIDERImage',
      ...snapshot,
      help: 'How a snapshot is taken; NONE takes none. Default: best possible.',
    },
    snapshotProviderSchema.options,
  ),
  snapshotfailover: flag(
    {
      display: 'SNAPSHOTFAilover',
      ...snapshot,
      help: 'Make a static image where no snapshot can be had; no: the run fails.',
    },
    true,
  ),
  snapshotcachesize: integer(
    {
      display: 'SNAPSHOTCACHESize',
      ...imageSnapshot,
      unit: '%',
      help: 'Space for the snapshot, in percent of the volume. Default: as much as the writes of the moment ask for.',
    },
    { minimum: 1, maximum: 100 },
  ),
  snapshotcachelocation: path({
    display: 'SNAPSHOTCACHELocation',
    ...imageSnapshot,
    help: 'Device or directory that gives the space for the snapshot. Default: where the volume is.',
  }),
  snapshotfsidlewait: idleWait(
    {
      display: 'SNAPSHOTFSIDLEWait',
      ...imageSnapshot,
      help: 'Time without writes before the snapshot: at the first try, and at the last; 0 takes it at once.',
    },
    { firstMs: 0, lastMs: 0 },
  ),
  snapshotfsidleretries: integer(
    {
      display: 'SNAPSHOTFSIDLERetries',
      ...imageSnapshot,
      help: 'How many times snapshotfsidlewait is tried again.',
    },
    { minimum: 0, maximum: 9999 },
    50,
  ),
  snapshotfsidleaction: choice(
    {
      display: 'SNAPSHOTFSIDLEAction',
      ...imageSnapshot,
      help: 'When the volume is never idle: fail, or continue and take the snapshot all the same.',
    },
    ['fail', 'continue'],
    'fail',
  ),
  presnapshotcmd: command({
    display: 'PRESNapshotcmd',
    ...snapshot,
    help: 'Shell command to run before the snapshot; when it fails, no image is made.',
  }),
  postsnapshotcmd: command({
    display: 'POSTSNapshotcmd',
    ...snapshot,
    help: 'Shell command to run once the snapshot is taken; when it fails, there is a warning.',
  }),
  snapshotcmdtimelimit: integer(
    {
      display: 'SNAPSHOTCMDTimelimit',
      ...snapshot,
      unit: 's',
      help: 'Seconds that each of the two commands may take.',
    },
    { minimum: 1, maximum: 86_400 },
    300,
  ),
  freezetimelimit: integer(
    {
      display: 'FREEZETimelimit',
      ...snapshot,
      unit: 's',
      help: 'Seconds after which a frozen volume can be written to again, in any case.',
    },
    { minimum: 1, maximum: 3600 },
    600,
  ),
} as const;
