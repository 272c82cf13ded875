/** Options about the repository and who may open it. */
import { COMMAND_ONLY, FILE_ONLY } from '../option-definition.ts';
import { choice, path } from '../option-kinds.ts';

export const REPOSITORY_OPTIONS = {
  repository: path(
    {
      display: 'REPository',
      places: ['command', 'environment', 'file'],
      variable: 'STILLFRAME_REPOSITORY',
      tab: 'repository',
      help: 'Repository to use; default: the personal one in the data directory.',
    },
    { urls: true },
  ),
  passwordaccess: choice(
    {
      display: 'PASSWORDAccess',
      places: FILE_ONLY,
      tab: 'authorization',
      help: 'generate: a generated key is kept on this computer; prompt: none is, the passphrase is asked for.',
    },
    ['generate', 'prompt'],
    'generate',
  ),
  passwordfile: path({
    display: 'PASSWORDFile',
    places: ['command', 'environment', 'file'],
    variable: 'STILLFRAME_PASSWORD_FILE',
    tab: 'authorization',
    help: 'File that holds the passphrase of the repository.',
  }),
  newpasswordfile: path({
    display: 'NEWPasswordfile',
    places: COMMAND_ONLY,
    help: 'File that holds the new passphrase.',
  }),
} as const;
