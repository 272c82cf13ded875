/** The window's texts in German, by namespace; each has exactly the keys of the English one. */
import { activity } from './activity.ts';
import { authorization } from './authorization.ts';
import { backup } from './backup.ts';
import { blocks } from './blocks.ts';
import { common } from './common.ts';
import { details } from './details.ts';
import { errors } from './errors.ts';
import { health } from './health.ts';
import { hub } from './hub.ts';
import { options } from './options.ts';
import { policy } from './policy.ts';
import { preferences } from './preferences.ts';
import { restore } from './restore.ts';
import { retention } from './retention.ts';
import { running } from './running.ts';
import { schedules } from './schedules.ts';
import { setup } from './setup.ts';
import { shell } from './shell.ts';
import { support } from './support.ts';
import { words } from './words.ts';

export const de = {
  activity,
  authorization,
  backup,
  blocks,
  common,
  details,
  errors,
  health,
  hub,
  options,
  policy,
  preferences,
  restore,
  retention,
  running,
  schedules,
  setup,
  shell,
  support,
  words,
};
