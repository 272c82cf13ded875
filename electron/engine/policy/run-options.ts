/** The options that a backup may be given by their text for its run, besides those that a request has fields for. */
import type { OptionName } from './options.ts';

/** In the order in which help shows them. */
export const RUN_OPTIONS = [
  'dynamicimage',
  'snapshotfailover',
  'snapshotcachesize',
  'snapshotcachelocation',
  'snapshotfsidlewait',
  'snapshotfsidleretries',
  'snapshotfsidleaction',
  'presnapshotcmd',
  'postsnapshotcmd',
  'snapshotcmdtimelimit',
  'freezetimelimit',
  'changetracking',
  'changetrackingaudit',
  'changetrackingfull',
  'compression',
  'compressalways',
  'resourceutilization',
] as const satisfies readonly OptionName[];
