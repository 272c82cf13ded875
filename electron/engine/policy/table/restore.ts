/** Options about restoring, and about how often images and the repository are looked at. */
import { COMMAND_ONLY, FILE_ONLY } from '../option-definition.ts';
import { choice, flag, integer } from '../option-kinds.ts';

const MOST_DAYS = 3650;
const inDays = { places: FILE_ONLY, tab: 'verification', unit: 'days' } as const;

export const RESTORE_OPTIONS = {
  imagetofile: flag(
    { display: 'IMAGETOfile', places: COMMAND_ONLY, help: 'DESTINATION is a plain file to write the image into.' },
    false,
  ),
  freespace: choice(
    {
      display: 'FREESpace',
      tab: 'general',
      help: 'Blocks that the image does not use: skip leaves them as they are, zero clears, discard gives them back.',
    },
    ['skip', 'zero', 'discard'],
    'skip',
  ),
  verifyimage: flag(
    { display: 'VERIFYImage', tab: 'verification', help: 'Read everything back from the target and compare it.' },
    true,
  ),
  allowsmaller: flag(
    {
      display: 'ALLOWSmaller',
      places: COMMAND_ONLY,
      help: 'Restore to a smaller target when every used block fits.',
    },
    false,
  ),
  imageage: integer(
    { display: 'IMAGEAge', ...inDays, help: 'Days after which the last image of a volume counts as old.' },
    { minimum: 1, maximum: MOST_DAYS },
    7,
  ),
  checkinterval: integer(
    { display: 'CHECKInterval', ...inDays, help: 'Days after which the last check of the repository counts as old.' },
    { minimum: 1, maximum: MOST_DAYS },
    7,
  ),
  checkreaddatainterval: integer(
    {
      display: 'CHECKREaddatainterval',
      ...inDays,
      help: 'Days after which the last check that read every stored block counts as old.',
    },
    { minimum: 1, maximum: MOST_DAYS },
    30,
  ),
} as const;
