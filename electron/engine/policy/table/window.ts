/** Options that only the window heeds. */
import { FILE_ONLY } from '../option-definition.ts';
import { choice, flag, integer } from '../option-kinds.ts';

export const WINDOW_OPTIONS = {
  guitreeviewafterbackup: flag(
    {
      display: 'GUITREEViewafterbackup',
      places: FILE_ONLY,
      tab: 'general',
      help: 'Return to the tree of volumes after a backup; no: to the first view.',
    },
    false,
  ),
  notifications: flag(
    {
      display: 'NOTIFICations',
      places: FILE_ONLY,
      tab: 'notifications',
      help: 'Say on the desktop how a task ended.',
    },
    true,
  ),
  notifyafter: integer(
    {
      display: 'NOTIFYAfter',
      places: FILE_ONLY,
      tab: 'notifications',
      unit: 's',
      help: 'Seconds that a task must have taken to be worth a notification; one that failed always is.',
    },
    { minimum: 0, maximum: 86_400 },
    10,
  ),
  language: choice(
    {
      display: 'LANGuage',
      places: FILE_ONLY,
      tab: 'regional',
      help: 'Language of the window; auto follows the system.',
    },
    ['auto', 'en', 'de'],
    'auto',
  ),
  theme: choice(
    {
      display: 'THEme',
      places: FILE_ONLY,
      tab: 'appearance',
      help: 'Colours of the window; system follows the desktop.',
    },
    ['system', 'light', 'dark'],
    'system',
  ),
  reducedmotion: choice(
    {
      display: 'REDUCEDmotion',
      places: FILE_ONLY,
      tab: 'appearance',
      help: 'Leave out movement in the window; system follows the desktop.',
    },
    ['system', 'yes', 'no'],
    'system',
  ),
} as const;
