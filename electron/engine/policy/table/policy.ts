/** Options of management classes, expiration and deletion. */
import { backupCopyGroupSchema, copyModeSchema, deleteTypeSchema, serializationSchema } from '#contract';
import { limit, line } from '../limit-kinds.ts';
import { COMMAND_ONLY } from '../option-definition.ts';
import { choice, flag, integer } from '../option-kinds.ts';

const places = COMMAND_ONLY;
const MOST_VERSIONS = 9999;
const MOST_DAYS = 30_000;
const { minValue: fewestRetries, maxValue: mostRetries } = backupCopyGroupSchema.shape.changingRetries;

export const POLICY_OPTIONS = {
  verexists: limit(
    { display: 'VERExists', places, help: 'Images kept of a volume, the active one included.' },
    { minimum: 1, maximum: MOST_VERSIONS },
  ),
  verdeleted: limit(
    { display: 'VERDeleted', places, help: 'Images kept of a volume that was deactivated.' },
    { minimum: 0, maximum: MOST_VERSIONS },
  ),
  retextra: limit(
    { display: 'RETExtra', places, unit: 'days', help: 'Days that an image is kept after it became inactive.' },
    { minimum: 0, maximum: MOST_DAYS },
  ),
  retonly: limit(
    { display: 'RETOnly', places, unit: 'days', help: 'Days that the last image of a deactivated volume is kept.' },
    { minimum: 0, maximum: MOST_DAYS },
  ),
  graceretention: limit(
    {
      display: 'GRACERetention',
      places,
      unit: 'days',
      help: 'Of the whole policy: days that an image is kept whose class has no backup copy group.',
    },
    { minimum: 0, maximum: MOST_DAYS },
  ),
  copymode: choice(
    {
      display: 'COPYMode',
      places,
      help: 'modified: incremental runs may trust change tracking; absolute: every run reads everything.',
    },
    copyModeSchema.options,
  ),
  serialization: choice(
    {
      display: 'SERialization',
      places,
      help: 'Of a volume in use: static fails, shr… tries again, …dynamic takes a fuzzy image rather than fail.',
    },
    serializationSchema.options,
  ),
  changingretries: integer(
    { display: 'CHAngingretries', places, help: 'How often a volume in use is tried again.' },
    { minimum: fewestRetries ?? 0, maximum: mostRetries ?? 4 },
  ),
  description: line({ display: 'DEScription', places, help: 'What the management class is for.' }, 255),
  copygroup: flag(
    {
      display: 'COPYGroup',
      places,
      help: 'no takes the backup copy group away: nothing can be bound to the class then.',
    },
    true,
  ),
  default: flag({ display: 'DEFAult', places, help: 'Make it the default management class.' }, false),
  deltype: choice(
    { display: 'DELType', places, help: 'Which images of a volume to delete.' },
    deleteTypeSchema.options,
    'active',
  ),
  objtype: choice(
    { display: 'OBJType', places, help: 'What to delete; there are image backups only.' },
    ['image', 'file'],
    'image',
  ),
  reclaim: flag({ display: 'RECLaim', places, help: 'Give the space back, too (“prune”).' }, true),
  reason: line({ display: 'REASon', places, help: 'Why the image is pinned.' }, 255),
} as const;
